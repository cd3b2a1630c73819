//! An instant is shown in one form only: RFC 3339, in UTC, to the microsecond, ending in `Z`.
use chrono::{DateTime, SecondsFormat, Utc};
use registration_domain::time::Timestamp;

/// `2026-11-29T16:00:00.000000Z`
pub(crate) fn rfc3339(at: Timestamp) -> String {
    // An instant past what a calendar can tell is as good as never.
    let at = DateTime::from_timestamp_micros(at.micros()).unwrap_or(DateTime::<Utc>::MAX_UTC);
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The instant that a client wrote, with whichever offset.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    DateTime::parse_from_rfc3339(text).ok().map(|it| Timestamp::from_micros(it.timestamp_micros()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_shown_in_one_form() {
        let told = |micros| rfc3339(Timestamp::from_micros(micros));
        assert_eq!(told(1_796_054_400_000_000), "2026-11-30T16:00:00.000000Z");
        assert_eq!(told(1_796_054_400_000_001), "2026-11-30T16:00:00.000001Z");
        assert_eq!(told(0), "1970-01-01T00:00:00.000000Z");
    }

    #[test]
    fn no_instant_is_too_far_to_be_shown() {
        for micros in [i64::MIN, i64::MAX] {
            assert!(rfc3339(Timestamp::from_micros(micros)).ends_with('Z'));
        }
    }

    #[test]
    fn what_is_shown_is_read_again() {
        let at = Timestamp::from_micros(1_796_054_400_000_001);
        assert_eq!(parse(&rfc3339(at)), Some(at));
        assert_eq!(parse("2026-11-30T17:00:00.000001+01:00"), Some(at));
        assert_eq!(parse("yesterday"), None);
    }
}
