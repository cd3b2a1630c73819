//! A digest that is the same in every run, and keeps nothing secret.
use std::hash::{DefaultHasher, Hash, Hasher};

use registration_domain::{port::Fingerprints, receipt::Digest};

/// Fingerprints without a key.
///
/// ```
/// use registration_domain::port::Fingerprints;
/// use registration_testkit::stub::PlainFingerprints;
///
/// let of = |purpose, text: &str| PlainFingerprints.fingerprint(purpose, text.as_bytes());
/// assert_eq!(of("device", "phone"), of("device", "phone"));
/// assert_ne!(of("device", "phone"), of("scope", "phone"));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainFingerprints;

impl Fingerprints for PlainFingerprints {
    fn fingerprint(&self, purpose: &'static str, bytes: &[u8]) -> Digest {
        Digest(digest(&(purpose, bytes)))
    }
}

/// 64 bits of the standard library's hash, four times, each time of something else.
pub(super) fn digest(what: &impl Hash) -> [u8; 32] {
    let mut digest = [0; 32];
    for (round, part) in (0_u8..).zip(digest.chunks_exact_mut(8)) {
        let mut hasher = DefaultHasher::new();
        (round, what).hash(&mut hasher);
        part.copy_from_slice(&hasher.finish().to_be_bytes());
    }
    digest
}

pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}
