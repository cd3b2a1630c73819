//! A time zone is named as the IANA database names it; what it means there, only those who tell the time know.
use std::fmt;

use crate::refusal::Fault;

/// No name of the database is longer.
const LONGEST: usize = 64;

/// The name of a time zone (RFC 6557), such as `Europe/Madrid`.
///
/// ```
/// use registration_domain::time_zone::TimeZone;
///
/// assert_eq!(TimeZone::parse("Europe/Madrid")?.as_str(), "Europe/Madrid");
/// assert!(TimeZone::parse("the one of Madrid").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TimeZone(String);

/// The text is no name of a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a time zone such as Europe/Madrid")]
pub struct NotATimeZone;

impl TimeZone {
    /// Reads a name; whether the database has such a zone is for those to ask who tell the time of it.
    ///
    /// # Errors
    /// [`NotATimeZone`] for anything but parts of letters, digits, `_`, `+` and `-` that begin with a letter,
    /// with slashes between, of 64 characters at most.
    pub fn parse(text: &str) -> Result<Self, NotATimeZone> {
        let is_part = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
        };
        if text.len() <= LONGEST && text.split('/').all(is_part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotATimeZone)
        }
    }
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Fault for NotATimeZone {
    fn code(&self) -> &'static str {
        "malformed"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_database_are_names() {
        for name in ["UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "EST5EDT"] {
            assert_eq!(TimeZone::parse(name).map(|it| it.0), Ok(name.to_owned()));
        }
    }

    #[test]
    fn anything_else_is_none() {
        for text in
            ["", "/", "Europe/", "/Madrid", "+02:00", "Europe Madrid", "../zone", "Ünited/X", &"a".repeat(65)]
        {
            assert_eq!(TimeZone::parse(text), Err(NotATimeZone), "{text:?}");
        }
    }
}
