//! The organizations that let themselves be found: a list that typing narrows.
use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::{organization::OrganizationId, view::DiscoverableOrganization};

use crate::{
    form::{Filled, Form},
    listing,
    shell::{Answer, Shell, page_with},
    visit::{self, Visit, see_other},
    words::Phrase,
};

/// No name is longer.
const LONGEST: usize = 100;

#[derive(Template)]
#[template(path = "join/search.html")]
struct Page<'a> {
    shell: Shell<'a>,
    filled: Filled,
    query: String,
    found: Vec<DiscoverableOrganization>,
    status: Phrase,
    next: Option<String>,
    first: Option<String>,
}

/// `GET /join`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    let caller = visit.caller()?;
    let asked = visit.query();
    // Whoever presses Search wants another list, whatever stands chosen in this one.
    let goes_on = asked.has("continue");
    if let Some(id) = chosen(asked).filter(|_| goes_on) {
        return Ok(see_other(&format!("/join/{id}")));
    }
    let query = asked.value("query").chars().filter(|it| !it.is_control()).take(LONGEST).collect::<String>();
    let listing =
        visit.platform().search_organizations(&caller, query.trim(), &listing::part(&visit)?).await?;
    let (next, first) = (listing::next(&visit, &listing)?, listing::first(&visit));
    let mut filled = Filled::default();
    if let (true, Some(it)) = (goes_on, listing.rows.first()) {
        filled.say(format!("organization-{}", it.id), visit.t("fault-choose-organization"));
    } else if goes_on {
        filled.phrase("query", &visit.t("fault-choose-organization"));
    }
    let is_faulty = filled.is_faulty();
    let shell = Shell::new(&visit, visit.t("join-title")).faulty(is_faulty);
    let status = match (listing.rows.len(), next.is_some() || first.is_some()) {
        (0, _) => visit.t("join-found-none"),
        (count, true) => visit.t("join-found-part").count("count", count),
        (count, false) => visit.t("join-found").count("count", count),
    };
    let status_code = if is_faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status_code, &Page { shell, filled, query, found: listing.rows, status, next, first })
}

fn chosen(asked: &Form) -> Option<OrganizationId> {
    visit::id(asked.value("organization")).ok()
}
