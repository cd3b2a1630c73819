//! The code that was mailed to another address; the right one makes it the account's, and ends the other sessions.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{
    email_change::EmailChange,
    platform::VerbError,
    time::Timestamp,
    use_case::{
        change_email::{ChangeEmailRefusal, ResendAddressCode},
        verify_email_change::{VerifyEmailChange, VerifyEmailChangeRefusal},
    },
    verification_code::TooSoon,
};

use super::email::wait;
use crate::{
    code_field,
    failure::Failure,
    form::{Filled, Form},
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
    words::{Moment, Phrase},
};

#[derive(Template)]
#[template(path = "me/email_verify.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    email: String,
    before: String,
    minutes: usize,
    /// When a new code can be asked for, and in how many milliseconds that is; nothing where it can be now.
    resend: Option<(Moment, u128)>,
}

/// `GET /me/email/verify`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    match waiting(&visit).await? {
        Some(change) => page(&form(&visit, &change, Filled::default())?),
        None => Ok(see_other("/me/email")),
    }
}

/// `POST /me/email/verify`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let Some(change) = waiting(&visit).await? else { return Ok(over(&visit)) };
    let mut filled = Filled::of(visit.form());
    let Some(code) = code_field::take(&visit, &mut filled) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&visit, &change, filled)?);
    };
    let (by, once) = (visit.signed_in()?.clone(), visit.once("verify-email"));
    let command = VerifyEmailChange { by, change: change.id(), code, renew: true, once };
    match visit.platform().verify_email_change(command).await {
        Ok(changed) => {
            if let Some(token) = &changed.what.token {
                visit.admit(token);
            }
            visit.tell(Notice::of("notice-email-changed").with("email", &change.parts().email));
            Ok(see_other("/me"))
        }
        Err(VerbError::Refused(why)) => told(&visit, &change, why),
        Err(VerbError::Spent { what, until }) => {
            filled = filled.without("code");
            filled.phrase("code", &code_field::spent(&visit, what, until));
            limited(&visit, &change, filled, until)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /me/email/resend`.
#[handler]
pub(crate) async fn resend(visit: Visit) -> Answer {
    let Some(change) = waiting(&visit).await? else { return Ok(over(&visit)) };
    let (by, once) = (visit.signed_in()?.clone(), visit.once("resend-address-code"));
    match visit.platform().resend_address_code(ResendAddressCode { by, change: change.id(), once }).await {
        Ok(_) => {
            visit.tell(Notice::of("notice-code-sent").with("when", visit.moment(visit.now()).clock()));
            Ok(see_other("/me/email/verify"))
        }
        Err(VerbError::Refused(ChangeEmailRefusal::TooSoon(TooSoon { resend_at }))) => {
            let words = visit.t("verify-wait").with("when", visit.moment(resend_at).clock());
            too_soon(&visit, &change, &words, resend_at)
        }
        Err(VerbError::Refused(ChangeEmailRefusal::Unknown | ChangeEmailRefusal::AlreadyVerified)) => {
            Ok(over(&visit))
        }
        Err(VerbError::Spent { until, .. }) => {
            let words = visit.t("refusal-too_many_mails").with("until", visit.moment(until));
            too_soon(&visit, &change, &words, until)
        }
        Err(error) => Err(error.into()),
    }
}

async fn waiting(visit: &Visit) -> Result<Option<EmailChange>, Failure> {
    Ok(visit.platform().waiting_email_change(visit.signed_in()?).await?)
}

/// It was done in another window, or took too long: the page of the address shows which.
fn over(visit: &Visit) -> poem::Response {
    visit.tell(Notice::of("notice-email-change-over"));
    see_other("/me/email")
}

fn told(visit: &Visit, change: &EmailChange, why: VerifyEmailChangeRefusal) -> Answer {
    let (status, words) = match why {
        VerifyEmailChangeRefusal::NotSignedIn(_) => return Err(VerbError::Refused(why).into()),
        VerifyEmailChangeRefusal::Unknown | VerifyEmailChangeRefusal::AlreadyVerified => {
            return Ok(over(visit));
        }
        VerifyEmailChangeRefusal::CodeExpired { expires_at } => {
            let words = visit.t("fault-six-digits-expired").with("when", visit.moment(expires_at));
            (StatusCode::GONE, words)
        }
        VerifyEmailChangeRefusal::CodeIncorrect { tries_left } => {
            (StatusCode::UNPROCESSABLE_ENTITY, code_field::incorrect(visit, tries_left))
        }
    };
    let mut filled = Filled::of(&Form::default());
    filled.phrase("code", &words);
    page_with(status, &form(visit, change, filled)?)
}

/// No code was given, so none is marked.
fn too_soon(visit: &Visit, change: &EmailChange, words: &Phrase, until: Timestamp) -> Answer {
    let mut filled = Filled::of(&Form::default());
    filled.say_of_all("code", words);
    limited(visit, change, filled, until)
}

fn limited(visit: &Visit, change: &EmailChange, filled: Filled, until: Timestamp) -> Answer {
    let answer = page_with(StatusCode::TOO_MANY_REQUESTS, &form(visit, change, filled)?)?;
    Ok(wait(visit, answer, until))
}

fn form<'a>(visit: &'a Visit, change: &EmailChange, filled: Filled) -> Result<Page<'a>, Failure> {
    let (parts, by) = (change.parts(), visit.signed_in()?);
    let left = parts.code.resend_at.since(visit.now());
    let lifetime = visit.platform().settings().lifetimes.code;
    Ok(Page {
        shell: Shell::new(visit, visit.t("verify-title")).faulty(filled.is_faulty()),
        filled,
        email: parts.email.to_string(),
        before: by.account.parts().email.to_string(),
        minutes: usize::try_from(lifetime.as_secs() / 60).unwrap_or_default(),
        resend: (!left.is_zero()).then(|| (visit.moment(parts.code.resend_at), left.as_millis())),
    })
}
