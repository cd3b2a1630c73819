//! Several at once, all with one access; each is decided by itself, and what was not is told.
use askama::Template;
use poem::{handler, web::Path};
use registration_domain::{
    join_request::JoinRequestId,
    platform::VerbError,
    refusal::{Fact, Refusal},
    use_case::decide_join_request::{DecideJoinRequests, Decided, Decision},
};

use super::{choice, inbox, require};
use crate::{
    access,
    form::Filled,
    place::Place,
    shell::{Answer, Shell, page},
    visit::{self, Notice, Visit, see_other},
    words::Phrase,
};

/// So many cards are on a page.
const MOST: usize = 100;

#[derive(Template)]
#[template(path = "reviewing/results.html")]
struct Page<'a> {
    shell: Shell<'a>,
    approved: Vec<String>,
    others: Vec<(String, Phrase)>,
}

/// `POST /o/{org}/requests`.
#[handler]
pub(crate) async fn submit(visit: Visit, Path(org): Path<String>) -> Answer {
    let place = Place::of(&visit, &org).await?;
    require(&place)?;
    let mut filled = Filled::of(visit.form());
    let ids = visit.form().values("request").take(MOST).filter_map(|it| visit::id(it).ok());
    let ids = ids.collect::<Vec<JoinRequestId>>();
    if ids.is_empty() {
        filled.phrase("selected", &visit.t("fault-requests-required"));
    }
    let first = choice(&visit, &place).first();
    let access = access::read(&visit, &mut filled, visit.form(), first);
    let Some(access) = access.filter(|_| !ids.is_empty()) else {
        return inbox::refused(&visit, &place, filled).await;
    };
    let decision = Decision::Approve { access };
    let command = DecideJoinRequests {
        by: visit.caller()?,
        organization: place.id(),
        items: ids.iter().map(|id| (*id, decision.clone())).collect(),
        once: visit.once("decide-join-requests"),
    };
    let results = visit.platform().decide_join_requests(command).await?.what;
    if results.iter().all(Result::is_ok) {
        visit.tell(Notice::of("notice-requests-approved").with("count", results.len()));
        return Ok(see_other(&place.path("requests")));
    }
    told(&visit, &place, &ids, results).await
}

async fn told(visit: &Visit, place: &Place, ids: &[JoinRequestId], results: Vec<Decided>) -> Answer {
    let (mut approved, mut others) = (Vec::new(), Vec::new());
    for (id, result) in ids.iter().zip(results) {
        match result {
            Ok(view) => approved.push(view.account.parts().name.full()),
            Err(error) => {
                let found = visit.platform().find_join_request(&visit.caller()?, place.id(), *id).await;
                let name =
                    found.map_or_else(|_| id.to_string(), |(view, _)| view.account.parts().name.full());
                others.push((name, why(visit, &error)));
            }
        }
    }
    let shell = Shell::new(visit, visit.t("decided-title")).at(Some(place), "requests");
    page(&Page { shell, approved, others })
}

fn why<R: Refusal + 'static>(visit: &Visit, error: &VerbError<R>) -> Phrase {
    let decided = error.facts().into_iter().find_map(|it| match it {
        Fact::Decided(decided) => Some(decided),
        Fact::Invitation(_)
        | Fact::JoinRequest(_)
        | Fact::MissingPermission(_)
        | Fact::ExceededPermissions(_)
        | Fact::RetryAt(_)
        | Fact::Since(_)
        | Fact::EmailDomain(_)
        | Fact::RecordsFound(_)
        | Fact::TriesLeft(_)
        | Fact::Organizations(_) => None,
    });
    match decided {
        Some(decided) => {
            let by = decided.by.map_or_else(String::new, |(_, name)| name.full());
            visit.t(format!("result-{}", decided.state)).with("by", by).with("when", visit.moment(decided.at))
        }
        None => visit.t(format!("refusal-{}", error.code())),
    }
}
