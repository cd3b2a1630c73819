//! The code that was mailed, typed, pasted or filled in; the right one makes the account, and no session.
use askama::Template;
use poem::{
    handler,
    http::{HeaderValue, StatusCode, header},
};
use registration_domain::{
    platform::VerbError,
    sign_up::SignUp,
    time::Timestamp,
    use_case::verify_sign_up::{VerifyRefusal, VerifySignUp},
    username::Username,
};

use super::{Begun, ended::Ended, form, typo};
use crate::{
    code_field,
    form::{Filled, Form},
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
    words::{Moment, Phrase},
};

#[derive(Template)]
#[template(path = "sign_up/verify.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    email: String,
    minutes: usize,
    /// What the address may have been meant to be.
    meant: Option<String>,
    /// Another username is asked for, because somebody took the one that was typed.
    wants_username: bool,
    /// When a new code can be asked for, and in how many milliseconds that is; nothing where it can be now.
    resend: Option<(Moment, u128)>,
}

/// `GET /sign-up/verify`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    if !visit.platform().settings().sign_up_is_open {
        return form::closed(&visit);
    }
    let Some((begun, sign_up)) = Begun::found(&visit).await? else { return Ended::nowhere(&visit) };
    match sign_up.clone().open(visit.now()) {
        Ok(_) => page(&form_page(&visit, &sign_up, Filled::default())),
        Err(why) => Ended::of(why).page(&visit, begun.next),
    }
}

/// `POST /sign-up/verify`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let Some((begun, sign_up)) = Begun::found(&visit).await? else { return Ended::nowhere(&visit) };
    let sent = visit.form();
    let mut filled = Filled::of(sent);
    let code = code_field::take(&visit, &mut filled);
    let username =
        if sent.has("username") { filled.take(visit.words(), "username", Username::parse) } else { None };
    // Of a sign-up that is an account now the name is taken by that account, which is no mistake.
    if let (Some(username), Ok(_)) = (&username, sign_up.clone().open(visit.now())) {
        form::tell_if_taken(&visit, &mut filled, username).await?;
    }
    let (Some(code), false) = (code, filled.is_faulty()) else { return refused(&visit, &sign_up, filled) };
    let (origin, once) = (visit.origin(), visit.once("verify"));
    let command = VerifySignUp { sign_up: begun.id, code, username, origin, once };
    match visit.platform().verify_sign_up(command).await {
        Ok(_) => {
            visit.tell(Notice::of("notice-email-confirmed"));
            Ok(see_other(&begun.next.sign_in_path()))
        }
        Err(VerbError::Refused(why)) => told(&visit, begun, &sign_up, filled, why),
        Err(VerbError::Spent { what, until }) => {
            let words = code_field::spent(&visit, what, until);
            filled.phrase("code", &words);
            limited(&visit, &sign_up, cleared(filled), until)
        }
        Err(error) => Err(error.into()),
    }
}

fn told(visit: &Visit, begun: Begun, sign_up: &SignUp, mut filled: Filled, why: VerifyRefusal) -> Answer {
    let typed = &sign_up.parts().typed;
    let (status, phrase) = match why {
        VerifyRefusal::Closed => return form::closed(visit),
        VerifyRefusal::Unknown => return Ended::Expired.page(visit, begun.next),
        VerifyRefusal::AlreadyVerified => return Ended::Verified.page(visit, begun.next),
        VerifyRefusal::UsernameTaken => {
            let taken = visit.form().value("username");
            let taken = if taken.is_empty() { typed.username.as_str() } else { taken };
            filled.phrase("username", &visit.t("fault-username-meanwhile").with("username", taken));
            return page_with(StatusCode::CONFLICT, &form_page(visit, sign_up, filled));
        }
        VerifyRefusal::CodeExpired { expires_at } => {
            (StatusCode::GONE, visit.t("fault-six-digits-expired").with("when", visit.moment(expires_at)))
        }
        VerifyRefusal::CodeIncorrect { tries_left } => {
            (StatusCode::UNPROCESSABLE_ENTITY, code_field::incorrect(visit, tries_left))
        }
    };
    filled.phrase("code", &phrase);
    page_with(status, &form_page(visit, sign_up, cleared(filled)))
}

/// A code that was judged is typed anew; only one that is not used up stays in its field.
fn cleared(filled: Filled) -> Filled {
    filled.without("code")
}

fn refused(visit: &Visit, sign_up: &SignUp, filled: Filled) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form_page(visit, sign_up, filled))
}

/// The page with what has to wait, whichever of its forms was sent.
pub(super) fn too_soon(visit: &Visit, sign_up: &SignUp, words: &Phrase, until: Timestamp) -> Answer {
    let mut filled = Filled::of(&Form::default());
    filled.say_of_all("code", words);
    limited(visit, sign_up, filled, until)
}

fn limited(visit: &Visit, sign_up: &SignUp, filled: Filled, until: Timestamp) -> Answer {
    let mut answer = page_with(StatusCode::TOO_MANY_REQUESTS, &form_page(visit, sign_up, filled))?;
    let wait = until.since(visit.now()).as_secs() + 1;
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    Ok(answer)
}

fn form_page<'a>(visit: &'a Visit, sign_up: &SignUp, filled: Filled) -> Page<'a> {
    let parts = sign_up.parts();
    let resend_at: Timestamp = parts.code.resend_at;
    let wait = resend_at.since(visit.now());
    let lifetime = visit.platform().settings().lifetimes.code;
    Page {
        shell: Shell::new(visit, visit.t("verify-title")).faulty(filled.is_faulty()),
        email: parts.typed.email.to_string(),
        minutes: usize::try_from(lifetime.as_secs() / 60).unwrap_or_default(),
        meant: typo::meant(&parts.typed.email),
        wants_username: visit.form().has("username") || filled.fault("username").is_some(),
        resend: (!wait.is_zero()).then(|| (visit.moment(resend_at), wait.as_millis())),
        filled,
    }
}
