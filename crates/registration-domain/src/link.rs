//! A link is derived when it is needed and never stored; it opens only for what it was sealed for.
use uuid::Uuid;

use crate::{revision::Generation, secret::Secret};

/// What a token is for. One that was sealed for one purpose opens for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// To found the platform, once.
    Setup,
    /// To accept or decline an invitation; it proves the mailbox that it was sent to.
    Invitation,
    /// To act as the account that signed in.
    Session,
    /// To be known again as the device of a session: it lets nobody in.
    Device,
    /// To set a new password; it proves the mailbox that it was sent to.
    PasswordReset,
}

impl LinkPurpose {
    /// Every purpose.
    pub const ALL: [Self; 5] =
        [Self::Setup, Self::Invitation, Self::Session, Self::Device, Self::PasswordReset];

    /// The stable word that is sealed into a token.
    pub fn key(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Invitation => "invitation",
            Self::Session => "session",
            Self::Device => "device",
            Self::PasswordReset => "password_reset",
        }
    }
}

/// What a token names; all else that it rests on stands in the row that it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// The setup link, invitation, session or account.
    pub subject: Uuid,
    /// Which of the links of this subject.
    pub generation: Generation,
}

/// A sealed link, in URL-safe text. Whoever can read a log must not be able to use it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkToken(pub Secret);
