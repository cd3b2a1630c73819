//! The stubs honor what their real counterparts must.
#![expect(clippy::unused_async, reason = "adapters that start something need it; the macros await")]
use std::sync::Arc;

use registration_domain::port::{
    Clock, Codes, CursorSealer, Fingerprints, Ids, LinkSealer, Mailer, PasswordHasher,
};
use registration_testkit::contract::domain_proof::Subject;
use registration_testkit::stub::{
    CountingIds, FakeClock, FakeDns, MemoryMailer, PlainCodes, PlainFingerprints, PlainHasher, PlainSealer,
};

async fn links() -> (Arc<dyn LinkSealer>, ()) {
    (Arc::new(PlainSealer), ())
}
async fn codes() -> (Arc<dyn Codes>, ()) {
    (Arc::new(PlainCodes), ())
}
async fn cursors() -> (Arc<dyn CursorSealer>, ()) {
    (Arc::new(PlainSealer), ())
}
async fn fingerprints() -> (Arc<dyn Fingerprints>, ()) {
    (Arc::new(PlainFingerprints), ())
}
async fn hasher() -> (Arc<dyn PasswordHasher>, ()) {
    (Arc::new(PlainHasher::default()), ())
}
async fn ids() -> (Arc<dyn Ids>, ()) {
    (Arc::new(CountingIds::default()), ())
}
async fn clock() -> (Arc<dyn Clock>, ()) {
    (Arc::new(FakeClock::default()), ())
}
async fn domain_proof() -> (Subject, ()) {
    let dns = Arc::new(FakeDns::default());
    ((dns.clone(), dns), ())
}
async fn mailer() -> (Arc<dyn Mailer>, ()) {
    (Arc::new(MemoryMailer::default()), ())
}

registration_testkit::link_sealer_contract!(links);
registration_testkit::codes_contract!(codes);
registration_testkit::cursor_sealer_contract!(cursors);
registration_testkit::fingerprints_contract!(fingerprints);
registration_testkit::hasher_contract!(hasher);
registration_testkit::ids_contract!(ids);
registration_testkit::clock_contract!(clock);
registration_testkit::mailer_contract!(mailer);
registration_testkit::domain_proof_contract!(domain_proof);
