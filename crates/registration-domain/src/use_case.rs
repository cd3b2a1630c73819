//! One verb a file: a command, a snapshot, a pure `decide`, and the gathering around it.
pub mod accept_invitation;
pub mod authenticate;
pub mod invite;
pub mod registration;
pub mod set_up;
pub mod sign_in;
