//! The store in memory honors what every store must.
#![expect(clippy::unused_async, reason = "adapters that start something need it; the macros await")]
use std::sync::Arc;

use registration_domain::{platform::Ports, port::Sweeper};
use registration_testkit::memory::MemoryStore;

async fn fresh() -> (Ports, ()) {
    (registration_testkit::ports(Arc::new(MemoryStore::default())), ())
}

async fn fresh_with_sweeper() -> ((Ports, Arc<dyn Sweeper>), ()) {
    let store = Arc::new(MemoryStore::default());
    ((registration_testkit::ports(store.clone()), store), ())
}

registration_testkit::store_contract!(fresh);
registration_testkit::sweeper_contract!(fresh_with_sweeper);
