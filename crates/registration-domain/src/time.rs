//! Time is a value that comes in; nothing in the hexagon asks a clock but a verb.
use std::time::Duration;

/// One minute.
pub const MINUTE: Duration = Duration::from_mins(1);
/// One hour.
pub const HOUR: Duration = Duration::from_hours(1);
/// One day of 24 hours.
pub const DAY: Duration = Duration::from_hours(24);

/// An instant: microseconds since 1970-01-01T00:00:00Z, which every database keeps exactly.
///
/// ```
/// use registration_domain::time::{HOUR, Timestamp};
///
/// let noon = Timestamp::from_micros(1_700_000_000_000_000);
/// assert!(noon.plus(HOUR) > noon);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since 1970 in UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// Microseconds since 1970 in UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// This much later; the end of time where that lies beyond it.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(micros(span)))
    }
    /// This much earlier.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(micros(span)))
    }
    /// How long after `earlier` this is; zero where it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}
