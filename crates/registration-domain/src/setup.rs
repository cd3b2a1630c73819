//! Whoever holds a setup link founds the platform, once.
use std::time::Duration;

use crate::{account::AccountId, id::Id, time::Timestamp};

/// The id of a setup link.
pub type SetupLinkId = Id<SetupLink>;

/// A link that the server prints at its start while nobody owns the platform.
///
/// ```
/// use registration_domain::{id::Id, setup::SetupLink, time::{HOUR, Timestamp}};
/// use uuid::Uuid;
///
/// let now = Timestamp::from_micros(0);
/// let link = SetupLink::issue(Id::new(Uuid::nil()), HOUR, now);
/// assert!(!link.has_expired(now));
/// assert!(link.has_expired(now.plus(HOUR)), "an instant equal to the expiry is expired");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetupLink {
    /// Its id.
    pub id: SetupLinkId,
    /// Until when it holds.
    pub expires_at: Timestamp,
}

/// That the platform has an owner: there is one such row at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Founding {
    /// When.
    pub at: Timestamp,
    /// The first administrator of the platform.
    pub by: AccountId,
}

impl SetupLink {
    /// A new one.
    pub fn issue(id: SetupLinkId, lifetime: Duration, now: Timestamp) -> Self {
        Self { id, expires_at: now.plus(lifetime) }
    }
    /// Whether its time is over.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }
}
