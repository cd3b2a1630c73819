//! The inviting side takes an invitation back, after being asked once more.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{note::Note, use_case::revoke_invitation::RevokeInvitation};

use super::invitation::find;
use crate::{
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "organization/revoke.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
}

/// `GET /o/{org}/invitations/{id}/revoke`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find(&visit, &place, &id).await?;
    page(&confirm(&visit, &place, &found.invitation.parts().email, visit.filled(&Form::default())))
}

/// `POST /o/{org}/invitations/{id}/revoke`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find(&visit, &place, &id).await?;
    let parts = found.invitation.parts();
    let mut filled = Filled::of(visit.form());
    let reason = filled.take_if_any(visit.words(), "reason", Note::parse);
    if filled.is_faulty() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &confirm(&visit, &place, &parts.email, filled));
    }
    let (by, organization, invitation, once) = (visit.caller()?, place.id(), parts.id, visit.once("revoke"));
    visit
        .platform()
        .revoke_invitation(RevokeInvitation { by, organization, invitation, reason, once })
        .await?;
    visit.tell(Notice::of("notice-revoked").with("email", &parts.email));
    Ok(see_other(&place.path("users?tab=pending")))
}

fn confirm<'a>(
    visit: &'a Visit,
    place: &'a Place,
    email: &registration_domain::email::Email,
    filled: Filled,
) -> Page<'a> {
    let title = visit.t("revoke-title").with("email", email);
    Page { shell: Shell::new(visit, title).at(Some(place), "users").faulty(filled.is_faulty()), filled }
}
