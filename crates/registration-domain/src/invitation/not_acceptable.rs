//! Why a link cannot be used: what settled the invitation comes first, what ails the link after.
use crate::refusal::{Refusal, RefusalKind};

/// Why an invitation cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotAcceptable {
    /// Somebody came in by it.
    #[error("the invitation was already accepted")]
    AlreadyAccepted,
    /// The invitee did not want to.
    #[error("the invitation was declined")]
    Declined,
    /// The inviting side took it back.
    #[error("the invitation was revoked")]
    Revoked,
    /// The link is of an older generation.
    #[error("a newer link was sent")]
    Superseded,
    /// Its time is over.
    #[error("the invitation has expired")]
    Expired,
    /// Whoever made it may no longer give what it offers.
    #[error("whoever sent the invitation may no longer give what it offers")]
    NotBacked,
}

impl Refusal for NotAcceptable {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::AlreadyAccepted => (RefusalKind::Conflict, "invitation_already_accepted"),
            Self::Declined => (RefusalKind::Conflict, "invitation_declined"),
            Self::Revoked => (RefusalKind::Gone, "invitation_revoked"),
            Self::Superseded => (RefusalKind::Gone, "invitation_superseded"),
            Self::Expired => (RefusalKind::Gone, "invitation_expired"),
            Self::NotBacked => (RefusalKind::Gone, "invitation_not_backed"),
        }
    }
}
