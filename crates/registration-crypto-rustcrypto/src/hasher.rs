//! A password hash takes as long for nobody as for somebody, on few threads, and never waits without bound.
mod cost;
mod queue;
mod threads;

use std::{fmt, sync::Arc};

use argon2::{
    Argon2,
    password_hash::{self, PasswordHasher as _, PasswordVerifier as _, phc},
};
use async_trait::async_trait;
use registration_domain::{
    password::{Password, PasswordHash},
    port::{PasswordHasher, PortError},
    secret::Secret,
};

use crate::random;
use queue::Queue;
use threads::Threads;

pub use cost::{HashingCost, HashingSettings, UnusableCost};

/// Argon2id (RFC 9106) on a few threads of its own, with a bounded queue before them.
///
/// Hashes are PHC strings with their own salts. A stored hash is verified at the cost that stands in it, so
/// that the settings may change; one at an unheard-of cost is reported as corrupt, not computed.
///
/// ```
/// use registration_crypto_rustcrypto::{Argon2Hasher, HashingSettings};
/// use registration_domain::{password::Password, port::PasswordHasher};
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let hasher = Argon2Hasher::new(HashingSettings::default())?;
/// let password = Password::attempt("Crème-brûlée-1").ok_or("too long")?;
/// let hash = hasher.hash(&password).await?;
/// assert!(hasher.verify(&password, Some(&hash)).await?);
/// assert!(!hasher.verify(&password, None).await?, "nobody's password is right");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Argon2Hasher {
    argon2: Argon2<'static>,
    queue: Queue,
    threads: Threads,
    /// Compared with where there is no hash, for the time that it takes.
    nobodys: Arc<phc::PasswordHash>,
}

impl Argon2Hasher {
    /// Hashes once, to have something to compare with for people whom nobody knows.
    ///
    /// # Errors
    /// [`UnusableCost`] where Argon2 or this crate cannot work with the settings.
    pub fn new(settings: HashingSettings) -> Result<Self, UnusableCost> {
        let argon2 = settings.cost.argon2()?;
        let unknown: [u8; 32] = random::bytes().map_err(|_| UnusableCost::NoChance)?;
        let nobodys = argon2.hash_password(&unknown).map_err(|_| UnusableCost::Refused)?;
        let queue = Queue::new(settings.threads, settings.waiting);
        let threads = Threads::start(settings.threads).map_err(|_| UnusableCost::NoThread)?;
        Ok(Self { argon2, queue, threads, nobodys: Arc::new(nobodys) })
    }

    /// Does it on one of the threads, when it is free. The place in the queue is given back when the work
    /// is done, and not when whoever waits for it goes away.
    async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> T + Send + 'static,
    ) -> Result<T, PortError> {
        let place = self.queue.enter().await?;
        let argon2 = self.argon2.clone();
        let work = move || {
            let _place = place;
            work(&argon2)
        };
        self.threads.run(work).await
    }
}

#[async_trait]
impl PasswordHasher for Argon2Hasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, PortError> {
        let password = Secret::new(password.expose());
        let hash = self.on_a_thread(move |argon2| argon2.hash_password(password.expose().as_bytes())).await?;
        hash.map(|it| PasswordHash::from_phc(it.to_string()))
            .map_err(|error| PortError::Unavailable(error.into()))
    }

    async fn verify(&self, password: &Password, hash: Option<&PasswordHash>) -> Result<bool, PortError> {
        let known = hash.is_some();
        let compared = match hash {
            Some(hash) => Arc::new(cost::parse(hash)?),
            None => Arc::clone(&self.nobodys),
        };
        let password = Secret::new(password.expose());
        let verify =
            move |argon2: &Argon2<'_>| argon2.verify_password(password.expose().as_bytes(), &*compared);
        match self.on_a_thread(verify).await? {
            Ok(()) => Ok(known),
            Err(password_hash::Error::PasswordInvalid) => Ok(false),
            Err(_) => Err(cost::corrupt("its parameters cannot be used")),
        }
    }
}

impl fmt::Debug for Argon2Hasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Argon2Hasher").field("params", self.argon2.params()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
