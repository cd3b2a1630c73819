//! The time comes from the operating system; for development it can be moved forward.
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{SystemTime, UNIX_EPOCH},
};

use registration_domain::{port::Clock, time::Timestamp};

/// What the operating system says, to the microsecond.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks for the time")]
    fn now(&self) -> Timestamp {
        let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, |it| -it),
        };
        Timestamp::from_micros(micros)
    }
}

/// Another clock, moved by an offset that somebody else holds too: for `--dev-clock`, where the processes
/// of one database agree on it.
///
/// ```
/// use std::sync::{Arc, atomic::{AtomicI64, Ordering}};
///
/// use registration_crypto_rustcrypto::{ShiftedClock, SystemClock};
/// use registration_domain::{port::Clock, time::DAY};
///
/// let offset = Arc::new(AtomicI64::new(0));
/// let clock = ShiftedClock::new(SystemClock, Arc::clone(&offset));
/// offset.store(7 * 24 * 60 * 60 * 1_000_000, Ordering::Release);
/// assert!(clock.now() >= SystemClock.now().plus(6 * DAY));
/// ```
#[derive(Debug, Clone)]
pub struct ShiftedClock<C> {
    clock: C,
    offset: Arc<AtomicI64>,
}

impl<C: Clock> ShiftedClock<C> {
    /// Moves a clock by the microseconds in `offset`, whatever they are at the time.
    pub fn new(clock: C, offset: Arc<AtomicI64>) -> Self {
        Self { clock, offset }
    }
}

impl<C: Clock> Clock for ShiftedClock<C> {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.clock.now().micros().saturating_add(self.offset.load(Ordering::Acquire)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Stopped(i64);

    impl Clock for Stopped {
        fn now(&self) -> Timestamp {
            Timestamp::from_micros(self.0)
        }
    }

    #[test]
    fn the_system_is_past_the_year_2020() {
        assert!(SystemClock.now() > Timestamp::from_micros(1_577_836_800_000_000));
    }

    #[test]
    fn a_shifted_clock_follows_its_offset_and_never_overflows() {
        let offset = Arc::new(AtomicI64::new(0));
        let clock = ShiftedClock::new(Stopped(1_000), Arc::clone(&offset));
        assert_eq!(clock.now().micros(), 1_000);
        for (micros, expected) in [(5, 1_005), (-1_000, 0), (i64::MAX, i64::MAX)] {
            offset.store(micros, Ordering::Release);
            assert_eq!(clock.now().micros(), expected);
        }
    }
}
