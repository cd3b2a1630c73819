//! What is a person's own: where they belong, and where to begin.
pub(crate) mod home;
pub(crate) mod invitations;
pub(crate) mod leave;
pub(crate) mod memberships;
pub(crate) mod new_organization;
