//! The inbox: what waits, oldest first, and what was decided.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::view::{JoinRequestFilter, ListedRequestState};

use super::{
    card::{self, Card},
    choice, require,
};
use crate::{
    access::{self, Choice},
    failure::Failure,
    form::{Filled, Form},
    listing,
    place::Place,
    shell::{Answer, Shell, page, page_with},
    visit::Visit,
    words::Phrase,
};

#[derive(Template)]
#[template(path = "reviewing/inbox.html")]
struct Page<'a> {
    shell: Shell<'a>,
    cards: Vec<Card>,
    tab: Tab,
    lists_waiting: bool,
    tabs: Vec<(Tab, Phrase)>,
    choice: Choice,
    proposed: Option<String>,
    filled: Filled,
    next: Option<String>,
    first: Option<String>,
}

/// Which requests are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Waiting,
    Approved,
    Rejected,
    Others,
}

impl Tab {
    const ALL: [Self; 4] = [Self::Waiting, Self::Approved, Self::Rejected, Self::Others];

    fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Others => "all",
        }
    }
    fn parse(key: &str) -> Self {
        Self::ALL.into_iter().find(|it| it.key() == key).unwrap_or(Self::Waiting)
    }
    fn state(self) -> Option<ListedRequestState> {
        match self {
            Self::Waiting => Some(ListedRequestState::Pending),
            Self::Approved => Some(ListedRequestState::Approved),
            Self::Rejected => Some(ListedRequestState::Rejected),
            Self::Others => None,
        }
    }
}

/// `GET /o/{org}/requests`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let proposed = place.view.organization.parts().joining_access.access();
    let form = access::written(Form::default(), proposed);
    page(&own_page(&visit, &place, Filled::of(&form)).await?)
}

/// The inbox again, with what is wrong with its form.
pub(super) async fn refused(visit: &Visit, place: &Place, filled: Filled) -> Answer {
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &own_page(visit, place, filled).await?)
}

async fn own_page<'a>(visit: &'a Visit, place: &'a Place, filled: Filled) -> Result<Page<'a>, Failure> {
    let tab = Tab::parse(visit.query().value("tab"));
    let filter = JoinRequestFilter { state: tab.state() };
    let part = listing::part(visit)?;
    let found = visit.platform().list_join_requests(&visit.caller()?, place.id(), &filter, &part).await?;
    let (next, first) = (listing::next(visit, &found)?, listing::first(visit));
    let cards = found.rows.iter().map(|it| Card::of(visit, place, it)).collect();
    let tabs = Tab::ALL.map(|it| (it, visit.t(format!("tab-requests-{}", it.key())))).into();
    let shell = Shell::new(visit, visit.t("requests-title")).at(Some(place), "requests");
    let proposed = card::proposed_here(place).map(|it| access::named(visit, it));
    let (shell, choice) = (shell.faulty(filled.is_faulty()), choice(visit, place));
    let lists_waiting = tab == Tab::Waiting;
    Ok(Page { shell, cards, tab, lists_waiting, tabs, choice, proposed, filled, next, first })
}
