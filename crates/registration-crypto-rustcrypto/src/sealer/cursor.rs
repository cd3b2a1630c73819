//! A cursor is key id ‖ nonce ‖ sealed position, and opens only in the scope that it was sealed for.
use std::ops::RangeInclusive;

use chacha20poly1305::{
    ChaCha20Poly1305, Key, KeyInit, Nonce,
    aead::{Aead, Payload},
};

use crate::{
    keyring::{KeyBytes, KeyId},
    random,
};

const NONCE: usize = 12;
const HEAD: usize = 4 + NONCE;
const TAG: usize = 16;

/// No position of a list is longer.
pub(super) const LENGTHS: RangeInclusive<usize> = HEAD + TAG..=4096;

pub(super) fn seal(id: KeyId, key: &KeyBytes, scope: &[u8], position: &[u8]) -> Vec<u8> {
    let nonce: [u8; NONCE] = random::bytes().expect("a system without random bytes can keep no secret");
    let sealed = cipher(key)
        .encrypt(&Nonce::from(nonce), Payload { msg: position, aad: scope })
        .expect("a position is far shorter than the 256 GiB that the cipher takes");
    [id.as_slice(), &nonce, &sealed].concat()
}

pub(super) fn open(key: &KeyBytes, scope: &[u8], cursor: &[u8]) -> Option<Vec<u8>> {
    let (head, sealed) = cursor.split_at_checked(HEAD)?;
    let nonce: [u8; NONCE] = head[4..].try_into().ok()?;
    cipher(key).decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: scope }).ok()
}

fn cipher(key: &KeyBytes) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(<&Key>::from(&**key))
}
