//! A language is named by a BCP 47 tag.
use std::fmt;

use crate::refusal::Fault;

/// The tag of a language, such as `en` or `pt-BR` (RFC 5646: a language and its subtags).
///
/// ```
/// use registration_domain::locale::Locale;
///
/// assert_eq!(Locale::parse("pt-BR")?.as_str(), "pt-BR");
/// assert!(Locale::parse("english please").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Locale(String);

/// The text is no language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a language tag such as en or pt-BR")]
pub struct NotALocale;

impl Locale {
    /// Reads a tag; whether there is such a language is not asked.
    ///
    /// # Errors
    /// [`NotALocale`] for anything but two or three letters and subtags of one to eight letters or digits.
    pub fn parse(text: &str) -> Result<Self, NotALocale> {
        let mut parts = text.split('-');
        let language = parts.next().unwrap_or_default();
        let is_language =
            (2..=3).contains(&language.len()) && language.bytes().all(|b| b.is_ascii_alphabetic());
        let is_subtag =
            |it: &str| (1..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_language && text.len() <= 35 && parts.all(is_subtag) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotALocale)
        }
    }
    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Fault for NotALocale {
    fn code(&self) -> &'static str {
        "malformed"
    }
}
