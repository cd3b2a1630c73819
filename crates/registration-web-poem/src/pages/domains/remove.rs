//! A domain is removed once it was said what that means.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::use_case::remove_email_domain::RemoveEmailDomain;

use super::{PATH, find, require};
use crate::{
    place::Place,
    shell::{Answer, Shell, page},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "domains/remove.html")]
struct Page<'a> {
    shell: Shell<'a>,
    back: String,
}

/// `GET /o/{org}/email-domains/{id}/remove`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let found = find(&visit, &place, &id).await?;
    let title = visit.t("domain-remove-title").with("domain", &found.view.domain.parts().name);
    let back = super::path(&place, &found);
    page(&Page { shell: Shell::new(&visit, title).at(Some(&place), "settings"), back })
}

/// `POST /o/{org}/email-domains/{id}/remove`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let found = find(&visit, &place, &id).await?;
    let (by, organization, domain) = (visit.caller()?, place.id(), found.view.domain.id());
    visit.platform().remove_email_domain(RemoveEmailDomain { by, organization, domain }).await?;
    visit.tell(Notice::of("notice-domain-removed").with("domain", &found.view.domain.parts().name));
    Ok(see_other(&place.path(PATH)))
}
