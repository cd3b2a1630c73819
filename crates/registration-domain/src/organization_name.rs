//! An organization has a name on one line, which mails can show to strangers.

use std::fmt;

use crate::refusal::Fault;
use crate::text::{self, Flaw};

const MAX_CODE_POINTS: usize = 100;

/// The name of an organization: one line of 1 to 100 code points in NFC, without links.
///
/// ```
/// use registration_domain::organization_name::OrganizationName;
///
/// assert_eq!(OrganizationName::parse("  Acme  Inc. ")?.as_str(), "Acme Inc.");
/// # Ok::<(), registration_domain::organization_name::NotAnOrganizationName>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrganizationName(String);

impl OrganizationName {
    /// Reads a name; white space around it is put aside, within it collapsed to single spaces.
    ///
    /// # Errors
    ///
    /// [`NotAnOrganizationName`] when nothing is left, when it is longer than 100 code points, and when
    /// it holds control or invisible characters or anything that a mail program would make a link of.
    ///
    /// ```
    /// use registration_domain::organization_name::{NotAnOrganizationName, OrganizationName};
    ///
    /// assert_eq!(OrganizationName::parse("Acme, see acme.com/win"), Err(NotAnOrganizationName::Link));
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAnOrganizationName> {
        match text::line(text, MAX_CODE_POINTS) {
            Ok(name) => Ok(Self(name)),
            Err(Flaw::Empty) => Err(NotAnOrganizationName::Empty),
            Err(Flaw::TooLong) => Err(NotAnOrganizationName::TooLong),
            Err(Flaw::Invisible) => Err(NotAnOrganizationName::Invisible),
            Err(Flaw::Link) => Err(NotAnOrganizationName::Link),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrganizationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no name of an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAnOrganizationName {
    /// Nothing but white space.
    #[error("a name is required")]
    Empty,
    /// Over 100 code points.
    #[error("an organization's name has at most 100 characters")]
    TooLong,
    /// Control or invisible characters.
    #[error("an organization's name holds no control or invisible characters")]
    Invisible,
    /// Something that a mail program would make a link of.
    #[error(
        "an organization's name holds nothing that looks like a web address; a space after the dot helps"
    )]
    Link,
}

impl Fault for NotAnOrganizationName {
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
        OrganizationName::parse(text).expect_err(text).code()
    }

    #[test]
    fn names_of_companies_are_names() {
        for text in
            ["Acme", "Acme Inc.", "Müller & Söhne GmbH", "株式会社アクメ", "3M", "S.p.A. Rossi", "Yahoo!"]
        {
            assert_eq!(OrganizationName::parse(text).map(|name| name.0), Ok(text.into()));
        }
    }

    #[test]
    fn a_name_is_required() {
        assert_eq!((code(""), code("  ")), ("required", "required"));
    }

    #[test]
    fn a_name_has_at_most_100_characters() {
        assert!(OrganizationName::parse(&"é".repeat(100)).is_ok());
        assert_eq!(code(&"é".repeat(101)), "too_long");
    }

    #[test]
    fn a_name_hides_nothing_and_leads_nowhere() {
        for text in
            ["Acme\0", "Acme\r\nX: y", "\u{202E}emcA", "Acme\u{2060}", "http://acme", "acme.com", "acme.de/x"]
        {
            assert_eq!(code(text), "malformed", "{text:?}");
        }
    }
}
