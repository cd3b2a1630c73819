//! Who asks to join and with what, as reviewers and requesters see it; and the codes of an organization.
use super::Person;
use crate::{
    account::Account,
    employee_code::{CountedCode, EmployeeCode, EmployeeCodeState},
    join_request::{JoinRequest, JoinRequestState},
    membership::Membership,
    organization::Organization,
    time::Timestamp,
    words::words,
};

/// A join request, and what belongs beside it. The requester is not shown who decided, nor the code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinRequestView {
    /// The request.
    pub request: JoinRequest,
    /// Where it asks to be let in.
    pub organization: Organization,
    /// Whose it is.
    pub account: Account,
    /// Who approved or rejected it.
    pub decided_by: Option<Person>,
    /// The code that backs it.
    pub code: Option<EmployeeCode>,
}

/// What an organization knows of a requester from before. Nothing of what other organizations know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequesterHistory {
    /// Their memberships there that ended, the last one first; ten at the most.
    pub memberships: Vec<EndedMembership>,
    /// Their requests there that are settled, the last one first; ten at the most.
    pub requests: Vec<JoinRequest>,
    /// Other members of the organization, or who were, of the same name; five at the most.
    pub namesakes: Vec<Person>,
}

/// A membership that ended, as its organization sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedMembership {
    /// The membership.
    pub membership: Membership,
    /// Who ended it: themselves where they left.
    pub removed_by: Person,
}

/// An employee code, as its organization sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployeeCodeView {
    /// The code, and how often it was used and refused.
    pub code: CountedCode,
    /// Who made it.
    pub maker: Person,
}

/// Which join requests a list shows; oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JoinRequestFilter {
    /// In this state.
    pub state: Option<ListedRequestState>,
}

/// Which employee codes a list shows; newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeFilter {
    /// In this state.
    pub state: Option<ListedCodeState>,
}

words! {
    /// The state of a join request as lists name it: those out of time are apart, closed or not.
    ListedRequestState {
        /// It waits, and is in time.
        Pending = "pending",
        /// The requester came in.
        Approved = "approved",
        /// The organization did not want it.
        Rejected = "rejected",
        /// The requester took it back.
        Withdrawn = "withdrawn",
        /// The requester came in another way.
        Settled = "settled",
        /// Nobody decided in time.
        Expired = "expired",
    }
}

words! {
    /// The state of an employee code as lists name it.
    ListedCodeState {
        /// It works.
        Active = "active",
        /// It was used as often as it may be, and is in time.
        UsedUp = "used_up",
        /// Its time is over.
        Expired = "expired",
        /// Somebody revoked it.
        Revoked = "revoked",
    }
}

impl ListedRequestState {
    /// How a request is listed at this time.
    pub fn of(request: &JoinRequest, now: Timestamp) -> Self {
        match request.parts().state {
            JoinRequestState::Pending if request.has_expired(now) => Self::Expired,
            JoinRequestState::Pending => Self::Pending,
            JoinRequestState::Approved { .. } => Self::Approved,
            JoinRequestState::Rejected { .. } => Self::Rejected,
            JoinRequestState::Withdrawn { .. } => Self::Withdrawn,
            JoinRequestState::Settled { .. } => Self::Settled,
            JoinRequestState::Expired { .. } => Self::Expired,
        }
    }
}

impl ListedCodeState {
    /// How a code is listed at this time: what somebody decided comes before time, and time before the count.
    pub fn of(it: &CountedCode, now: Timestamp) -> Self {
        match it.code.parts().state {
            EmployeeCodeState::Revoked { .. } => Self::Revoked,
            EmployeeCodeState::Active if it.code.has_expired(now) => Self::Expired,
            EmployeeCodeState::Active if it.is_used_up() => Self::UsedUp,
            EmployeeCodeState::Active => Self::Active,
        }
    }
}
