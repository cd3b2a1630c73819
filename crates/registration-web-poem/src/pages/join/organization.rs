//! The organization that somebody found: its name before anything is sent, and the ways that lead in.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    contact::Contact, email_domain::PolicyKind, use_case::find_organization_to_join::OrganizationToJoin,
};

use crate::{
    pages::domains::way::Way,
    shell::{Answer, Shell, page},
    visit::{self, Visit},
};

#[derive(Template)]
#[template(path = "join/organization.html")]
struct Page<'a> {
    shell: Shell<'a>,
    it: &'a OrganizationToJoin,
    way: Option<Way>,
    turned_away: bool,
    contact: &'a str,
}

/// `GET /join/{org}`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let (caller, id) = (visit.caller()?, visit::id(&org)?);
    let it = visit.platform().find_organization_to_join(&caller, id).await?;
    let way = Way::of(&visit).await?.filter(|way| way.id == it.id.to_string());
    let own = visit.platform().find_own_email_domain(&caller).await?;
    let own = own.filter(|own| own.organization.id() == it.id && !own.is_member);
    let turned_away = own.is_some_and(|own| own.policy == PolicyKind::InvitationOnly);
    let title = visit.t("join-organization-title").with("organization", &it.name);
    let contact = it.contact.as_ref().map_or("", Contact::as_str);
    page(&Page { shell: Shell::new(&visit, title), it: &it, way, turned_away, contact })
}
