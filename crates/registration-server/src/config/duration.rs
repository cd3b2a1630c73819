//! A length of time is a whole number and a unit, or several of them: `90s`, `12h`, `1h30m`.
use std::time::Duration;

use registration_domain::time::{DAY, HOUR, MINUTE};

/// Units, the longest first.
const UNITS: [(&str, Duration); 4] = [("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", Duration::from_secs(1))];

/// The text is no length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no length of time; write 90s, 15m, 12h, 7d or 1h30m")]
pub(super) struct NotADuration;

pub(super) fn parse(text: &str) -> Result<Duration, NotADuration> {
    let mut rest = text.trim();
    let mut whole = Duration::ZERO;
    if rest.is_empty() {
        return Err(NotADuration);
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or(NotADuration)?;
        let count = rest[..digits].parse::<u32>().map_err(|_| NotADuration)?;
        let (unit, length) =
            UNITS.into_iter().find(|(unit, _)| rest[digits..].starts_with(unit)).ok_or(NotADuration)?;
        let part = length.checked_mul(count).ok_or(NotADuration)?;
        whole = whole.checked_add(part).ok_or(NotADuration)?;
        rest = rest[digits + unit.len()..].trim_start();
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_add_up() {
        for (text, seconds) in
            [("90s", 90), ("15m", 900), ("12h", 43_200), ("7d", 604_800), ("1h 30m", 5_400)]
        {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in
            ["", " ", "12", "h", "12 parsecs", "-1h", "1.5h", "99999999999d", "4294967295d4294967295d1y"]
        {
            assert_eq!(parse(text), Err(NotADuration), "{text}");
        }
    }
}
