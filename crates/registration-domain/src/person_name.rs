//! A person has a first and a last name, as they write them.

use std::fmt;

use crate::refusal::Fault;
use crate::text::{self, Flaw};

const MAX_CODE_POINTS: usize = 100;

/// First and last name of a person.
///
/// ```
/// use registration_domain::person_name::{NamePart, PersonName};
///
/// let name = PersonName::new(NamePart::parse(" Ana  María ")?, NamePart::parse("Ruiz")?);
/// assert_eq!(name.full(), "Ana María Ruiz");
/// # Ok::<(), registration_domain::person_name::NotAName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// What friends call them.
    pub first: NamePart,
    /// What they share with their family.
    pub last: NamePart,
}

impl PersonName {
    /// Joins the two.
    pub fn new(first: NamePart, last: NamePart) -> Self {
        Self { first, last }
    }

    /// First and last name with a space between.
    pub fn full(&self) -> String {
        format!("{} {}", self.first, self.last)
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.first, self.last)
    }
}

/// A first or a last name: one line of 1 to 100 code points in NFC, without links.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NamePart(String);

impl NamePart {
    /// Reads a name; white space around it is put aside, within it collapsed to single spaces.
    ///
    /// # Errors
    ///
    /// [`NotAName`] when nothing is left, when it is longer than 100 code points, and when it holds
    /// control or invisible characters or anything that a mail program would make a link of.
    ///
    /// ```
    /// use registration_domain::person_name::{NamePart, NotAName};
    ///
    /// assert_eq!(NamePart::parse("J.R.")?.as_str(), "J.R.");
    /// assert_eq!(NamePart::parse("Win at evil.com"), Err(NotAName::Link));
    /// # Ok::<(), NotAName>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        match text::line(text, MAX_CODE_POINTS) {
            Ok(name) => Ok(Self(name)),
            Err(Flaw::Empty) => Err(NotAName::Empty),
            Err(Flaw::TooLong) => Err(NotAName::TooLong),
            Err(Flaw::Invisible) => Err(NotAName::Invisible),
            Err(Flaw::Link) => Err(NotAName::Link),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for NamePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAName {
    /// Nothing but white space.
    #[error("a name is required")]
    Empty,
    /// Over 100 code points.
    #[error("a name has at most 100 characters")]
    TooLong,
    /// Control or invisible characters.
    #[error("a name holds no control or invisible characters")]
    Invisible,
    /// Something that a mail program would make a link of.
    #[error("a name holds nothing that looks like a web address; a space after the dot helps")]
    Link,
}

impl Fault for NotAName {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::TooLong => "too_long",
            Self::Invisible | Self::Link => "malformed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        NamePart::parse(text).expect_err(text).code()
    }

    #[test]
    fn names_of_the_world_are_names() {
        for text in [
            "Ana",
            "O’Brien",
            "Jean-Luc",
            "St. Mary",
            "J.R. Smith",
            "de la Cruz",
            "李",
            "محمد",
            "Nguyễn",
            "-",
        ] {
            assert_eq!(NamePart::parse(text).map(|name| name.0), Ok(text.into()));
        }
    }

    #[test]
    fn a_name_is_required() {
        assert_eq!((code(""), code(" \u{3000}")), ("required", "required"));
    }

    #[test]
    fn a_name_has_at_most_100_characters() {
        assert!(NamePart::parse(&"é".repeat(100)).is_ok());
        assert_eq!(code(&"é".repeat(101)), "too_long");
    }

    #[test]
    fn a_name_hides_nothing_and_leads_nowhere() {
        for text in [
            "Ana\0",
            "Ana\nBcc: x",
            "Ana\u{202E}",
            "A\u{200B}na",
            "https://evil.example",
            "www.evil",
            "evil.com",
        ] {
            assert_eq!(code(text), "malformed", "{text:?}");
        }
    }

    #[test]
    fn the_full_name_is_first_and_last() {
        let name = PersonName::new(NamePart::parse("Ana").unwrap(), NamePart::parse("Ruiz").unwrap());
        assert_eq!((name.full(), name.to_string()), ("Ana Ruiz".into(), "Ana Ruiz".into()));
    }
}
