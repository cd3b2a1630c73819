//! What a hash may cost: what the settings say for new ones, and bounds for those that are stored.
use std::thread::available_parallelism;

use argon2::{Algorithm, Argon2, Params, Version, password_hash::phc};
use registration_domain::{password::PasswordHash, port::PortError};

/// The work of one hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// How often all of it is gone over.
    pub passes: u32,
    /// How many parts it has; they are filled one after the other here.
    pub lanes: u32,
}

/// How hashing is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HashingSettings {
    /// The work of one new hash.
    pub cost: HashingCost,
    /// How many are computed at a time, 1 at least: each holds a core, and the memory of its cost.
    pub threads: usize,
    /// How many more may wait for a thread; whoever comes then is told that there is too much to do.
    pub waiting: usize,
}

/// Why hashes cannot be made like this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnusableCost {
    /// No Argon2 at this cost.
    #[error("Argon2id cannot work at this cost: it needs 8 KiB a lane, a pass, and a lane")]
    Refused,
    /// More than a stored hash may cost.
    #[error("at most {MAX_MEMORY_KIB} KiB, {MAX_PASSES} passes and {MAX_LANES} lanes are taken")]
    TooHigh,
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoChance,
    /// The operating system gives no threads.
    #[error("the operating system gives no threads")]
    NoThread,
}

// A row that somebody wrote into the database must not be able to stop the server.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
const MAX_PASSES: u32 = 16;
const MAX_LANES: u32 = 16;

/// What all threads may take together, unless the settings name a number of threads.
const MEMORY_OF_ALL_KIB: usize = 256 * 1024;

impl HashingCost {
    pub(super) fn argon2(self) -> Result<Argon2<'static>, UnusableCost> {
        let Self { memory_kib, passes, lanes } = self;
        if !self.is_bearable() {
            return Err(UnusableCost::TooHigh);
        }
        let params = Params::new(memory_kib, passes, lanes, None).map_err(|_| UnusableCost::Refused)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
    fn is_bearable(self) -> bool {
        self.memory_kib <= MAX_MEMORY_KIB && self.passes <= MAX_PASSES && self.lanes <= MAX_LANES
    }
}

impl HashingSettings {
    /// At this cost: on as many threads as there are cores, 256 MiB in all, and 32 waiting for each.
    pub fn at(cost: HashingCost) -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        let memory_kib = usize::try_from(cost.memory_kib).unwrap_or(usize::MAX).max(1);
        let threads = cores.min(MEMORY_OF_ALL_KIB / memory_kib).max(1);
        Self { cost, threads, waiting: 32 * threads }
    }
}

impl Default for HashingCost {
    /// m=19456, t=2, p=1: what OWASP asks for at the least.
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, lanes: 1 }
    }
}

impl Default for HashingSettings {
    fn default() -> Self {
        Self::at(HashingCost::default())
    }
}

/// A stored hash that can be verified at a bearable cost.
pub(super) fn parse(hash: &PasswordHash) -> Result<phc::PasswordHash, PortError> {
    let hash = phc::PasswordHash::new(hash.as_phc()).map_err(|_| corrupt("it is no PHC string"))?;
    if hash.algorithm != Algorithm::Argon2id.ident() || hash.version != Some(Version::V0x13.into()) {
        return Err(corrupt("it is not of Argon2id, version 19"));
    }
    if hash.salt.is_none() || hash.hash.is_none() {
        return Err(corrupt("it lacks its salt or its hash"));
    }
    let params = Params::try_from(&hash).map_err(|_| corrupt("its parameters cannot be read"))?;
    let cost = HashingCost { memory_kib: params.m_cost(), passes: params.t_cost(), lanes: params.p_cost() };
    if cost.is_bearable() { Ok(hash) } else { Err(corrupt("its cost is unheard of")) }
}

/// The caller knows whose it is; the hash itself is not for a log.
pub(super) fn corrupt(what: &'static str) -> PortError {
    PortError::Corrupt { table: "account", row: "password hash".into(), what }
}
