//! A forgotten password is set anew by a mailed link; opening the link changes nothing, however often.
use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Path,
};
use registration_domain::{
    account::Account,
    email::Email,
    platform::VerbError,
    refusal::Refusal,
    secret::Secret,
    use_case::reset_password::{AskForReset, ResetPassword, ResetRefusal},
};

use crate::{
    failure::Failure,
    form::Filled,
    registration::{self, password_rule},
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Notice, Visit, see_other},
    words::Phrase,
};

#[derive(Template)]
#[template(path = "security/reset.html")]
struct Ask<'a> {
    shell: Shell<'a>,
    filled: Filled,
}

#[derive(Template)]
#[template(path = "security/reset_asked.html")]
struct Asked<'a> {
    shell: Shell<'a>,
    words: Phrase,
}

#[derive(Template)]
#[template(path = "security/reset_password.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    rule: String,
    of: Phrase,
    email: String,
}

#[derive(Template)]
#[template(path = "security/reset_state.html")]
struct Settled<'a> {
    shell: Shell<'a>,
    words: Phrase,
    can_sign_in: bool,
}

/// `GET /reset`.
#[handler]
pub(crate) fn show(visit: Visit) -> Answer {
    page(&asking(&visit, Filled::default()))
}

/// `POST /reset`: the same page for every address.
#[handler]
pub(crate) async fn ask(visit: Visit) -> Answer {
    let mut filled = Filled::of(visit.form());
    let Some(email) = filled.take(visit.words(), "email", Email::parse) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &asking(&visit, filled));
    };
    let asked = AskForReset { email, origin: visit.origin(), once: visit.once("reset") };
    visit.platform().ask_for_reset(asked).await?;
    let until = visit.now().plus(visit.platform().settings().lifetimes.reset_link);
    let words = visit.t("reset-asked-words").with("until", visit.moment(until));
    page(&Asked { shell: Shell::new(&visit, visit.t("reset-asked-title")), words })
}

/// `GET /r/{token}`: the token leaves the address.
#[handler]
pub(crate) fn open(visit: Visit, Path(token): Path<String>) -> Response {
    visit.send(Cookie::reset(&Secret::new(token)));
    unseen(see_other("/reset/password"))
}

/// `GET /reset/password`.
#[handler]
pub(crate) async fn choose(visit: Visit) -> Answer {
    match look_up(&visit).await? {
        Ok(account) => page(&form(&visit, &account, Filled::default())).map(unseen),
        Err(refusal) => settled(&visit, &refusal).map(unseen),
    }
}

/// `POST /reset/password`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let (account, token) = match (look_up(&visit).await?, visit.reset().cloned()) {
        (Ok(account), Some(token)) => (account, token),
        (Err(refusal), _) => return settled(&visit, &refusal),
        (Ok(_), None) => return Ok(see_other("/reset")),
    };
    let mut filled = Filled::of(visit.form());
    let it = account.parts();
    let password = registration::new_password(&visit, &mut filled, Some(&it.email), Some(&it.username));
    let Some(password) = password.filter(|_| !filled.is_faulty()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&visit, &account, filled));
    };
    let command = ResetPassword { token, password, device: visit.device(), once: visit.once("set-password") };
    match visit.platform().reset_password(command).await {
        Ok(_) => {
            visit.send(Cookie::end_reset());
            visit.send(Cookie::end_session());
            visit.tell(Notice::of("notice-password-set"));
            Ok(see_other("/sign-in"))
        }
        Err(VerbError::Refused(ResetRefusal::Fields(faults))) => {
            registration::refuse(&visit, &mut filled, &faults);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&visit, &account, filled))
        }
        Err(VerbError::Refused(refusal @ ResetRefusal::NotUsable(_))) => settled(&visit, &refusal),
        Err(error) => Err(error.into()),
    }
}

async fn look_up(visit: &Visit) -> Result<Result<Account, ResetRefusal>, Failure> {
    let unknown = || registration_domain::password_reset::NotUsable::Unknown.into();
    let Some(token) = visit.reset() else { return Ok(Err(unknown())) };
    match visit.platform().look_up_reset(token).await {
        Ok(account) => Ok(Ok(account)),
        Err(VerbError::Refused(refusal)) => Ok(Err(refusal)),
        Err(error) => Err(error.into()),
    }
}

fn asking(visit: &Visit, filled: Filled) -> Ask<'_> {
    Ask { shell: Shell::new(visit, visit.t("reset-title")).faulty(filled.is_faulty()), filled }
}

fn form<'a>(visit: &'a Visit, account: &Account, filled: Filled) -> Page<'a> {
    let shell = Shell::new(visit, visit.t("reset-password-title")).faulty(filled.is_faulty());
    let email = account.parts().email.to_string();
    let of = visit.t("reset-password-of").with("email", &email);
    let filled = filled.in_order(&["password", "confirmation"]);
    Page { shell, filled, rule: password_rule(visit).to_string(), of, email }
}

/// What became of the link, in its own words.
fn settled(visit: &Visit, refusal: &ResetRefusal) -> Answer {
    let code = refusal.code();
    let status = match code {
        "reset_link_unknown" => StatusCode::NOT_FOUND,
        "reset_link_used" => StatusCode::CONFLICT,
        _ => StatusCode::GONE,
    };
    let shell = Shell::new(visit, visit.t(format!("state-{code}")));
    let words = visit.t(format!("state-{code}-words"));
    let can_sign_in = visit.who().is_none() && matches!(code, "reset_link_used" | "reset_link_void");
    page_with(status, &Settled { shell, words, can_sign_in })
}

/// Whatever the address holds, no other site learns it.
fn unseen(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}
