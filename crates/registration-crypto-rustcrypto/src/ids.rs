//! Ids sort by their time, and no two are the same.
use registration_domain::port::Ids;
use uuid::Uuid;

/// UUIDv7 (RFC 9562): ids of one process rise strictly, those of several to the millisecond.
///
/// The time in them is the system's own, also where a [`ShiftedClock`](crate::ShiftedClock) tells another:
/// nothing is decided by it.
#[derive(Debug, Clone, Copy, Default)]
pub struct UuidV7Ids;

impl Ids for UuidV7Ids {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_version_7_and_rise() {
        let ids = (0..10_000).map(|_| UuidV7Ids.uuid()).collect::<Vec<_>>();
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
        assert!(ids.windows(2).all(|two| two[0] < two[1]));
    }
}
