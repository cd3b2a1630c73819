//! A label is how an organization tells its codes apart: a few words on one line.
use std::fmt;

use crate::{
    refusal::Fault,
    text::{self, Flaw},
};

const MAX_CODE_POINTS: usize = 100;

/// One line of 1 to 100 code points in NFC, without links.
///
/// ```
/// use registration_domain::employee_code::CodeLabel;
///
/// let label = CodeLabel::parse("  Warehouse,  May ")?;
/// assert_eq!(label.as_ref().map(CodeLabel::as_str), Some("Warehouse, May"));
/// assert_eq!(CodeLabel::parse(" ")?, None);
/// # Ok::<(), registration_domain::employee_code::NotALabel>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CodeLabel(String);

impl CodeLabel {
    /// Reads a label; nothing but white space is none. White space around it is put aside, within it collapsed.
    ///
    /// # Errors
    /// [`NotALabel`] when it is longer than 100 code points, and when it holds control or invisible characters
    /// or anything that a mail program would make a link of.
    pub fn parse(text: &str) -> Result<Option<Self>, NotALabel> {
        match text::line(text, MAX_CODE_POINTS) {
            Ok(label) => Ok(Some(Self(label))),
            Err(Flaw::Empty) => Ok(None),
            Err(Flaw::TooLong) => Err(NotALabel::TooLong),
            Err(Flaw::Invisible) => Err(NotALabel::Invisible),
            Err(Flaw::Link) => Err(NotALabel::Link),
        }
    }
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CodeLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotALabel {
    /// Over 100 code points.
    #[error("a label has at most 100 characters")]
    TooLong,
    /// Control or invisible characters.
    #[error("a label holds no control or invisible characters")]
    Invisible,
    /// Something that a mail program would make a link of.
    #[error("a label holds nothing that looks like a web address")]
    Link,
}

impl Fault for NotALabel {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::Invisible | Self::Link => "malformed",
        }
    }
}
