//! A request as reviewers see it: who asks, with what, and what the organization knows of them from before.
use registration_domain::{
    access::Access,
    join_request::{JoinRequestState, Method},
    membership::MembershipState,
    organization::JoiningAccess,
    time::DAY,
    view::{JoinRequestView, ListedRequestState, Person, RequesterHistory},
};

use crate::{
    pages::join::own::{class, word},
    place::Place,
    visit::Visit,
    words::{Moment, Phrase},
};

/// One request.
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) email: String,
    pub(crate) method: Phrase,
    pub(crate) note: Vec<String>,
    pub(crate) asked: Moment,
    pub(crate) age: Phrase,
    pub(crate) state: Phrase,
    pub(crate) class: &'static str,
    pub(crate) waits: bool,
    pub(crate) expires_soon: Option<Phrase>,
    pub(crate) outcome: Option<Phrase>,
    pub(crate) reason: Option<String>,
    pub(crate) namesakes: Vec<Phrase>,
    pub(crate) before: Vec<Phrase>,
}

impl Card {
    pub(crate) fn of(
        visit: &Visit,
        place: &Place,
        (view, history): &(JoinRequestView, RequesterHistory),
    ) -> Self {
        let (parts, account, now) = (view.request.parts(), view.account.parts(), visit.now());
        let listed = ListedRequestState::of(&view.request, now);
        let waits = listed == ListedRequestState::Pending;
        let soon = waits && parts.expires_at.since(now) <= 3 * DAY;
        let expires = || visit.t("card-expires").with("when", visit.moment(parts.expires_at).day());
        let (outcome, reason) = outcome(visit, view);
        Self {
            id: parts.id.to_string(),
            path: place.path(&format!("requests/{}", parts.id)),
            name: account.name.full(),
            initials: crate::person::initials(&account.name),
            email: account.email.to_string(),
            method: method(visit, view),
            note: note(view),
            asked: visit.moment(parts.created_at),
            age: age(visit, view),
            state: word(visit, listed),
            class: class(listed),
            waits,
            expires_soon: soon.then(expires),
            outcome,
            reason,
            namesakes: history.namesakes.iter().map(|it| namesake(visit, it)).collect(),
            before: before(visit, view, history),
        }
    }
}

/// The access that is proposed: that of the code, or else the organization's.
pub(super) fn proposed<'a>(view: &'a JoinRequestView, place: &'a Place) -> Option<&'a Access> {
    let of_code = view.code.as_ref().and_then(|it| it.parts().entry.access());
    of_code.or_else(|| proposed_here(place))
}

/// What the organization proposes for everybody.
pub(super) fn proposed_here(place: &Place) -> Option<&Access> {
    let own = &place.view.organization.parts().joining_access;
    (*own != JoiningAccess::default()).then(|| own.access())
}

fn method(visit: &Visit, view: &JoinRequestView) -> Phrase {
    match (&view.request.parts().method, view.code.as_ref().and_then(|it| it.parts().label.as_ref())) {
        (Method::Approval { .. }, _) => visit.t("method-approval"),
        (Method::EmployeeCode { .. }, Some(label)) => visit.t("method-code-labelled").with("label", label),
        (Method::EmployeeCode { .. }, None) => visit.t("method-code"),
        (Method::EmailDomain { name, .. }, _) => visit.t("method-domain").with("domain", name),
    }
}

fn note(view: &JoinRequestView) -> Vec<String> {
    let note = view.request.parts().method.note();
    note.map(|it| it.as_str().lines().map(str::to_owned).collect()).unwrap_or_default()
}

fn age(visit: &Visit, view: &JoinRequestView) -> Phrase {
    let days = visit.now().since(view.request.parts().created_at).as_secs() / DAY.as_secs();
    visit.t("card-age").count("days", usize::try_from(days).unwrap_or(usize::MAX))
}

/// What became of it: who decided, and when.
pub(super) fn outcome(visit: &Visit, view: &JoinRequestView) -> (Option<Phrase>, Option<String>) {
    let name = view.account.parts().name.full();
    let decider = view.decided_by.as_ref().map_or_else(String::new, |it| it.name.full());
    let say = |key: &'static str, at| visit.t(key).with("name", &name).with("when", visit.moment(at));
    match &view.request.parts().state {
        JoinRequestState::Pending if view.request.has_expired(visit.now()) => {
            (Some(say("outcome-expired", view.request.parts().expires_at)), None)
        }
        JoinRequestState::Pending => (None, None),
        JoinRequestState::Approved { at, .. } => {
            (Some(say("outcome-approved", *at).with("by", decider)), None)
        }
        JoinRequestState::Rejected { at, reason, .. } => {
            let reason = reason.as_ref().map(ToString::to_string);
            (Some(say("outcome-rejected", *at).with("by", decider)), reason)
        }
        JoinRequestState::Withdrawn { at } => (Some(say("outcome-withdrawn", *at)), None),
        JoinRequestState::Settled { at, .. } => (Some(say("outcome-settled", *at)), None),
        JoinRequestState::Expired { .. } => {
            (Some(say("outcome-expired", view.request.parts().expires_at)), None)
        }
    }
}

fn namesake(visit: &Visit, it: &Person) -> Phrase {
    visit.t("card-namesake").with("name", it.name.full()).with("email", &it.email)
}

/// What was before this request.
fn before(visit: &Visit, view: &JoinRequestView, history: &RequesterHistory) -> Vec<Phrase> {
    let ended = history.memberships.iter().filter_map(|it| match &it.membership.parts().state {
        MembershipState::Removed { at, by, .. } => {
            let has_left = *by == it.membership.parts().account;
            let words = if has_left {
                visit.t("card-left")
            } else {
                visit.t("card-removed").with("who", it.removed_by.name.full())
            };
            Some(words.with("day", visit.moment(at).day()))
        }
        MembershipState::Active => None,
    });
    let asked = history.requests.iter().filter(|it| it.id() != view.request.id()).map(|it| {
        let state = word(visit, ListedRequestState::of(it, visit.now()));
        visit
            .t("card-asked-before")
            .with("day", visit.moment(it.parts().created_at).day())
            .with("state", state)
    });
    ended.chain(asked).collect()
}
