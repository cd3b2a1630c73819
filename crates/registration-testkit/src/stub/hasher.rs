//! Passwords are hashed without work, so that a test takes no time.
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use registration_domain::{
    password::{Password, PasswordHash},
    port::{PasswordHasher, PortError},
};

use super::digest::{digest, hex};

/// A hasher for tests alone: whoever has its hashes finds the passwords.
///
/// ```
/// use registration_domain::{password::Password, port::PasswordHasher};
/// use registration_testkit::stub::PlainHasher;
///
/// # pollster::block_on(async {
/// let (hasher, right) = (PlainHasher::default(), Password::attempt("Sunny-river-42").unwrap());
/// let hash = hasher.hash(&right).await?;
/// assert!(hasher.verify(&right, Some(&hash)).await?);
/// assert!(!hasher.verify(&Password::attempt("guess").unwrap(), Some(&hash)).await?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Default)]
pub struct PlainHasher(AtomicU64);

#[async_trait]
impl PasswordHasher for PlainHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, PortError> {
        Ok(salted(&self.0.fetch_add(1, Ordering::Relaxed).to_string(), password))
    }
    async fn verify(&self, password: &Password, hash: Option<&PasswordHash>) -> Result<bool, PortError> {
        let salt = |it: &PasswordHash| it.as_phc().split('$').nth(2).unwrap_or_default().to_owned();
        Ok(hash.is_some_and(|it| salted(&salt(it), password) == *it))
    }
}

fn salted(salt: &str, password: &Password) -> PasswordHash {
    PasswordHash::from_phc(format!("$plain${salt}${}", hex(&digest(&(salt, password.expose())))))
}
