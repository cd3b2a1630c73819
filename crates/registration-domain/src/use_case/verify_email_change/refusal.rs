//! Why a code changed no address.
use crate::{
    email_change::NotOpen,
    refusal::{Fact, Refusal, RefusalKind},
    time::Timestamp,
    use_case::authenticate::NotSignedIn,
};

/// Why a code changed no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyEmailChangeRefusal {
    /// Nobody is signed in any more.
    #[error(transparent)]
    NotSignedIn(#[from] NotSignedIn),
    /// There is no such change, or its time is over.
    #[error("there is no such change of address, or its time is over; start again")]
    Unknown,
    /// It is done.
    #[error("the address is changed already")]
    AlreadyVerified,
    /// The newest code is too old.
    #[error("the code has expired; ask for a new one")]
    CodeExpired {
        /// Since when.
        expires_at: Timestamp,
    },
    /// It is another code, or an older one, or another account has the address.
    #[error("the code is not right")]
    CodeIncorrect {
        /// How many more tries there are.
        tries_left: u32,
    },
}

impl From<NotOpen> for VerifyEmailChangeRefusal {
    fn from(why: NotOpen) -> Self {
        match why {
            NotOpen::Verified => Self::AlreadyVerified,
            NotOpen::Over => Self::Unknown,
        }
    }
}

impl Refusal for VerifyEmailChangeRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn(why) => why.told(),
            Self::Unknown => (RefusalKind::NotFound, "email_change_unknown"),
            Self::AlreadyVerified => (RefusalKind::Conflict, "already_verified"),
            Self::CodeExpired { .. } => (RefusalKind::Gone, "code_expired"),
            Self::CodeIncorrect { .. } => (RefusalKind::Invalid, "code_incorrect"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::CodeIncorrect { tries_left } => vec![Fact::TriesLeft(*tries_left)],
            Self::NotSignedIn(_) | Self::Unknown | Self::AlreadyVerified | Self::CodeExpired { .. } => {
                Vec::new()
            }
        }
    }
}
