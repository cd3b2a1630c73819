//! Whoever asks for a link is answered before anybody looks whether the address has an account.
use crate::{email::Email, id::Id, session::Origin, time::Timestamp};

/// The id of a request for a reset link.
pub type ResetRequestId = Id<ResetRequest>;

/// A wish for a reset link, of whoever typed an address. The same is stored for every address, and there is one
/// for each: what it comes to is worked out afterwards, where the asker cannot see how long that takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetRequest {
    /// Its id.
    pub id: ResetRequestId,
    /// The address, as it was typed.
    pub email: Email,
    /// From where.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
    /// From when on it may be answered: later, where the address had its share of mails.
    pub due_at: Timestamp,
}

impl ResetRequest {
    /// One that is due at once.
    pub fn new(id: ResetRequestId, email: Email, origin: Origin, now: Timestamp) -> Self {
        Self { id, email, origin, at: now, due_at: now }
    }
    /// The same, when the address may get mail again.
    #[must_use]
    pub fn held(self, until: Timestamp) -> Self {
        Self { due_at: until, ..self }
    }
}
