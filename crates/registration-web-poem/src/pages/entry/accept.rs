//! The invitee comes in: with one click where they are signed in, as a new person by a form otherwise.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{
    platform::VerbError,
    use_case::{
        accept_invitation::{AcceptInvitation, AcceptRefusal},
        authenticate::SignedIn,
        look_up_invitation::LookedUp,
        registration::Registration,
    },
};

use super::invitation::{self, follow, for_someone_else};
use crate::{
    failure::Failure,
    form::Filled,
    registration::{self, FIELDS, password_rule},
    shell::{Answer, Shell, page, page_with},
    visit::{Cookie, Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "entry/accept.html")]
struct Page<'a> {
    shell: Shell<'a>,
    it: &'a LookedUp,
    filled: Filled,
    rule: String,
}

/// `GET /invitation/accept`: the form of a new person.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    match follow(&visit).await? {
        Ok(_) if visit.who().is_some() => Ok(see_other("/invitation")),
        Ok(it) => page(&form(&visit, &it, Filled::default())),
        Err(end) => end.page(&visit),
    }
}

/// `POST /invitation/accept`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let Some(token) = visit.invitation().cloned() else { return Ok(see_other("/invitation")) };
    let mut filled = Filled::of(visit.form());
    let registration = if visit.who().is_some() {
        Registration::default()
    } else {
        let found = follow(&visit).await?;
        let email = found.as_ref().ok().map(|it| &it.email);
        let registration = registration::read(&visit, &mut filled, visit.form(), email);
        match found {
            Ok(it) if filled.is_faulty() => return refused(&visit, &it, filled),
            Ok(_) | Err(_) => registration,
        }
    };
    let by = visit.who().map(SignedIn::caller);
    let command =
        AcceptInvitation { token, by, registration, device: visit.device(), once: visit.once("accept") };
    match visit.platform().accept_invitation(command).await {
        Ok(accepted) => {
            if let Some(token) = &accepted.what.token {
                visit.admit(token);
            }
            visit.send(Cookie::end_invitation());
            let organization = &accepted.what.membership.organization;
            visit.tell(Notice::of("notice-joined").with("organization", &organization.parts().name));
            Ok(see_other(&format!("/o/{}", organization.id())))
        }
        Err(VerbError::Refused(refusal)) => not_accepted(&visit, filled, refusal).await,
        Err(error) => Err(error.into()),
    }
}

async fn not_accepted(visit: &Visit, mut filled: Filled, refusal: AcceptRefusal) -> Answer {
    match &refusal {
        AcceptRefusal::SignInToAccept => {
            visit.tell(Notice::of("notice-sign-in-to-accept"));
            Ok(see_other("/sign-in?return_to=%2Finvitation"))
        }
        AcceptRefusal::ForSomeoneElse => match follow(visit).await? {
            Ok(it) => for_someone_else(visit, it.email.as_str()),
            Err(end) => end.page(visit),
        },
        AcceptRefusal::Fields(faults) => match follow(visit).await? {
            Ok(it) => {
                registration::refuse(visit, &mut filled, faults);
                refused(visit, &it, filled)
            }
            Err(end) => end.page(visit),
        },
        AcceptRefusal::Unknown
        | AcceptRefusal::NotAcceptable(_)
        | AcceptRefusal::NotBacked(_)
        | AcceptRefusal::AlreadyMember => invitation::refused(visit, &refusal).await,
    }
}

fn form<'a>(visit: &'a Visit, it: &'a LookedUp, filled: Filled) -> Page<'a> {
    let title = visit.t("accept-title").with("organization", &it.organization);
    let shell = Shell::new(visit, title).faulty(filled.is_faulty());
    Page { shell, it, filled, rule: password_rule(visit).to_string() }
}

fn refused(visit: &Visit, it: &LookedUp, filled: Filled) -> Result<poem::Response, Failure> {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(visit, it, filled.in_order(&FIELDS)))
}
