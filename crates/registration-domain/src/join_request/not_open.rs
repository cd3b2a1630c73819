//! Why a request can be decided no more: who decided, when, and what.
use crate::{account::AccountId, time::Timestamp};

/// What ended a join request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotOpen {
    /// Somebody approved it.
    #[error("the request was approved already")]
    Approved {
        /// When.
        at: Timestamp,
        /// Who.
        by: AccountId,
    },
    /// Somebody rejected it.
    #[error("the request was rejected already")]
    Rejected {
        /// When.
        at: Timestamp,
        /// Who.
        by: AccountId,
    },
    /// The requester took it back.
    #[error("the request was withdrawn")]
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// The requester came in another way.
    #[error("the requester came in another way")]
    Settled {
        /// When.
        at: Timestamp,
    },
    /// Nobody decided in time.
    #[error("the request has expired")]
    Expired {
        /// When its time was over.
        at: Timestamp,
    },
}

impl NotOpen {
    /// The stable word for the state that it is in.
    pub fn state(self) -> &'static str {
        match self {
            Self::Approved { .. } => "approved",
            Self::Rejected { .. } => "rejected",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Settled { .. } => "settled",
            Self::Expired { .. } => "expired",
        }
    }
    /// Since when.
    pub fn at(self) -> Timestamp {
        match self {
            Self::Approved { at, .. }
            | Self::Rejected { at, .. }
            | Self::Withdrawn { at }
            | Self::Settled { at }
            | Self::Expired { at } => at,
        }
    }
    /// Who decided, where a reviewer did.
    pub fn by(self) -> Option<AccountId> {
        match self {
            Self::Approved { by, .. } | Self::Rejected { by, .. } => Some(by),
            Self::Withdrawn { .. } | Self::Settled { .. } | Self::Expired { .. } => None,
        }
    }
}
