//! What an organization is called, whether it can be found, and whom those may ask whom it turned away.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    contact::Contact,
    organization::JoiningAccess,
    organization_name::OrganizationName,
    permission::Permission,
    use_case::change_organization::{ChangeOrganization, NewContact},
};

use crate::{
    access,
    failure::Failure,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "organization/settings.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    proposed: String,
}

/// `GET /o/{org}/settings`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    if !place.may_edit() {
        let missing = Some(Permission::ORGANIZATION_EDIT);
        return Err(Failure::Forbidden { code: "permission_missing", missing, exceeded: Vec::new() });
    }
    let parts = place.view.organization.parts();
    let form = Form::default().set("organization", parts.name.as_str());
    let form = form.set("contact", parts.contact.as_ref().map_or("", Contact::as_str));
    let form = if parts.discoverable { form.set("discoverable", "yes") } else { form };
    page(&own_page(&visit, &place, visit.filled(&form)))
}

/// `POST /o/{org}/settings`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let mut filled = Filled::of(visit.form());
    let name = filled.take(visit.words(), "organization", OrganizationName::parse);
    let contact = filled.take_if_any(visit.words(), "contact", Contact::parse);
    if filled.is_faulty() {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &own_page(&visit, &place, filled));
    }
    let discoverable = Some(visit.form().has("discoverable"));
    let command = ChangeOrganization {
        by: visit.caller()?,
        organization: place.id(),
        name,
        discoverable,
        contact: Some(contact.map_or(NewContact::None, NewContact::Is)),
        joining_access: None,
    };
    visit.platform().change_organization(command).await?;
    visit.tell(Notice::of("notice-saved"));
    Ok(see_other(&place.path("settings")))
}

fn own_page<'a>(visit: &'a Visit, place: &'a Place, filled: Filled) -> Page<'a> {
    let shell = Shell::new(visit, visit.t("nav-settings")).at(Some(place), "settings");
    let proposed = &place.view.organization.parts().joining_access;
    let proposed = if *proposed == JoiningAccess::default() {
        visit.t("proposal-nothing").to_string()
    } else {
        access::named(visit, proposed.access())
    };
    Page { shell: shell.faulty(filled.is_faulty()), filled, proposed }
}
