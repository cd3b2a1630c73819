//! A contact says whom to ask: a name, an address, a telephone number, on one line.

use std::fmt;

use crate::refusal::Fault;
use crate::text::{self, Flaw};

const MAX_CODE_POINTS: usize = 200;

/// Whom people may ask: one line of 1 to 200 code points in NFC. Mail addresses may stand in it, web addresses
/// may not, because it is shown to people who do not know the organization.
///
/// ```
/// use registration_domain::contact::{Contact, NotAContact};
///
/// let contact = Contact::parse(" Front desk, hello@acme.example, +49 30 1234 ")?;
/// assert_eq!(contact.as_ref().map(Contact::as_str), Some("Front desk, hello@acme.example, +49 30 1234"));
/// assert_eq!(Contact::parse(" ")?, None);
/// assert_eq!(Contact::parse("see acme.com/help"), Err(NotAContact::Link));
/// # Ok::<(), NotAContact>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Contact(String);

impl Contact {
    /// Reads a contact; nothing but white space is nobody.
    ///
    /// # Errors
    /// [`NotAContact`] when it is longer than 200 code points, and when it holds control or invisible characters,
    /// or anything but a mail address that a mail program would make a link of.
    pub fn parse(text: &str) -> Result<Option<Self>, NotAContact> {
        match text::line_with_addresses(text, MAX_CODE_POINTS) {
            Ok(contact) => Ok(Some(Self(contact))),
            Err(Flaw::Empty) => Ok(None),
            Err(Flaw::TooLong) => Err(NotAContact::TooLong),
            Err(Flaw::Invisible) => Err(NotAContact::Invisible),
            Err(Flaw::Link) => Err(NotAContact::Link),
        }
    }

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAContact {
    /// Over 200 code points.
    #[error("a contact has at most 200 characters")]
    TooLong,
    /// Control or invisible characters.
    #[error("a contact holds no control or invisible characters, and stands on one line")]
    Invisible,
    /// Something that a mail program would make a link of.
    #[error("a contact may hold a mail address, and nothing that looks like a web address")]
    Link,
}

impl Fault for NotAContact {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::Invisible | Self::Link => "malformed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_addresses_and_numbers_are_contacts() {
        for text in [
            "Bo Lindqvist",
            "hr@acme.example",
            "Bo Lindqvist <bo@acme.com>, HR",
            "HR (hr@acme.de; +49 30 1234-5)",
            "Zugänge: zugang@müller.de",
        ] {
            assert_eq!(Contact::parse(text).map(|it| it.map(|it| it.0)), Ok(Some(text.into())), "{text}");
        }
    }

    #[test]
    fn a_contact_has_at_most_200_characters() {
        assert!(Contact::parse(&"é".repeat(200)).is_ok());
        assert_eq!(Contact::parse(&"é".repeat(201)), Err(NotAContact::TooLong));
        assert_eq!(NotAContact::TooLong.code(), "too_long");
    }

    #[test]
    fn a_contact_hides_nothing_and_leads_nowhere() {
        for text in [
            "a\0b",
            "two\nlines",
            "\u{202E}txet",
            "https://evil.example/x@y.org",
            "evil.com",
            "evil.com/@x.org",
            "www.evil@x.org",
            "ask evil.net, or hr@acme.example",
        ] {
            assert_eq!(Contact::parse(text).expect_err(text).code(), "malformed", "{text:?}");
        }
    }
}
