//! Whoever knows the password is in; every session is a new one, and ends when its owner says so.
use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
};
use registration_domain::{platform::VerbError, sign_up::SignUpState, use_case::sign_in::SignIn};

use crate::{
    failure::Failure,
    form::{Filled, Form},
    pages::sign_up::Begun,
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Notice, Visit, own_path, see_other},
    words::Phrase,
};

#[derive(Template)]
#[template(path = "entry/sign_in.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    return_to: &'a str,
    locked: Option<Phrase>,
}

/// `GET /sign-in`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let return_to = own_path(visit.query().value("return_to")).unwrap_or("/");
    if visit.who().is_some() {
        return Ok(see_other(return_to));
    }
    let invited = match visit.invitation() {
        Some(token) => visit.platform().look_up_invitation(token).await.ok().map(|it| it.email.to_string()),
        None => None,
    };
    let form = Form::default().set(
        "identifier",
        match invited {
            Some(email) => email,
            None => signed_up(&visit).await?.unwrap_or_default(),
        },
    );
    page(&form_page(&visit, Filled::of(&form), return_to))
}

/// The address that was confirmed in this browser a moment ago.
async fn signed_up(visit: &Visit) -> Result<Option<String>, Failure> {
    let found = Begun::found(visit).await?.map(|(_, it)| it.into_parts());
    let verified = found.filter(|it| matches!(it.state, SignUpState::Verified { .. }));
    Ok(verified.map(|it| it.typed.email.to_string()))
}

/// `POST /sign-in`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let form = visit.form();
    let return_to = own_path(form.value("return_to")).unwrap_or("/");
    let mut filled = Filled::of(form);
    for field in ["identifier", "password"] {
        if form.value(field).trim().is_empty() {
            filled.phrase(field, &visit.t(format!("fault-{field}-required")));
        }
    }
    if filled.is_faulty() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form_page(&visit, filled, return_to));
    }
    let identifier = form.value("identifier").trim().to_owned();
    let command = SignIn {
        identifier,
        password: form.secret("password"),
        device: visit.device(),
        known: visit.known(),
        once: visit.once("sign-in"),
    };
    match visit.platform().sign_in(command).await {
        Ok(begun) => {
            end_session(&visit).await?;
            visit.admit(&begun.what.token);
            if visit.sign_up().is_some() {
                visit.send(Cookie::end_sign_up());
            }
            Ok(see_other(return_to))
        }
        Err(VerbError::Spent { until, .. }) => {
            let locked = Some(visit.t("sign-in-locked").with("until", visit.moment(until)));
            let page = Page { locked, ..form_page(&visit, filled, return_to) };
            let mut answer = page_with(StatusCode::TOO_MANY_REQUESTS, &page)?;
            let wait = until.since(visit.now()).as_secs() + 1;
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
            Ok(answer)
        }
        Err(VerbError::Refused(_)) => {
            filled.say_of_all("identifier", &visit.t("sign-in-refused"));
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &form_page(&visit, filled, return_to))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /sign-out`.
#[handler]
pub(crate) async fn leave(visit: Visit) -> Answer {
    end_session(&visit).await?;
    visit.send(Cookie::end_session());
    visit.tell(Notice::of("notice-signed-out"));
    Ok(see_other("/sign-in"))
}

/// `POST /session/stay`: that somebody asked is all it takes; nothing is answered, so that their page stays.
#[handler]
pub(crate) fn stay(visit: Visit) -> Answer {
    visit.signed_in()?;
    Ok(Response::builder().status(StatusCode::NO_CONTENT).finish())
}

/// Ends the session of this browser, if it is in one.
pub(super) async fn end_session(visit: &Visit) -> Result<(), Failure> {
    match visit.who() {
        Some(who) => Ok(visit.platform().sign_out(who).await?),
        None => Ok(()),
    }
}

fn form_page<'a>(visit: &'a Visit, filled: Filled, return_to: &'a str) -> Page<'a> {
    let shell = Shell::new(visit, visit.t("sign-in-title")).faulty(filled.is_faulty());
    Page { shell, filled, return_to, locked: None }
}
