//! The organization that somebody found: its name before anything is sent, and the ways that lead in.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    contact::Contact, domain_name::DomainName, email_domain::PolicyKind, organization::OrganizationId,
    platform::VerbError, use_case::find_organization_to_join::OrganizationToJoin,
};

use crate::{
    failure::Failure,
    form::{Filled, Form},
    pages::domains::way::Way,
    shell::{Answer, Shell, page_with},
    visit::{self, Visit},
};

#[derive(Template)]
#[template(path = "join/organization.html")]
struct Page<'a> {
    shell: Shell<'a>,
    it: &'a OrganizationToJoin,
    way: Option<Way>,
    /// The domain of the visitor's address, which speaks for their request.
    vouched: Option<DomainName>,
    turned_away: bool,
    contact: &'a str,
    filled: Filled,
}

/// For an organization that is shown to nobody, whether there is one or not: a code opens it.
#[derive(Template)]
#[template(path = "join/unnamed.html")]
struct Unnamed<'a> {
    shell: Shell<'a>,
    filled: Filled,
}

/// `GET /join/{org}`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    shown(&visit, visit::id(&org)?, StatusCode::OK, visit.filled(&Form::default())).await
}

/// The page, with what is wrong with its form.
pub(super) async fn shown(visit: &Visit, id: OrganizationId, status: StatusCode, filled: Filled) -> Answer {
    let caller = visit.caller()?;
    let it = match visit.platform().find_organization_to_join(&caller, id).await {
        Ok(it) => it,
        Err(VerbError::Refused(_)) => {
            let shell = Shell::new(visit, visit.t("join-unnamed-title")).faulty(filled.is_faulty());
            return page_with(status, &Unnamed { shell, filled });
        }
        Err(error) => return Err(Failure::from(error)),
    };
    let own = visit.platform().find_own_email_domain(&caller).await?;
    let own = own.filter(|own| own.organization.id() == it.id);
    let policy = own.as_ref().map(|own| own.policy);
    let (way, vouched) = match policy {
        Some(PolicyKind::Admit | PolicyKind::InvitationOnly) => (Way::of(visit).await?, None),
        // Who is reviewed asks as everybody does, and has more to show for it.
        Some(PolicyKind::Review) => (None, own.map(|own| own.name)),
        None => (None, None),
    };
    let title = visit.t("join-organization-title").with("organization", &it.name);
    let contact = it.contact.as_ref().map_or("", Contact::as_str);
    let turned_away = policy == Some(PolicyKind::InvitationOnly);
    let shell = Shell::new(visit, title).faulty(filled.is_faulty());
    page_with(status, &Page { shell, it: &it, way, vouched, turned_away, contact, filled })
}
