//! What an account's owner is told of how people get in, or try to.
use crate::{
    account::AccountId, person_name::PersonName, revision::Generation, session::Origin, time::Timestamp,
};

/// A mail about a password or about signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityLetter {
    /// The link to set a new password, made when it is rendered.
    PasswordReset {
        /// Whose password.
        account: AccountId,
        /// Which of the links; an older one is not sent any more.
        generation: Generation,
        /// Who.
        person: PersonName,
        /// From where it was asked for.
        origin: Origin,
        /// Until when it holds.
        expires_at: Timestamp,
    },
    /// The password was changed, or set anew by a link.
    PasswordChanged {
        /// Whose.
        account: AccountId,
        /// Who.
        person: PersonName,
        /// What the device calls itself.
        device: Option<String>,
        /// From where.
        origin: Origin,
        /// When.
        at: Timestamp,
    },
    /// So many wrong passwords were tried that no more are compared for a time.
    TriesUsedUp {
        /// Whose.
        account: AccountId,
        /// Who.
        person: PersonName,
        /// What the device of the last try calls itself.
        device: Option<String>,
        /// From where the last try came.
        origin: Origin,
        /// When that was.
        at: Timestamp,
        /// From when on somebody may try again.
        until: Timestamp,
    },
}

impl SecurityLetter {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordChanged { .. } => "password_changed",
            Self::TriesUsedUp { .. } => "tries_used_up",
        }
    }
    /// Whose account it is about.
    pub fn account(&self) -> AccountId {
        match self {
            Self::PasswordReset { account, .. }
            | Self::PasswordChanged { account, .. }
            | Self::TriesUsedUp { account, .. } => *account,
        }
    }
}
