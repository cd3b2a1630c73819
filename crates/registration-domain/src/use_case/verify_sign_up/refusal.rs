//! Why a code made no account.
use crate::{
    refusal::{Fact, Refusal, RefusalKind},
    sign_up::NotOpen,
    time::Timestamp,
};

/// Why a code made no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyRefusal {
    /// Here one comes by invitation.
    #[error("sign-up is by invitation here")]
    Closed,
    /// There is no such sign-up, or its time is over.
    #[error("there is no such sign-up, or its time is over; start again")]
    Unknown,
    /// It is an account.
    #[error("this address is confirmed already; sign in")]
    AlreadyVerified,
    /// The newest code is too old.
    #[error("the code has expired; ask for a new one")]
    CodeExpired {
        /// Since when.
        expires_at: Timestamp,
    },
    /// It is another code, or an older one, or the address has an account.
    #[error("the code is not right")]
    CodeIncorrect {
        /// How many more tries there are.
        tries_left: u32,
    },
    /// Somebody took the username meanwhile. The code is not used up.
    #[error("somebody took the username meanwhile; send another one with the code")]
    UsernameTaken,
}

impl From<NotOpen> for VerifyRefusal {
    fn from(why: NotOpen) -> Self {
        match why {
            NotOpen::Verified => Self::AlreadyVerified,
            NotOpen::Expired => Self::Unknown,
        }
    }
}

impl Refusal for VerifyRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Closed => (RefusalKind::Forbidden, "sign_up_closed"),
            Self::Unknown => (RefusalKind::NotFound, "sign_up_unknown"),
            Self::AlreadyVerified => (RefusalKind::Conflict, "already_verified"),
            Self::CodeExpired { .. } => (RefusalKind::Gone, "code_expired"),
            Self::CodeIncorrect { .. } => (RefusalKind::Invalid, "code_incorrect"),
            Self::UsernameTaken => (RefusalKind::Conflict, "username_taken"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::CodeIncorrect { tries_left } => vec![Fact::TriesLeft(*tries_left)],
            Self::Closed
            | Self::Unknown
            | Self::AlreadyVerified
            | Self::CodeExpired { .. }
            | Self::UsernameTaken => Vec::new(),
        }
    }
}
