//! A change of address is found by its id, and the one that waits by its account.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    email_change::{EmailChange, EmailChangeId},
    port::{EmailChanges, PortError},
};

use super::Tables;

#[async_trait]
impl EmailChanges for Tables {
    async fn email_change(&self, id: EmailChangeId) -> Result<Option<EmailChange>, PortError> {
        Ok(self.email_changes.find(&id).cloned())
    }
    async fn waiting_email_change(&self, of: AccountId) -> Result<Option<EmailChange>, PortError> {
        Ok(self.waiting(of).cloned())
    }
}
