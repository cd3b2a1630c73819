//! All e-mail domains of an organization, and the form that adds one.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    domain_name::DomainName,
    platform::VerbError,
    use_case::{add_email_domain::AddEmailDomain, managed_email_domain::EmailDomainRefusal},
};

use super::{PATH, policy, require, row::Row};
use crate::{
    access::Choice,
    form::{Filled, Form},
    listing,
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
};

#[derive(Template)]
#[template(path = "domains/list.html")]
struct Page<'a> {
    shell: Shell<'a>,
    place: &'a Place,
    rows: Vec<Row>,
    choice: Choice,
    filled: Filled,
    next: Option<String>,
    first: Option<String>,
}

/// `GET /o/{org}/email-domains`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    page(&own_page(&visit, &place, visit.filled(&Form::default())).await?)
}

/// `POST /o/{org}/email-domains`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let mut filled = Filled::of(visit.form());
    let domain = filled.take(visit.words(), "domain", DomainName::parse);
    // What the verb would say, told beside what is wrong with the policy.
    if domain.as_ref().is_some_and(|it| visit.platform().settings().free_mail.has(it)) {
        filled.phrase("domain", &visit.t("fault-free_mail_domain"));
    }
    let wish = policy::read(&visit, &place, &mut filled);
    let (Some(domain), Some(policy)) = (domain, wish) else {
        return refused(&visit, &place, filled).await;
    };
    let (by, organization, once) = (visit.caller()?, place.id(), visit.once("add-email-domain"));
    let command = AddEmailDomain { by, organization, domain, policy, once };
    match visit.platform().add_email_domain(command).await {
        Ok(added) => {
            let name = &added.what.view.domain.parts().name;
            visit.tell(Notice::of("notice-domain-added").with("domain", name));
            Ok(see_other(&super::path(&place, &added.what)))
        }
        Err(VerbError::Refused(EmailDomainRefusal::Fields(faults))) => {
            policy::refuse(&visit, &mut filled, &faults);
            refused(&visit, &place, filled).await
        }
        Err(VerbError::Refused(EmailDomainRefusal::AlreadyThere(_))) => {
            filled.phrase("domain", &visit.t("refusal-email_domain_exists"));
            refused(&visit, &place, filled).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn refused(visit: &Visit, place: &Place, filled: Filled) -> Answer {
    let shown = own_page(visit, place, filled.in_order(&policy::ORDER)).await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn own_page<'a>(
    visit: &'a Visit,
    place: &'a Place,
    filled: Filled,
) -> Result<Page<'a>, crate::failure::Failure> {
    // A form that was refused is shown with the first part of the list, whatever part it stood under.
    let part = listing::part(visit)?;
    let found = visit.platform().list_email_domains(&visit.caller()?, place.id(), &part).await?;
    let (next, first) = (listing::next(visit, &found)?, listing::first(visit));
    let rows = found.rows.iter().map(|it| Row::of(visit, place, it)).collect();
    let shell = Shell::new(visit, visit.t("domains-title")).at(Some(place), "settings");
    let (shell, choice) = (shell.faulty(filled.is_faulty()), policy::choice(visit, place));
    Ok(Page { shell, place, rows, choice, filled, next, first })
}

impl Page<'_> {
    fn form_path(&self) -> String {
        self.place.path(PATH)
    }
}
