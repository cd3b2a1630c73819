//! Whoever founds an organization becomes its Owner.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{
    organization::OrganizationKind, organization_name::OrganizationName,
    use_case::found_organization::FoundOrganization,
};

use crate::{
    form::{Filled, Form},
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "own/new_organization.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
}

/// `GET /organizations/new`.
#[handler]
pub(crate) fn show(visit: Visit) -> Answer {
    visit.signed_in()?;
    page(&form(&visit, visit.filled(&Form::default())))
}

/// `POST /organizations/new`.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let by = visit.caller()?;
    let mut filled = Filled::of(visit.form());
    let Some(name) = filled.take(visit.words(), "organization", OrganizationName::parse) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &form(&visit, filled));
    };
    let command = FoundOrganization { by, name, kind: OrganizationKind::Company, once: visit.once("found") };
    let organization = visit.platform().found_organization(command).await?.what.organization;
    visit.tell(Notice::of("notice-founded").with("organization", &organization.parts().name));
    Ok(see_other(&format!("/o/{}", organization.id())))
}

fn form(visit: &Visit, filled: Filled) -> Page<'_> {
    let shell = Shell::new(visit, visit.t("new-organization-title")).faulty(filled.is_faulty());
    Page { shell, filled }
}
