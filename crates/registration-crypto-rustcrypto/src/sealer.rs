//! What is sealed for one use opens for no other, and in one spelling only.
mod code;
mod cursor;
mod token;

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use registration_domain::{
    link::{Link, LinkToken},
    port::{Codes, CursorSealer, Fingerprints, LinkSealer},
    receipt::Digest,
    secret::Secret,
    verification_code::{CodeFor, VerificationCode},
};
use zeroize::Zeroizing;

use crate::keyring::{Key, KeyBytes, KeyId, Keyring, mac};

/// Seals links and cursors and makes keyed digests, by the keys of a ring.
///
/// | use | key | made how |
/// | --- | --- | --- |
/// | links | the newest seals, each opens | HMAC-SHA-256 over purpose, subject and generation |
/// | codes | the newest makes, each tells | HMAC-SHA-256 over purpose, subject and generation, every number as likely |
/// | cursors | the newest seals, each opens | ChaCha20-Poly1305 (RFC 8439), bound to the scope |
/// | digests | the **oldest** | HMAC-SHA-256 over purpose and bytes |
///
/// Digests are compared with stored ones, so they must be stable: a key that is added does not change them,
/// and the oldest one is to be taken out only when they are not needed any more.
pub struct RustCryptoSealer {
    // Newest first: that is the one that is asked for most.
    keys: Vec<Subkeys>,
    digests: KeyBytes,
}

/// The keys that one key of the ring gives, one a use.
struct Subkeys {
    id: KeyId,
    links: KeyBytes,
    codes: KeyBytes,
    cursors: KeyBytes,
}

impl RustCryptoSealer {
    /// By the keys that are in the ring now.
    pub fn new(ring: &Keyring) -> Self {
        Self {
            keys: ring.keys().iter().rev().map(Subkeys::of).collect(),
            digests: ring.keys()[0].subkey("registration/fingerprint"),
        }
    }

    fn newest(&self) -> &Subkeys {
        &self.keys[0]
    }
    fn of_id(&self, id: &[u8]) -> Option<&Subkeys> {
        self.keys.iter().find(|key| key.id == id)
    }
}

impl Subkeys {
    fn of(key: &Key) -> Self {
        Self {
            id: key.id(),
            links: key.subkey("registration/link"),
            codes: key.subkey("registration/code"),
            cursors: key.subkey("registration/cursor"),
        }
    }
}

impl LinkSealer for RustCryptoSealer {
    fn seal(&self, link: Link) -> LinkToken {
        let key = self.newest();
        let token = Zeroizing::new(token::seal(key.id, &key.links, link));
        LinkToken(Secret::new(URL_SAFE_NO_PAD.encode(token.as_slice())))
    }

    fn open(&self, token: &str) -> Option<Link> {
        let bytes = decoded(token, token::LENGTH..=token::LENGTH)?;
        let key = self.of_id(bytes.get(..4)?)?;
        token::open(&key.links, bytes.as_slice().try_into().ok()?)
    }
}

impl Codes for RustCryptoSealer {
    fn code(&self, of: CodeFor) -> VerificationCode {
        code::make(&self.newest().codes, of)
    }

    fn matches(&self, of: CodeFor, guess: &VerificationCode) -> bool {
        // Every key is asked, so that time does not tell which of them was right.
        self.keys.iter().fold(false, |right, key| right | code::tell(&key.codes, of, guess))
    }
}

impl Fingerprints for RustCryptoSealer {
    fn fingerprint(&self, purpose: &'static str, bytes: &[u8]) -> Digest {
        // The length keeps the end of the purpose apart from the beginning of the bytes.
        let length = u64::try_from(purpose.len()).unwrap_or(u64::MAX).to_be_bytes();
        Digest(mac(&self.digests, &[&length, purpose.as_bytes(), bytes]))
    }
}

impl CursorSealer for RustCryptoSealer {
    fn seal_cursor(&self, scope: &[u8], position: &[u8]) -> String {
        let key = self.newest();
        URL_SAFE_NO_PAD.encode(cursor::seal(key.id, &key.cursors, scope, position))
    }

    fn open_cursor(&self, scope: &[u8], cursor: &str) -> Option<Vec<u8>> {
        let bytes = decoded(cursor, cursor::LENGTHS)?;
        let key = self.of_id(bytes.get(..4)?)?;
        cursor::open(&key.cursors, scope, &bytes)
    }
}

/// The bytes of a text in its one spelling; nothing for a length that cannot be.
fn decoded(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Option<Zeroizing<Vec<u8>>> {
    // Before decoding, so that nobody makes us work on a megabyte.
    if text.len() > lengths.end().div_ceil(3) * 4 {
        return None;
    }
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
    (lengths.contains(&bytes.len()) && URL_SAFE_NO_PAD.encode(bytes.as_slice()) == text).then_some(bytes)
}

/// Shows which keys there are, and none of them.
impl fmt::Debug for RustCryptoSealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RustCryptoSealer").field("keys", &self.keys.len()).finish_non_exhaustive()
    }
}
