//! A person's own account.
pub(crate) mod details;
pub(crate) mod export;
pub(crate) mod notifications;
pub(crate) mod overview;
mod zones;
