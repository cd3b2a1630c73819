//! Sign-ups are found by their ids, and those that await their codes by their address.
use async_trait::async_trait;
use registration_domain::{
    email::Email,
    port::{PortError, SignUps},
    sign_up::{SignUp, SignUpId, SignUpState},
    time::Timestamp,
};

use super::Tables;

#[async_trait]
impl SignUps for Tables {
    async fn sign_up(&self, id: SignUpId) -> Result<Option<SignUp>, PortError> {
        Ok(self.sign_ups.find(&id).cloned())
    }
    async fn awaiting_sign_ups(&self, at: &Email, now: Timestamp) -> Result<Vec<SignUp>, PortError> {
        let awaits = |it: &&SignUp| {
            it.parts().state == SignUpState::AwaitingCode
                && it.email().is_same_mailbox(at)
                && now < it.parts().expires_at
        };
        Ok(self.sign_ups.rows().filter(awaits).cloned().collect())
    }
}
