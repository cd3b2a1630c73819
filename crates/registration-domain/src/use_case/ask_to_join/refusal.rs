//! Why nobody asked. Whatever ails a code is told alike; only its organization learns what it was.
use crate::{
    employee_code::{EmployeeCodeId, Unusable},
    invitation::InvitationId,
    join_request::JoinRequestId,
    organization::OrganizationId,
    refusal::{Fact, Refusal, RefusalKind},
    time::Timestamp,
};

/// Why nobody asked to join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AskRefusal {
    /// The account is gone or suspended.
    #[error("you are not signed in")]
    NotSignedIn,
    /// There is no such organization, it does not let itself be found, or it has not verified the domain that was brought.
    #[error("there is no such organization, or it does not let itself be found")]
    NotFound,
    /// They belong there already.
    #[error("you are a member already")]
    AlreadyMember,
    /// A request of theirs waits there.
    #[error("you asked to join already; somebody there decides")]
    AlreadyPending(JoinRequestId),
    /// An invitation waits for their address.
    #[error("this organization has invited you; accept the invitation")]
    AlreadyInvited(InvitationId),
    /// It was rejected a short while ago.
    #[error("this organization rejected your request; you can ask again later")]
    TooSoon(Timestamp),
    /// The organization takes people with their addresses by invitation only.
    #[error("whoever has an address there joins by invitation only")]
    InvitationOnly,
    /// The code does not work.
    #[error("this employee code does not work here")]
    CodeRefused(CodeFault),
}

/// What ails a code: for its organization alone, and for no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeFault {
    /// There is no such code.
    Wrong,
    /// There is one, which does not work now or here.
    Unusable {
        /// Which.
        code: EmployeeCodeId,
        /// Whose.
        of: OrganizationId,
        /// Why.
        why: Unusable,
    },
}

impl Refusal for AskRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn => (RefusalKind::Unauthenticated, "not_signed_in"),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
            Self::AlreadyMember => (RefusalKind::Conflict, "already_member"),
            Self::AlreadyPending(_) => (RefusalKind::Conflict, "already_pending"),
            Self::AlreadyInvited(_) => (RefusalKind::Conflict, "already_invited"),
            Self::TooSoon(_) => (RefusalKind::Limited, "asked_too_soon"),
            Self::InvitationOnly => (RefusalKind::Forbidden, "email_domain_invitation_only"),
            Self::CodeRefused(_) => (RefusalKind::Invalid, "employee_code_refused"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::AlreadyPending(request) => vec![Fact::JoinRequest(*request)],
            Self::AlreadyInvited(invitation) => vec![Fact::Invitation(*invitation)],
            Self::TooSoon(at) => vec![Fact::RetryAt(*at)],
            Self::NotSignedIn
            | Self::NotFound
            | Self::AlreadyMember
            | Self::InvitationOnly
            | Self::CodeRefused(_) => Vec::new(),
        }
    }
}
