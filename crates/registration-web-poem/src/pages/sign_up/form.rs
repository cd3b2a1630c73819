//! Everything that an account needs, on one form; the answer is the same whoever has the address.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{
    email::Email,
    platform::VerbError,
    use_case::{
        sign_up::{StartSignUp, StartSignUpRefusal},
        username_availability::UsernameAvailability,
    },
    username::Username,
};

use super::{Begun, Next, typo};
use crate::{
    failure::Failure,
    form::{Filled, Form},
    registration::{self, password_rule},
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Visit, see_other},
};

const ORDER: [&str; 6] = ["email", "username", "first_name", "last_name", "password", "confirmation"];

#[derive(Template)]
#[template(path = "sign_up/form.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    next: Next,
    rule: String,
}

#[derive(Template)]
#[template(path = "sign_up/closed.html")]
struct Closed<'a> {
    shell: Shell<'a>,
}

/// `GET /sign-up`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let next = Next::parse(visit.query().value("next"));
    if visit.who().is_some() {
        return Ok(see_other(next.path()));
    }
    if !visit.platform().settings().sign_up_is_open {
        return closed(&visit);
    }
    let form = if visit.query().has("change") { begun(&visit).await? } else { Form::default() };
    page(&form_page(&visit, Filled::of(&form), next))
}

/// `POST /sign-up`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let sent = visit.form();
    let next = Next::parse(sent.value("next"));
    if !visit.platform().settings().sign_up_is_open {
        return closed(&visit);
    }
    let mut filled = Filled::of(sent);
    if sent.value("email").trim().is_empty() {
        filled.phrase("email", &visit.t("fault-own-email-required"));
    }
    let email = filled.take(visit.words(), "email", Email::parse);
    let registration = registration::read(&visit, &mut filled, sent, email.as_ref());
    if let Some(username) = &registration.username {
        tell_if_taken(&visit, &mut filled, username).await?;
    }
    let (Some(email), false) = (email, filled.is_faulty()) else { return refused(&visit, filled, next) };
    let (origin, once) = (visit.origin(), visit.once("sign-up"));
    let command = StartSignUp { email, registration, origin, once };
    match visit.platform().start_sign_up(command).await {
        Ok(started) => {
            let begun = Begun { id: started.what.id(), next };
            visit.send(Cookie::sign_up(&begun.sealed(&visit)));
            Ok(see_other("/sign-up/verify"))
        }
        Err(VerbError::Refused(StartSignUpRefusal::Fields(faults))) => {
            registration::refuse(&visit, &mut filled, &faults);
            refused(&visit, filled, next)
        }
        Err(VerbError::Refused(StartSignUpRefusal::Closed)) => closed(&visit),
        Err(error) => Err(error.into()),
    }
}

/// Told beside the other mistakes, and not one round later.
pub(super) async fn tell_if_taken(
    visit: &Visit,
    filled: &mut Filled,
    username: &Username,
) -> Result<(), Failure> {
    match visit.platform().username_availability(username).await? {
        UsernameAvailability::Free => {}
        UsernameAvailability::Taken { suggestion: Some(free) } => {
            filled.phrase("username", &visit.t("fault-username-taken-free").with("free", free));
        }
        UsernameAvailability::Taken { suggestion: None } => {
            filled.phrase("username", &visit.t("fault-username_taken"));
        }
    }
    Ok(())
}

/// Here one comes by invitation: said instead of the form, and not after it.
pub(super) fn closed(visit: &Visit) -> Answer {
    page(&Closed { shell: Shell::new(visit, visit.t("sign-up-closed-title")) })
}

/// What was filled in before, but for the passwords, with the address that was probably meant.
async fn begun(visit: &Visit) -> Result<Form, Failure> {
    let Some((_, sign_up)) = Begun::found(visit).await? else { return Ok(Form::default()) };
    let typed = &sign_up.parts().typed;
    let meant = typo::meant(&typed.email).filter(|_| visit.query().value("change") == "suggested");
    Ok(Form::default()
        .set("email", meant.unwrap_or_else(|| typed.email.to_string()))
        .set("username", typed.username.as_str())
        .set("first_name", typed.name.first.as_str())
        .set("last_name", typed.name.last.as_str()))
}

fn form_page(visit: &Visit, filled: Filled, next: Next) -> Page<'_> {
    let shell = Shell::new(visit, visit.t(format!("sign-up-title-{}", next.key())));
    Page { shell: shell.faulty(filled.is_faulty()), filled, next, rule: password_rule(visit).to_string() }
}

fn refused(visit: &Visit, filled: Filled, next: Next) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form_page(visit, filled.in_order(&ORDER), next))
}
