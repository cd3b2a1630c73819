//! One request: all that is known of it, and the two forms that decide it.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::view::{JoinRequestView, RequesterHistory};

use super::{
    card::{self, Card},
    choice, require,
};
use crate::{
    access::{self, Choice},
    failure::Failure,
    form::{Filled, Form},
    place::Place,
    shell::{Answer, Shell, page_with},
    visit::{self, Visit},
};

/// Reasons that are given often, ready to be changed.
const TEMPLATES: [&str; 3] = ["reason-unknown", "reason-wrong-place", "reason-invited"];

#[derive(Template)]
#[template(path = "reviewing/show.html")]
struct Page<'a> {
    shell: Shell<'a>,
    card: Card,
    choice: Choice,
    proposed: Option<String>,
    filled: Filled,
    opens_access: bool,
    opens_reject: bool,
    reasons: Vec<String>,
}

/// `GET /o/{org}/requests/{id}`.
#[handler]
pub(crate) async fn show(visit: Visit, Path((org, id)): Path<(String, String)>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    let found = find(&visit, &place, &id).await?;
    let form = card::proposed(&found.0, &place)
        .map_or_else(Form::default, |access| access::written(Form::default(), access));
    shown(&visit, &place, &found, StatusCode::OK, visit.filled(&form))
}

pub(super) async fn find(
    visit: &Visit,
    place: &Place,
    id: &str,
) -> Result<(JoinRequestView, RequesterHistory), Failure> {
    require(place)?;
    Ok(visit.platform().find_join_request(&visit.caller()?, place.id(), visit::id(id)?).await?)
}

pub(super) fn shown(
    visit: &Visit,
    place: &Place,
    found: &(JoinRequestView, RequesterHistory),
    status: StatusCode,
    filled: Filled,
) -> Answer {
    let card = Card::of(visit, place, found);
    let title = visit.t("review-title").with("name", &card.name).with("organization", place.name());
    let proposed = card::proposed(&found.0, place).map(|it| access::named(visit, it));
    let page = Page {
        shell: Shell::new(visit, title).at(Some(place), "requests").faulty(filled.is_faulty()),
        card,
        choice: choice(visit, place),
        opens_access: proposed.is_none() || filled.is_faulty(),
        opens_reject: filled.fault("reason").is_some(),
        proposed,
        filled,
        reasons: TEMPLATES.map(|it| visit.t(it).to_string()).into(),
    };
    page_with(status, &page)
}
