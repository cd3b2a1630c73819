//! The promises of the ports that this crate implements.
#![expect(clippy::unused_async, reason = "the contracts await whatever makes a fresh adapter")]

use std::sync::Arc;

use registration_crypto_rustcrypto::{
    Argon2Hasher, HashingCost, HashingSettings, Keyring, RustCryptoSealer, ShiftedClock, SystemClock,
    UuidV7Ids,
};
use registration_domain::port::{Clock, Codes, CursorSealer, Fingerprints, Ids, LinkSealer, PasswordHasher};
use tempfile::TempDir;

fn sealer() -> (Arc<RustCryptoSealer>, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("keyring");
    Keyring::open_or_create(&path).unwrap();
    // Two keys, so that nothing rests on there being one.
    (Arc::new(RustCryptoSealer::new(&Keyring::rotate(&path).unwrap())), directory)
}

async fn links() -> (Arc<dyn LinkSealer>, TempDir) {
    let (sealer, directory) = sealer();
    (sealer, directory)
}

async fn codes() -> (Arc<dyn Codes>, TempDir) {
    let (sealer, directory) = sealer();
    (sealer, directory)
}

async fn cursors() -> (Arc<dyn CursorSealer>, TempDir) {
    let (sealer, directory) = sealer();
    (sealer, directory)
}

async fn fingerprints() -> (Arc<dyn Fingerprints>, TempDir) {
    let (sealer, directory) = sealer();
    (sealer, directory)
}

async fn passwords() -> (Arc<dyn PasswordHasher>, ()) {
    let cost = HashingCost { memory_kib: 8, passes: 1, lanes: 1 };
    (Arc::new(Argon2Hasher::new(HashingSettings::at(cost)).unwrap()), ())
}

async fn ids() -> (Arc<dyn Ids>, ()) {
    (Arc::new(UuidV7Ids), ())
}

async fn clock() -> (Arc<dyn Clock>, ()) {
    (Arc::new(SystemClock), ())
}

async fn shifted_clock() -> (Arc<dyn Clock>, ()) {
    (Arc::new(ShiftedClock::new(SystemClock, Arc::default())), ())
}

registration_testkit::link_sealer_contract!(links);
registration_testkit::codes_contract!(codes);
registration_testkit::cursor_sealer_contract!(cursors);
registration_testkit::fingerprints_contract!(fingerprints);
registration_testkit::hasher_contract!(passwords);
registration_testkit::ids_contract!(ids);
registration_testkit::clock_contract!(clock);

mod shifted {
    registration_testkit::clock_contract!(super::shifted_clock);
}
