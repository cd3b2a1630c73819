//! Somebody comes to an organization by themselves: they find it, and choose how.
pub(crate) mod organization;
pub(crate) mod search;
