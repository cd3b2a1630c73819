//! What is proposed to whoever approves a request to join: a proposal, which they may change.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    organization::JoiningAccess, permission::Permission, use_case::change_organization::ChangeOrganization,
};

use crate::{
    access::{self, Choice},
    failure::Failure,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "organization/proposal.html")]
struct Page<'a> {
    shell: Shell<'a>,
    choice: Choice,
    filled: Filled,
}

/// `GET /o/{org}/settings/joining`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let proposed = &place.view.organization.parts().joining_access;
    let form = if *proposed == JoiningAccess::default() {
        Form::default().set("access", "nothing")
    } else {
        access::written(Form::default(), proposed.access())
    };
    page(&own_page(&visit, &place, visit.filled(&form)))
}

/// `POST /o/{org}/settings/joining`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let mut filled = Filled::of(visit.form());
    let proposed = if visit.form().value("access") == "nothing" {
        Some(JoiningAccess::default())
    } else {
        let first = choice(&visit, &place).first();
        let access = access::read(&visit, &mut filled, visit.form(), first);
        access.and_then(|it| JoiningAccess::new(it).ok())
    };
    let Some(proposed) = proposed else {
        if !filled.is_faulty() {
            filled.phrase("access-nothing", &visit.t("fault-access-required"));
        }
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &own_page(&visit, &place, filled));
    };
    let command = ChangeOrganization {
        by: visit.caller()?,
        organization: place.id(),
        name: None,
        discoverable: None,
        contact: None,
        joining_access: Some(proposed),
    };
    visit.platform().change_organization(command).await?;
    visit.tell(Notice::of("notice-saved"));
    Ok(see_other(&place.path("settings")))
}

/// Nobody is proposed to become an Owner.
fn choice(visit: &Visit, place: &Place) -> Choice {
    Choice { owner: false, ..Choice::of(visit, place) }
}

fn own_page<'a>(visit: &'a Visit, place: &'a Place, filled: Filled) -> Page<'a> {
    let shell = Shell::new(visit, visit.t("proposal-title")).at(Some(place), "settings");
    Page { shell: shell.faulty(filled.is_faulty()), choice: choice(visit, place), filled }
}

fn require(place: &Place) -> Result<(), Failure> {
    if place.may_edit() {
        return Ok(());
    }
    let missing = Some(Permission::ORGANIZATION_EDIT);
    Err(Failure::Forbidden { code: "permission_missing", missing, exceeded: Vec::new() })
}
