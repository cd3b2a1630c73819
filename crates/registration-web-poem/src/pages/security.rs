//! How somebody gets in: a forgotten password, another one, and who tried.
pub(crate) mod password;
pub(crate) mod reset;
pub(crate) mod sign_ins;
