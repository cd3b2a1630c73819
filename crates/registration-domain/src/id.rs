//! An `AccountId` can never stand in for an `InvitationId`.
use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use uuid::Uuid;

/// The id of one `Of`; a UUIDv7 in the product, so that ids sort by their time.
///
/// ```
/// use registration_domain::{account::AccountId, id::Id};
/// use uuid::Uuid;
///
/// let id: AccountId = Id::new(Uuid::nil());
/// assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000000");
/// ```
pub struct Id<Of>(Uuid, PhantomData<fn() -> Of>);

impl<Of> Id<Of> {
    /// Types a bare UUID: for adapters, which read one from a row or a path.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }
    /// The bare UUID, for adapters.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

// Written out, because a derive would ask `Of` for the same traits.
impl<Of> Clone for Id<Of> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<Of> Copy for Id<Of> {}
impl<Of> PartialEq for Id<Of> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<Of> Eq for Id<Of> {}
impl<Of> PartialOrd for Id<Of> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<Of> Ord for Id<Of> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<Of> Hash for Id<Of> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<Of> fmt::Debug for Id<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<Of> fmt::Display for Id<Of> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
