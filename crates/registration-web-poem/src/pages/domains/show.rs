//! One e-mail domain: how it stands, the record that proves it, and what is done with its people.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    email_domain::{NotProven, ProofRecord},
    platform::VerbError,
    use_case::{
        change_email_domain::ChangeEmailDomain, find_email_domain::ShownEmailDomain,
        managed_email_domain::EmailDomainRefusal,
    },
};

use super::{PATH, find, policy, require, row::Row};
use crate::{
    access::Choice,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::{Notice, Visit, see_other},
    words::Phrase,
};

#[derive(Template)]
#[template(path = "domains/show.html")]
struct Page<'a> {
    shell: Shell<'a>,
    place: &'a Place,
    row: Row,
    record: ProofRecord,
    added_by: String,
    added_at: registration_domain::time::Timestamp,
    checked_at: Option<registration_domain::time::Timestamp>,
    choice: Choice,
    filled: Filled,
    answer: Option<Phrase>,
    found: Vec<String>,
}

/// `GET /o/{org}/email-domains/{id}`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let found = find(&visit, &place, &id).await?;
    page(&own_page(&visit, &place, &found, present(&found)))
}

/// `POST /o/{org}/email-domains/{id}`: what is done with its people.
#[handler]
pub(crate) async fn submit(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let found = find(&visit, &place, &id).await?;
    let mut filled = Filled::of(visit.form());
    let Some(wish) = policy::read(&visit, &place, &mut filled) else {
        return refused(&visit, &place, &found, filled);
    };
    let (by, organization, domain) = (visit.caller()?, place.id(), found.view.domain.id());
    let command = ChangeEmailDomain { by, organization, domain, policy: wish };
    match visit.platform().change_email_domain(command).await {
        Ok(_) => {
            visit.tell(Notice::of("notice-saved"));
            Ok(see_other(&super::path(&place, &found)))
        }
        Err(VerbError::Refused(EmailDomainRefusal::Fields(faults))) => {
            policy::refuse(&visit, &mut filled, &faults);
            refused(&visit, &place, &found, filled)
        }
        Err(error) => Err(error.into()),
    }
}

/// What DNS answered, where that was not the record.
pub(super) fn unproven(visit: &Visit, place: &Place, found: &ShownEmailDomain, why: &NotProven) -> Answer {
    let name = found.view.domain.record().name;
    let (phrase, texts) = match why {
        NotProven::NotFound => (visit.t("domain-not-found"), Vec::new()),
        NotProven::Differs { found } => (visit.t("domain-differs"), found.clone()),
        NotProven::NoAnswer => (visit.t("domain-no-answer"), Vec::new()),
    };
    answered(visit, place, found, phrase.with("name", name), texts)
}

/// The page, with an answer on top that is no good news.
pub(super) fn answered(
    visit: &Visit,
    place: &Place,
    found: &ShownEmailDomain,
    answer: Phrase,
    texts: Vec<String>,
) -> Answer {
    let shown = own_page(visit, place, found, present(found));
    page_with(StatusCode::CONFLICT, &Page { answer: Some(answer), found: texts, ..shown })
}

fn present(found: &ShownEmailDomain) -> Filled {
    Filled::of(&policy::written(Form::default(), &found.view.domain.parts().policy))
}

fn refused(visit: &Visit, place: &Place, found: &ShownEmailDomain, filled: Filled) -> Answer {
    let shown = own_page(visit, place, found, filled.in_order(&policy::ORDER));
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

fn own_page<'a>(visit: &'a Visit, place: &'a Place, found: &ShownEmailDomain, filled: Filled) -> Page<'a> {
    let row = Row::of(visit, place, found);
    let shell = Shell::new(visit, &row.name).at(Some(place), "settings").faulty(filled.is_faulty());
    Page {
        shell,
        place,
        record: found.view.domain.record(),
        added_by: found.view.added_by.name.full(),
        added_at: found.view.domain.parts().created_at,
        checked_at: found.view.checked_at,
        choice: policy::choice(visit, place),
        row,
        filled,
        answer: None,
        found: Vec::new(),
    }
}

impl Page<'_> {
    fn list_path(&self) -> String {
        self.place.path(PATH)
    }
}
