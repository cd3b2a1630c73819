//! How people come in: setting up, signing in, being invited.
pub(crate) mod accept;
pub(crate) mod ask;
pub(crate) mod decline;
pub(crate) mod invitation;
mod link_end;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod switch;
