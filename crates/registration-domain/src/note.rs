//! A note is a few optional words from one person to another, and carries no links.

use std::fmt;

use crate::refusal::Fault;
use crate::text::{self, Flaw};

const MAX_CODE_POINTS: usize = 500;

/// Free text of at most 500 code points in NFC, which keeps its lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Note(String);

impl Note {
    /// Reads a note; nothing but white space is no note.
    ///
    /// White space around it is put aside; line ends are stored as `\n`.
    ///
    /// # Errors
    ///
    /// [`NotANote`] when it is longer than 500 code points, and when it holds control characters other
    /// than line ends, invisible ones, or anything that a mail program would make a link of.
    ///
    /// ```
    /// use registration_domain::note::{NotANote, Note};
    ///
    /// let note = Note::parse("Welcome!\r\nSee you on Monday.")?;
    /// assert_eq!(note.as_ref().map(Note::as_str), Some("Welcome!\nSee you on Monday."));
    /// assert_eq!(Note::parse("  ")?, None);
    /// assert_eq!(Note::parse("Claim it at evil.com"), Err(NotANote::Link));
    /// # Ok::<(), NotANote>(())
    /// ```
    pub fn parse(text: &str) -> Result<Option<Self>, NotANote> {
        match text::paragraphs(text, MAX_CODE_POINTS) {
            Ok(note) => Ok(Some(Self(note))),
            Err(Flaw::Empty) => Ok(None),
            Err(Flaw::TooLong) => Err(NotANote::TooLong),
            Err(Flaw::Invisible) => Err(NotANote::Invisible),
            Err(Flaw::Link) => Err(NotANote::Link),
        }
    }

    /// The words, with `\n` between lines.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text cannot be sent as a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotANote {
    /// Over 500 code points.
    #[error("a note has at most 500 characters")]
    TooLong,
    /// Control or invisible characters.
    #[error("a note holds no control or invisible characters other than line ends")]
    Invisible,
    /// Something that a mail program would make a link of.
    #[error("a note holds nothing that looks like a web address; a space after the dot helps")]
    Link,
}

impl Fault for NotANote {
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
    fn a_note_keeps_its_lines() {
        let note = Note::parse(" Hi Ana,\r\n\r\nwelcome. ").unwrap().unwrap();
        assert_eq!(note.to_string(), "Hi Ana,\n\nwelcome.");
    }

    #[test]
    fn white_space_is_no_note() {
        assert_eq!((Note::parse(""), Note::parse(" \n ")), (Ok(None), Ok(None)));
    }

    #[test]
    fn a_note_has_at_most_500_characters() {
        assert!(Note::parse(&"ñ".repeat(500)).is_ok_and(|note| note.is_some()));
        assert_eq!(Note::parse(&"ñ".repeat(501)), Err(NotANote::TooLong));
        assert_eq!(NotANote::TooLong.code(), "too_long");
    }

    #[test]
    fn a_note_hides_nothing_and_leads_nowhere() {
        for text in ["a\0b", "a\tb", "a\rb", "a\u{202E}b", "see\nhttps://evil.example", "see\nevil.net"] {
            assert_eq!(Note::parse(text).expect_err(text).code(), "malformed", "{text:?}");
        }
    }
}
