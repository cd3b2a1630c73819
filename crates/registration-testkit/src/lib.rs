//! What implementers and testers use: contracts that every adapter must honor, adapters that do and need
//! nothing but memory, and adapters that must not pass.
//!
//! ```
//! use std::sync::Arc;
//!
//! use registration_domain::{platform::Platform, settings::{PublicUrl, Settings}};
//! use registration_testkit::{memory::MemoryStore, ports};
//!
//! let ports = ports(Arc::new(MemoryStore::default()));
//! let platform = Platform::new(ports, Settings::new(PublicUrl::parse("https://join.example.org")?));
//! assert_eq!(platform.settings().product, "Registration");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
pub mod broken;
pub mod contract;
pub mod memory;
pub mod model;
pub mod scenario;
pub mod servers;
pub mod strategy;
pub mod stub;

use std::sync::Arc;

use registration_domain::{
    platform::Ports,
    port::{Ledger, Outbox, Reads},
};

/// The ports of a platform that stands on this store, and otherwise on stubs: time stands at
/// [`stub::NOW`], ids count up, and nothing is secret.
pub fn ports<Store: Ledger + Reads + Outbox + 'static>(store: Arc<Store>) -> Ports {
    Ports {
        ledger: store.clone(),
        reads: store.clone(),
        outbox: store,
        mailer: Arc::new(stub::MemoryMailer::default()),
        links: Arc::new(stub::PlainSealer),
        codes: Arc::new(stub::PlainCodes),
        cursors: Arc::new(stub::PlainSealer),
        fingerprints: Arc::new(stub::PlainFingerprints),
        passwords: Arc::new(stub::PlainHasher::default()),
        domain_proof: Arc::new(stub::FakeDns::default()),
        clock: Arc::new(stub::FakeClock::default()),
        ids: Arc::new(stub::CountingIds::default()),
    }
}
