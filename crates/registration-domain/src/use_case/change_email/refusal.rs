//! Why no code was sent to another address. None of it is about whose address that is.
use crate::{
    email_change::NotOpen,
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    use_case::authenticate::NotSignedIn,
    verification_code::TooSoon,
};

/// Why no code was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangeEmailRefusal {
    /// Nobody is signed in any more.
    #[error(transparent)]
    NotSignedIn(#[from] NotSignedIn),
    /// A field cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
    /// It is not the password that they have.
    #[error("the password is not right")]
    Wrong {
        /// How many more tries there are before one has to wait.
        left: u32,
    },
    /// There is no such change, or its time is over.
    #[error("there is no such change of address, or its time is over; start again")]
    Unknown,
    /// It is done.
    #[error("the address is changed already")]
    AlreadyVerified,
    /// The last code was sent a moment ago.
    #[error(transparent)]
    TooSoon(#[from] TooSoon),
}

impl ChangeEmailRefusal {
    pub(super) fn unchanged() -> Self {
        let detail = "this is the address that your account has";
        Self::Fields(vec![FieldFault::new("email", "email_unchanged", detail)])
    }
    pub(super) fn password() -> Self {
        Self::Fields(vec![FieldFault::required("password")])
    }
}

impl From<NotOpen> for ChangeEmailRefusal {
    fn from(why: NotOpen) -> Self {
        match why {
            NotOpen::Verified => Self::AlreadyVerified,
            NotOpen::Over => Self::Unknown,
        }
    }
}

impl Refusal for ChangeEmailRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn(why) => why.told(),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
            Self::Wrong { .. } => (RefusalKind::Invalid, "current_password_incorrect"),
            Self::Unknown => (RefusalKind::NotFound, "email_change_unknown"),
            Self::AlreadyVerified => (RefusalKind::Conflict, "already_verified"),
            Self::TooSoon(_) => (RefusalKind::Limited, "resend_too_soon"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Fields(faults) => faults.clone(),
            Self::Wrong { .. } => {
                vec![FieldFault::new("password", "current_password_incorrect", self.to_string())]
            }
            Self::NotSignedIn(_) | Self::Unknown | Self::AlreadyVerified | Self::TooSoon(_) => Vec::new(),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::Wrong { left } => vec![Fact::TriesLeft(*left)],
            Self::TooSoon(TooSoon { resend_at }) => vec![Fact::RetryAt(*resend_at)],
            Self::NotSignedIn(_) | Self::Fields(_) | Self::Unknown | Self::AlreadyVerified => Vec::new(),
        }
    }
}
