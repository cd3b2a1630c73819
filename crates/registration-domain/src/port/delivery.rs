//! How messages leave: claimed with a lease, sent outside of any transaction, settled by whoever holds the lease.
use async_trait::async_trait;

use super::PortError;
use crate::{
    id::Id,
    message::{Message, MessageId},
    secret::Secret,
    time::Timestamp,
    verification_code::VerificationCode,
};

/// The id of a lease.
pub type LeaseId = Id<Lease>;

/// One worker's claim on some messages, until a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Its id, fresh for each claim.
    pub id: LeaseId,
    /// When it was taken.
    pub at: Timestamp,
    /// From when on others may claim the same messages.
    pub until: Timestamp,
}

/// A message that a worker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub message: Message,
    /// The how-manieth try this is, from 1.
    pub attempt: u32,
}

/// What became of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settlement {
    /// A mail server took it.
    Sent {
        /// What the server said.
        reply: String,
    },
    /// Not now.
    Retry {
        /// Not before.
        after: Timestamp,
        /// What went wrong.
        reply: String,
    },
    /// Never: it is kept, and shown.
    Dead {
        /// What went wrong.
        reply: String,
    },
    /// What it told of is no more, or a newer one took its place.
    Superseded,
}

/// The messages that wait.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Takes at most so many messages that are due and that nobody holds, oldest first.
    async fn claim(&self, lease: Lease, limit: u16) -> Result<Vec<Claimed>, PortError>;
    /// Writes what became of one. `false` where the lease was lost to another, and nothing was written.
    async fn settle(
        &self,
        message: MessageId,
        lease: LeaseId,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<bool, PortError>;
}

/// A message and the secrets that it is rendered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The message.
    pub message: Message,
    /// The address that its button leads to, with a token where it needs one.
    pub link: Secret,
    /// The six digits that it shows, where it is about a code.
    pub code: Option<VerificationCode>,
}

/// Renders mails and hands them to a mail server.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// What the server said when it took the mail.
    ///
    /// # Errors
    /// [`MailerError`]: whether another try makes sense, and what was said.
    async fn send(&self, mail: &Mail) -> Result<String, MailerError>;
}

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailerError {
    /// It never will be.
    #[error("the mail was refused: {0}")]
    Refused(String),
    /// It may be, later.
    #[error("the mail could not be handed over: {0}")]
    NotNow(String),
}
