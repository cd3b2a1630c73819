//! What only the holder of the keyring can make, and what takes a hash to check.
use async_trait::async_trait;

use super::PortError;
use crate::{
    link::{Link, LinkToken},
    password::{Password, PasswordHash},
    receipt::Digest,
    verification_code::{CodeFor, VerificationCode},
};

/// Makes links and opens them.
pub trait LinkSealer: Send + Sync {
    /// Always the same for the same link, under the newest key.
    fn seal(&self, link: Link) -> LinkToken;
    /// The link in a token that was sealed here, by whichever key of the ring, in its one spelling;
    /// nothing for any other text.
    fn open(&self, token: &str) -> Option<Link>;
}

/// Makes verification codes, and tells right guesses from wrong ones. None is stored.
pub trait Codes: Send + Sync {
    /// Always the same for the same subject and generation, under the newest key; each of the million is as
    /// likely as any other, and nobody who lacks the keyring can tell which it is.
    fn code(&self, of: CodeFor) -> VerificationCode;
    /// Whether a guess is the code under whichever key of the ring. It takes as long for a right guess as for a
    /// wrong one. Whoever calls it has spent the guess.
    fn matches(&self, of: CodeFor, guess: &VerificationCode) -> bool;
}

/// Makes keyed digests: equal for equal texts, and telling nothing to whoever lacks the keyring.
pub trait Fingerprints: Send + Sync {
    /// Of these bytes, for this use; another use gives another digest. Stable while its key is in the ring.
    fn fingerprint(&self, purpose: &'static str, bytes: &[u8]) -> Digest;
}

/// Hides where a page begins, and what it is a page of, from those who must not make one up.
pub trait CursorSealer: Send + Sync {
    /// URL-safe text. The scope says who asked for which list, and is not in it.
    fn seal_cursor(&self, scope: &[u8], position: &[u8]) -> String;
    /// Nothing for a text that was not sealed here for this scope.
    fn open_cursor(&self, scope: &[u8], cursor: &str) -> Option<Vec<u8>>;
}

/// Hashes passwords, slowly and on few threads.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// A hash with its own salt.
    ///
    /// # Errors
    /// [`PortError::Overloaded`] where it would wait too long.
    async fn hash(&self, password: &Password) -> Result<PasswordHash, PortError>;
    /// Whether the hash is of this password. Without a hash the same work is done, and the answer is no.
    ///
    /// # Errors
    /// [`PortError::Overloaded`] where it would wait too long.
    async fn verify(&self, password: &Password, hash: Option<&PasswordHash>) -> Result<bool, PortError>;
}
