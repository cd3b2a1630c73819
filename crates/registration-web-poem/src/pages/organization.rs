//! What an organization does with its people.
pub(crate) mod addresses;
pub(crate) mod audit;
mod bounce;
pub(crate) mod export;
pub(crate) mod hand_over;
pub(crate) mod invitation;
pub(crate) mod invitation_row;
pub(crate) mod invite;
pub(crate) mod invite_many;
mod member_row;
mod not_invited;
pub(crate) mod overview;
pub(crate) mod permissions;
pub(crate) mod proposal;
pub(crate) mod remove;
pub(crate) mod revoke;
pub(crate) mod settings;
pub(crate) mod users;
