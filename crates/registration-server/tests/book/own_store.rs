//! The code of "Write your own store": it hands everything on to one in memory, and counts its commits.
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

// ANCHOR: store
use async_trait::async_trait;
use registration_domain::{
    change::ChangeSet,
    message::MessageId,
    port::{Act, Claimed, CommitError, Lease, LeaseId, Ledger, Moment, Outbox, PortError, Reads, Settlement},
    time::Timestamp,
};
use registration_testkit::memory::MemoryStore;

/// Yours talks to a database. This one hands everything on, and counts.
#[derive(Debug, Default)]
struct CountingStore {
    inner: MemoryStore,
    commits: AtomicU64,
}

#[async_trait]
impl Ledger for CountingStore {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        self.inner.commit(act, changes).await?;
        self.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

#[async_trait]
impl Reads for CountingStore {
    async fn moment(&self) -> Result<Box<dyn Moment>, PortError> {
        self.inner.moment().await
    }
}

#[async_trait]
impl Outbox for CountingStore {
    async fn claim(&self, lease: Lease, limit: u16) -> Result<Vec<Claimed>, PortError> {
        self.inner.claim(lease, limit).await
    }
    async fn settle(
        &self,
        message: MessageId,
        lease: LeaseId,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<bool, PortError> {
        self.inner.settle(message, lease, settlement, now).await
    }
}
// ANCHOR_END: store

// ANCHOR: contract
mod contract {
    use registration_domain::platform::Ports;

    use super::*;

    /// An empty store for each test, and whatever must live as long as it: a folder, a database.
    #[expect(clippy::unused_async, reason = "yours waits for its database")]
    async fn fresh() -> (Ports, ()) {
        (registration_testkit::ports(Arc::new(CountingStore::default())), ())
    }

    registration_testkit::store_contract!(fresh);
}
// ANCHOR_END: contract
