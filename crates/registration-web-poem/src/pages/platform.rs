//! What is for those who run the platform.
pub(crate) mod email;
