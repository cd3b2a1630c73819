//! A hash is of one password and of no other, and does not tell which.
use std::{collections::BTreeSet, sync::Arc};

use registration_domain::{
    password::{Password, PasswordHash},
    port::PasswordHasher,
};

promises! {
    /// Makes the promises of a password hasher tests. `$fresh` answers an `Arc<dyn PasswordHasher>` and a guard.
    hasher_contract, hasher, Arc<dyn PasswordHasher>:
    a_password_verifies_against_its_own_hash,
    no_other_password_verifies,
    every_hash_has_its_own_salt,
    a_hash_does_not_hold_its_password,
    without_a_hash_no_password_verifies,
    a_hash_that_is_none_verifies_nothing,
    many_can_be_hashed_at_once,
}

fn password(text: &str) -> Password {
    Password::attempt(text).expect("a password")
}

/// However long it is, and whatever is in it: not a byte is left out.
pub async fn a_password_verifies_against_its_own_hash(hasher: Arc<dyn PasswordHasher>) {
    for text in ["Sunny-river-42", " ", "ü🙂\u{1F468}\u{200D}\u{1F469}", &"a".repeat(1_024)] {
        let hash = hasher.hash(&password(text)).await.unwrap();
        assert!(hasher.verify(&password(text), Some(&hash)).await.unwrap(), "{text}");
    }
}

/// Neither a longer nor a shorter one, nor one in another case.
pub async fn no_other_password_verifies(hasher: Arc<dyn PasswordHasher>) {
    let long = "a".repeat(1_000);
    for (text, others) in [
        ("Sunny-river-42", vec!["sunny-river-42", "Sunny-river-4", "Sunny-river-42 ", "", "Sunny-river-43"]),
        (&long, vec![&long[1..], "a"]),
        ("a\0b", vec!["a", "a\0c"]),
    ] {
        let hash = hasher.hash(&password(text)).await.unwrap();
        for other in others {
            assert!(!hasher.verify(&password(other), Some(&hash)).await.unwrap(), "{other:?} for {text:?}");
        }
    }
}

/// So that equal passwords cannot be seen to be equal.
pub async fn every_hash_has_its_own_salt(hasher: Arc<dyn PasswordHasher>) {
    let mut hashes = BTreeSet::new();
    for _ in 0..5 {
        hashes.insert(hasher.hash(&password("Sunny-river-42")).await.unwrap().as_phc().to_owned());
    }
    assert_eq!(hashes.len(), 5);
}

/// In a form that can be stored: a PHC string.
pub async fn a_hash_does_not_hold_its_password(hasher: Arc<dyn PasswordHasher>) {
    let hash = hasher.hash(&password("Sunny-river-42")).await.unwrap();
    assert!(!hash.as_phc().contains("Sunny"));
    assert!(hash.as_phc().starts_with('$') && hash.as_phc().is_ascii(), "a PHC string");
}

/// It takes the same work, and the answer is no.
pub async fn without_a_hash_no_password_verifies(hasher: Arc<dyn PasswordHasher>) {
    for text in ["Sunny-river-42", "", "a"] {
        assert!(!hasher.verify(&password(text), None).await.unwrap(), "{text:?}");
    }
}

/// It is no failure that others could see, either.
pub async fn a_hash_that_is_none_verifies_nothing(hasher: Arc<dyn PasswordHasher>) {
    for text in ["", "$", "$$$", "plain", "$argon2id$v=19$m=8,t=1,p=1$$"] {
        let hash = PasswordHash::from_phc(text.into());
        let verified = hasher.verify(&password("Sunny-river-42"), Some(&hash)).await;
        assert!(!matches!(verified, Ok(true)), "{text:?}");
    }
}

/// Each comes out right, though all wait for the same few threads.
pub async fn many_can_be_hashed_at_once(hasher: Arc<dyn PasswordHasher>) {
    let tries = (0..8).map(|number| {
        let hasher = Arc::clone(&hasher);
        tokio::spawn(async move {
            let mine = password(&format!("Sunny-river-{number}"));
            let hash = hasher.hash(&mine).await.unwrap();
            assert!(hasher.verify(&mine, Some(&hash)).await.unwrap());
            assert!(!hasher.verify(&password("Sunny-river-x"), Some(&hash)).await.unwrap());
        })
    });
    for one in tries.collect::<Vec<_>>() {
        one.await.expect("each is hashed");
    }
}
