//! A member as a line of a list: who they are, how they came, and what the visitor may do about them.
use registration_domain::{
    access::Access,
    membership::{Cause, MembershipState},
    view::MemberView,
};

use crate::{
    access, listing, person,
    place::Place,
    visit::Visit,
    words::{Moment, Phrase},
};

/// A member, or who was one.
pub(crate) struct MemberRow {
    pub(crate) it: MemberView,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) email: String,
    pub(crate) access: String,
    pub(crate) how: Phrase,
    pub(crate) is_own: bool,
    pub(crate) can_change: bool,
    pub(crate) can_remove: bool,
    pub(crate) removed: Option<Removed>,
}

/// How a membership ended.
pub(crate) struct Removed {
    pub(crate) at: Moment,
    pub(crate) how: Phrase,
    pub(crate) reason: Option<String>,
    /// What else the log has of this address, for those who may read it.
    pub(crate) history: Option<String>,
}

impl MemberRow {
    pub(crate) fn of(visit: &Visit, place: &Place, it: MemberView) -> Self {
        let (parts, account) = (it.membership.parts(), it.account.parts());
        let is_own = visit.who().is_some_and(|who| who.account.id() == account.id);
        let is_in_reach = !is_own && (parts.access != Access::Owner || place.is_owner());
        Self {
            id: parts.id.to_string(),
            name: account.name.full(),
            initials: person::initials(&account.name),
            email: account.email.to_string(),
            access: access::named(visit, &parts.access),
            can_change: is_in_reach && place.may_manage_access(),
            can_remove: is_in_reach && place.may_remove(),
            how: came(visit, place, &it),
            removed: removed(visit, place, &it),
            is_own,
            it,
        }
    }
}

fn came(visit: &Visit, place: &Place, it: &MemberView) -> Phrase {
    match (&it.membership.parts().cause, &it.joined_by) {
        (Cause::Founding, _) => visit.t("came-founding").with("organization", place.name()),
        (Cause::Invitation(_), Some(by)) => visit.t("came-invited").with("who", by.name.full()),
        (Cause::Invitation(_), None) => visit.t("came-invitation"),
        (Cause::EmailDomain { .. }, _) => visit.t("came-email-domain"),
        (Cause::JoinRequest(_), Some(by)) => visit.t("came-approved").with("who", by.name.full()),
        (Cause::JoinRequest(_), None) => visit.t("came-request"),
        (Cause::EmployeeCode(_), Some(by)) => visit.t("came-code-of").with("who", by.name.full()),
        (Cause::EmployeeCode(_), None) => visit.t("came-code"),
    }
}

fn removed(visit: &Visit, place: &Place, it: &MemberView) -> Option<Removed> {
    let MembershipState::Removed { at, by, reason } = &it.membership.parts().state else { return None };
    let email = it.account.parts().email.as_str();
    let how = match &it.removed_by {
        Some(person) if *by != it.account.id() => visit.t("removed-by").with("who", person.name.full()),
        Some(_) | None => visit.t("removed-left"),
    };
    let history = listing::query(&place.path("audit"), &[("about", email)]);
    Some(Removed {
        at: visit.moment(at),
        how,
        reason: reason.as_ref().map(ToString::to_string),
        history: place.may_see_audit().then_some(history),
    })
}
