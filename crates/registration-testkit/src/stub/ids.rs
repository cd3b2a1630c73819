//! Ids count up, in the form of a UUIDv7, so that a run gives the same ones each time.
use std::sync::atomic::{AtomicU64, Ordering};

use registration_domain::port::Ids;
use uuid::Builder;

use super::NOW;

/// Ids in the order in which they were asked for.
///
/// ```
/// use registration_domain::port::Ids;
/// use registration_testkit::stub::CountingIds;
///
/// let ids = CountingIds::default();
/// assert_eq!(ids.uuid().to_string(), "01a3185c-5000-7000-8000-000000000000");
/// assert_eq!(ids.uuid().to_string(), "01a3185c-5000-7000-8000-000000000001");
/// ```
#[derive(Debug, Default)]
pub struct CountingIds(AtomicU64);

impl CountingIds {
    /// From this number on: two that write to one store must not meet.
    pub fn from(first: u64) -> Self {
        Self(AtomicU64::new(first))
    }
}

impl Ids for CountingIds {
    fn uuid(&self) -> uuid::Uuid {
        let count = u128::from(self.0.fetch_add(1, Ordering::Relaxed));
        let chance: [u8; 16] = count.to_be_bytes();
        let millis = u64::try_from(NOW.micros() / 1_000).unwrap_or_default();
        let mut last = [0; 10];
        last.copy_from_slice(&chance[6..]);
        Builder::from_unix_timestamp_millis(millis, &last).into_uuid()
    }
}
