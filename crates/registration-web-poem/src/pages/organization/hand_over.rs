//! An Owner hands ownership over, after being told what they keep and what not.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::use_case::hand_over_ownership::HandOverOwnership;

use super::permissions::find_other;
use crate::{
    failure::Failure,
    place::Place,
    shell::{Answer, Shell, page},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "organization/hand_over.html")]
struct Page<'a> {
    shell: Shell<'a>,
    name: String,
}

/// `GET /o/{org}/users/{member}/hand-over`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, member)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find_other(&visit, &place, &member).await?;
    if !place.is_owner() {
        return Err(Failure::Forbidden { code: "owner_required", missing: None, exceeded: Vec::new() });
    }
    let name = found.account.parts().name.full();
    let title = visit.t("hand-over-title").with("organization", place.name()).with("name", &name);
    page(&Page { shell: Shell::new(&visit, title).at(Some(&place), "users"), name })
}

/// `POST /o/{org}/users/{member}/hand-over`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, member)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find_other(&visit, &place, &member).await?;
    let (by, organization, to) = (visit.caller()?, place.id(), found.membership.id());
    let command = HandOverOwnership { by, organization, to, once: visit.once("hand-over") };
    visit.platform().hand_over_ownership(command).await?;
    let notice = Notice::of("notice-handed-over").with("who", found.account.parts().name.full());
    visit.tell(notice.with("organization", place.name()));
    Ok(see_other(&place.path("users")))
}
