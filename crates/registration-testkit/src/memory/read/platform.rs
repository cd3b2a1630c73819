//! What was done before, how the platform began, and whose invitations are to be looked through.
use async_trait::async_trait;
use registration_domain::{
    change::{ActId, Review},
    port::{Foundings, PortError, Receipts, Reviews},
    receipt::{Receipt, Scope},
    setup::{Founding, SetupLink, SetupLinkId},
};

use super::Tables;

#[async_trait]
impl Receipts for Tables {
    async fn receipt(&self, scope: Scope, key: &str) -> Result<Option<Receipt>, PortError> {
        Ok(self.receipts.find(&(scope.0, key.to_owned())).cloned())
    }
    async fn was_committed(&self, act: ActId) -> Result<bool, PortError> {
        Ok(self.acts.find(&act).is_some())
    }
}

#[async_trait]
impl Foundings for Tables {
    async fn founding(&self) -> Result<Option<Founding>, PortError> {
        Ok(self.founding)
    }
    async fn setup_link(&self, id: SetupLinkId) -> Result<Option<SetupLink>, PortError> {
        Ok(self.setup_links.find(&id).copied())
    }
}

#[async_trait]
impl Reviews for Tables {
    async fn reviews(&self, limit: u16) -> Result<Vec<Review>, PortError> {
        Ok(self.reviews.iter().copied().take(limit.into()).collect())
    }
}
