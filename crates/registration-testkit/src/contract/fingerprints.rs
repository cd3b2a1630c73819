//! A fingerprint is equal for equal texts of one use, and for nothing else.
use std::{collections::BTreeSet, sync::Arc};

use registration_domain::port::Fingerprints;

promises! {
    /// Makes the promises of fingerprints tests. `$fresh` answers an `Arc<dyn Fingerprints>` and a guard.
    fingerprints_contract, fingerprints, Arc<dyn Fingerprints>:
    equal_texts_have_equal_fingerprints,
    different_texts_have_different_fingerprints,
    another_use_gives_another_fingerprint,
    a_fingerprint_does_not_hold_its_text,
}

/// However often they are taken.
pub async fn equal_texts_have_equal_fingerprints(fingerprints: Arc<dyn Fingerprints>) {
    for text in [&b""[..], b"phone", &[0; 1_000]] {
        assert_eq!(fingerprints.fingerprint("device", text), fingerprints.fingerprint("device", text));
    }
}

/// Of ten thousand no two are alike.
pub async fn different_texts_have_different_fingerprints(fingerprints: Arc<dyn Fingerprints>) {
    let digests = (0..10_000_u32).map(|it| fingerprints.fingerprint("device", &it.to_be_bytes()));
    assert_eq!(digests.collect::<BTreeSet<_>>().len(), 10_000);
    assert_ne!(fingerprints.fingerprint("device", b""), fingerprints.fingerprint("device", b"\0"));
}

/// And use and text do not run into each other.
pub async fn another_use_gives_another_fingerprint(fingerprints: Arc<dyn Fingerprints>) {
    assert_ne!(fingerprints.fingerprint("device", b"phone"), fingerprints.fingerprint("scope", b"phone"));
    assert_ne!(fingerprints.fingerprint("ab", b"c"), fingerprints.fingerprint("a", b"bc"));
    assert_ne!(fingerprints.fingerprint("ab", b""), fingerprints.fingerprint("a", b"b"));
}

/// Not even of one that would fit in.
pub async fn a_fingerprint_does_not_hold_its_text(fingerprints: Arc<dyn Fingerprints>) {
    let digest = fingerprints.fingerprint("device", b"hunter2");
    assert!(!digest.0.windows(7).any(|it| it == b"hunter2"));
    assert!(!fingerprints.fingerprint("device", &[7; 32]).0.iter().all(|it| *it == 7));
}
