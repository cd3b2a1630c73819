//! Somebody comes to an organization by themselves: they find it, choose how, and wait for whoever decides.
pub(crate) mod ask;
pub(crate) mod invitation;
pub(crate) mod organization;
pub(crate) mod own;
pub(crate) mod request;
pub(crate) mod search;
