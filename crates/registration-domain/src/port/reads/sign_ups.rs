//! What the verbs of a sign-up read: itself, and its siblings.
use async_trait::async_trait;

use crate::{
    email::Email,
    port::PortError,
    sign_up::{SignUp, SignUpId},
    time::Timestamp,
};

/// Reads of sign-ups.
#[async_trait]
pub trait SignUps: Send + Sync {
    /// The sign-up of this id, in any state.
    async fn sign_up(&self, id: SignUpId) -> Result<Option<SignUp>, PortError>;
    /// Those at this canonical address that await their code at this time, in the order of their ids.
    async fn awaiting_sign_ups(&self, at: &Email, now: Timestamp) -> Result<Vec<SignUp>, PortError>;
}
