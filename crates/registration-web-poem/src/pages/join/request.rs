//! A request of one's own: that it waits, or what became of it and what can be done next.
use askama::Template;
use poem::{handler, http::StatusCode, web::Path};
use registration_domain::{
    join_request::{JoinRequestState, Method, SettledBy},
    platform::VerbError,
    time::{DAY, Timestamp},
    use_case::own_join_request::{OwnJoinRequest, OwnRequestRefusal},
    view::{JoinRequestView, ListedRequestState},
};

use super::own::{class, word};
use crate::{
    access,
    failure::Failure,
    shell::{Answer, Shell, page, page_with},
    visit::{self, Notice, Visit, see_other},
    words::Phrase,
};

#[derive(Template)]
#[template(path = "join/request.html")]
struct Page<'a> {
    shell: Shell<'a>,
    it: &'a JoinRequestView,
    state: Phrase,
    class: &'static str,
    lines: Vec<Phrase>,
    quote: Vec<String>,
    remind_again: Option<Phrase>,
    waits: bool,
    is_member: bool,
    may_ask: bool,
}

#[derive(Template)]
#[template(path = "join/withdraw.html")]
struct Withdraw<'a> {
    shell: Shell<'a>,
    it: &'a JoinRequestView,
}

/// `GET /join/requests/{id}`.
#[handler]
pub(crate) async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let it = find(&visit, &id).await?;
    page(&own_page(&visit, &it).await?)
}

/// `POST /join/requests/{id}/remind`.
#[handler]
pub(crate) async fn remind(visit: Visit, Path(id): Path<String>) -> Answer {
    let it = find(&visit, &id).await?;
    let command = OwnJoinRequest {
        by: visit.caller()?,
        request: it.request.id(),
        once: visit.once("remind-reviewers"),
    };
    match visit.platform().remind_reviewers(command).await {
        Ok(_) => {
            visit.tell(Notice::of("notice-reminded").with("organization", &it.organization.parts().name));
            Ok(see_other(&path(&it)))
        }
        Err(VerbError::Refused(OwnRequestRefusal::TooSoon(_))) => {
            page_with(StatusCode::TOO_MANY_REQUESTS, &own_page(&visit, &it).await?)
        }
        // The page tells what became of it meanwhile.
        Err(VerbError::Refused(OwnRequestRefusal::NotOpen(_))) => Ok(see_other(&path(&it))),
        Err(error) => Err(error.into()),
    }
}

/// `GET /join/requests/{id}/withdraw`.
#[handler]
pub(crate) async fn confirm(visit: Visit, Path(id): Path<String>) -> Answer {
    let it = find(&visit, &id).await?;
    if ListedRequestState::of(&it.request, visit.now()) != ListedRequestState::Pending {
        return Ok(see_other(&path(&it)));
    }
    let title = visit.t("withdraw-title").with("organization", &it.organization.parts().name);
    page(&Withdraw { shell: Shell::new(&visit, title), it: &it })
}

/// `POST /join/requests/{id}/withdraw`.
#[handler]
pub(crate) async fn withdraw(visit: Visit, Path(id): Path<String>) -> Answer {
    let it = find(&visit, &id).await?;
    let command = OwnJoinRequest {
        by: visit.caller()?,
        request: it.request.id(),
        once: visit.once("withdraw-join-request"),
    };
    match visit.platform().withdraw_join_request(command).await {
        Ok(_) | Err(VerbError::Refused(OwnRequestRefusal::NotOpen(_))) => Ok(see_other(&path(&it))),
        Err(error) => Err(error.into()),
    }
}

async fn find(visit: &Visit, id: &str) -> Result<JoinRequestView, Failure> {
    Ok(visit.platform().find_own_join_request(&visit.caller()?, visit::id(id)?).await?)
}

fn path(it: &JoinRequestView) -> String {
    format!("/join/requests/{}", it.request.id())
}

async fn own_page<'a>(visit: &'a Visit, it: &'a JoinRequestView) -> Result<Page<'a>, Failure> {
    let (parts, now) = (it.request.parts(), visit.now());
    let listed = ListedRequestState::of(&it.request, now);
    let waits = listed == ListedRequestState::Pending;
    let again = parts.reminded_at.map(|at| at.plus(DAY)).filter(|again| waits && now < *again);
    let title = visit.t("request-title").with("organization", &it.organization.parts().name);
    let quote = parts.method.note().map(|it| it.as_str().lines().map(str::to_owned).collect());
    let is_member = belongs(visit, it).await?;
    Ok(Page {
        shell: Shell::new(visit, title),
        it,
        state: word(visit, listed),
        class: class(listed),
        lines: lines(visit, it),
        quote: quote.unwrap_or_default(),
        remind_again: again.map(|at| visit.t("request-remind-again").with("when", visit.moment(at))),
        waits,
        is_member,
        may_ask: !waits && !is_member && may_ask(visit, it),
    })
}

/// Whoever came in may be gone again, and whoever did not may have come another way.
async fn belongs(visit: &Visit, it: &JoinRequestView) -> Result<bool, Failure> {
    let found = visit.platform().find_organization_to_join(&visit.caller()?, it.organization.id()).await;
    match found {
        Ok(found) => Ok(found.is_member),
        Err(VerbError::Refused(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// After a rejection only when some time went by.
fn may_ask(visit: &Visit, it: &JoinRequestView) -> bool {
    match &it.request.parts().state {
        JoinRequestState::Rejected { at, .. } => visit.now() >= ask_again(visit, *at),
        JoinRequestState::Pending
        | JoinRequestState::Approved { .. }
        | JoinRequestState::Withdrawn { .. }
        | JoinRequestState::Settled { .. }
        | JoinRequestState::Expired { .. } => true,
    }
}

fn ask_again(visit: &Visit, rejected_at: Timestamp) -> Timestamp {
    rejected_at.plus(visit.platform().settings().lifetimes.join_request_pause)
}

/// What became of it, in sentences.
fn lines(visit: &Visit, it: &JoinRequestView) -> Vec<Phrase> {
    let (parts, name) = (it.request.parts(), it.organization.parts().name.as_str());
    let say = |key: &'static str| visit.t(key).with("organization", name);
    match &parts.state {
        JoinRequestState::Pending if it.request.has_expired(visit.now()) => vec![expired(visit)],
        JoinRequestState::Pending => {
            let asked = match &parts.method {
                Method::Approval { .. } => say("request-waits-approval"),
                Method::EmployeeCode { .. } => say("request-waits-code"),
                Method::EmailDomain { name, .. } => say("request-waits-domain").with("domain", name),
            };
            let asked = asked.with("day", visit.moment(parts.created_at).day());
            let email = it.account.parts().email.as_str();
            let until = visit.moment(parts.expires_at).day();
            vec![asked, say("request-waits-words").with("email", email).with("day", until)]
        }
        JoinRequestState::Approved { access, .. } => {
            vec![say("request-approved-words").with("access", access::named(visit, access))]
        }
        JoinRequestState::Rejected { at, reason, .. } => {
            let mut lines = vec![say("request-rejected-words")];
            lines.extend(reason.as_ref().map(|it| visit.t("request-reason").with("reason", it)));
            let contact = visit.platform().settings().contact_of(&it.organization);
            lines.extend(contact.map(|it| visit.t("request-questions").with("contact", it)));
            let again = ask_again(visit, *at);
            if visit.now() < again {
                lines.push(visit.t("request-ask-from").with("when", visit.moment(again)));
            }
            lines
        }
        JoinRequestState::Withdrawn { at } => {
            vec![visit.t("request-withdrawn-words").with("day", visit.moment(at).day())]
        }
        JoinRequestState::Settled { at, by } => {
            let key = match by {
                SettledBy::Invitation(_) => "request-settled-invitation",
                SettledBy::EmployeeCode(_) => "request-settled-code",
                SettledBy::EmailDomain(_) => "request-settled-domain",
            };
            vec![say(key).with("day", visit.moment(at).day())]
        }
        JoinRequestState::Expired { .. } => vec![expired(visit)],
    }
}

fn expired(visit: &Visit) -> Phrase {
    let days = visit.platform().settings().lifetimes.join_request.as_secs() / DAY.as_secs();
    visit.t("request-expired-words").count("days", usize::try_from(days).unwrap_or(usize::MAX))
}
