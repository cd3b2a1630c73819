//! Why a link cannot be used: what settled the invitation comes first, what ails the link after.
use crate::{
    refusal::{Fact, Refusal, RefusalKind},
    time::Timestamp,
};

/// Why an invitation cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotAcceptable {
    /// Somebody came in by it.
    #[error("the invitation was already accepted")]
    AlreadyAccepted {
        /// When.
        at: Timestamp,
    },
    /// The invitee did not want to.
    #[error("the invitation was declined")]
    Declined {
        /// When.
        at: Timestamp,
    },
    /// The inviting side took it back.
    #[error("the invitation was revoked")]
    Revoked {
        /// When.
        at: Timestamp,
    },
    /// The link is of an older generation.
    #[error("a newer link was sent")]
    Superseded {
        /// When.
        at: Timestamp,
    },
    /// Its time is over.
    #[error("the invitation has expired")]
    Expired {
        /// When: that instant itself is expired.
        at: Timestamp,
    },
    /// Whoever made it may no longer give what it offers.
    #[error("whoever sent the invitation may no longer give what it offers")]
    NotBacked,
}

impl NotAcceptable {
    /// Since when it is so. That nobody stands behind it any more has no date of its own.
    pub fn since(self) -> Option<Timestamp> {
        match self {
            Self::AlreadyAccepted { at }
            | Self::Declined { at }
            | Self::Revoked { at }
            | Self::Superseded { at }
            | Self::Expired { at } => Some(at),
            Self::NotBacked => None,
        }
    }
}

impl Refusal for NotAcceptable {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::AlreadyAccepted { .. } => (RefusalKind::Conflict, "invitation_already_accepted"),
            Self::Declined { .. } => (RefusalKind::Conflict, "invitation_declined"),
            Self::Revoked { .. } => (RefusalKind::Gone, "invitation_revoked"),
            Self::Superseded { .. } => (RefusalKind::Gone, "invitation_superseded"),
            Self::Expired { .. } => (RefusalKind::Gone, "invitation_expired"),
            Self::NotBacked => (RefusalKind::Gone, "invitation_not_backed"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        self.since().map(Fact::Since).into_iter().collect()
    }
}
