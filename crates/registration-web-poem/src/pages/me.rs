//! A person's own account.
pub(crate) mod close;
pub(crate) mod details;
pub(crate) mod email;
pub(crate) mod email_verify;
pub(crate) mod export;
pub(crate) mod notifications;
pub(crate) mod overview;
mod zones;
