//! Time moves when a test says so.
use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use registration_domain::{port::Clock, time::Timestamp};

/// Where time stands at first: 2027-01-15T08:00:00Z.
pub const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

/// A clock that stands until it is moved.
///
/// ```
/// use registration_domain::{port::Clock, time::DAY};
/// use registration_testkit::stub::{FakeClock, NOW};
///
/// let clock = FakeClock::default();
/// clock.advance(DAY);
/// assert_eq!(clock.now(), NOW.plus(DAY));
/// clock.set(NOW);
/// assert_eq!(clock.now(), NOW);
/// ```
#[derive(Debug)]
pub struct FakeClock(AtomicI64);

impl FakeClock {
    /// One that stands here.
    pub fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.micros()))
    }
    /// Stands there from now on, earlier or later.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.micros(), Ordering::SeqCst);
    }
    /// Stands this much later from now on.
    pub fn advance(&self, span: Duration) {
        self.set(self.now().plus(span));
    }
}

impl Default for FakeClock {
    fn default() -> Self {
        Self::at(NOW)
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.0.load(Ordering::SeqCst))
    }
}
