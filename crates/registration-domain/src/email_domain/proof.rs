//! A domain is proven by whoever can publish a text below it that was made for them alone.
use std::fmt;

use crate::{
    domain_name::DomainName,
    refusal::{Fact, Refusal, RefusalKind},
};

/// The label below a domain at which its proof is published.
const LABEL: &str = "_registration-challenge";
/// What the text begins with, so that people who find it know what it is for.
const KEY: &str = "registration-verification=";
/// So many of the texts that were found instead are told, so much of each.
const TOLD: usize = 3;
const TOLD_CHARACTERS: usize = 100;

/// What nobody can guess who was not told it: 128 bits, as 32 hexadecimal digits. No secret: DNS shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProofToken(String);

/// The text is no token of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token has 32 lower-case hexadecimal digits")]
pub struct NotAProofToken;

/// A TXT record to be published.
///
/// ```
/// use registration_domain::{domain_name::DomainName, email_domain::{ProofRecord, ProofToken}};
///
/// let token = ProofToken::parse("000102030405060708090a0b0c0d0e0f")?;
/// let record = ProofRecord::of(&DomainName::parse("Bücher.example")?, &token);
/// assert_eq!(record.name, "_registration-challenge.xn--bcher-kva.example");
/// assert_eq!(record.value, "registration-verification=000102030405060708090a0b0c0d0e0f");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProofRecord {
    /// Its full name, without a dot at the end.
    pub name: String,
    /// Its one text.
    pub value: String,
}

/// Why a domain is not proven.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotProven {
    /// DNS answered, and has no TXT record of this name.
    #[error("there is no such TXT record yet")]
    NotFound,
    /// There are TXT records of this name, and none of them is the one.
    #[error("the TXT record has another value")]
    Differs {
        /// Some of them, each cut where it is long.
        found: Vec<String>,
    },
    /// Nobody answered for the domain, or not in time: whether there is such a record is not known.
    #[error("the name servers of the domain gave no answer")]
    NoAnswer,
}

impl ProofToken {
    /// One of these bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(bytes)))
    }
    /// Reads a stored one.
    ///
    /// # Errors
    /// [`NotAProofToken`] for any text but 32 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, NotAProofToken> {
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() == 32 && text.bytes().all(is_digit) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAProofToken)
        }
    }
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ProofRecord {
    /// What proves this domain to whoever made this token.
    pub fn of(domain: &DomainName, token: &ProofToken) -> Self {
        Self { name: format!("{LABEL}.{}", domain.as_str()), value: format!("{KEY}{}", token.as_str()) }
    }
    /// Whether it is among the texts of the records of its name. Quotation marks and white space around a text
    /// are what people paste, and say nothing.
    pub(super) fn look_among(&self, texts: &[String]) -> Result<(), NotProven> {
        let told = |text: &String| text.chars().take(TOLD_CHARACTERS).collect();
        if texts.is_empty() {
            Err(NotProven::NotFound)
        } else if texts.iter().any(|it| bare(it) == self.value) {
            Ok(())
        } else {
            Err(NotProven::Differs { found: texts.iter().take(TOLD).map(told).collect() })
        }
    }
}

fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '"')
}

impl fmt::Display for ProofRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} TXT \"{}\"", self.name, self.value)
    }
}

/// Nothing of this is our failure, nor does another try hurt: whatever stands in DNS is the domain's own.
impl Refusal for NotProven {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotFound => (RefusalKind::Conflict, "domain_record_not_found"),
            Self::Differs { .. } => (RefusalKind::Conflict, "domain_record_differs"),
            Self::NoAnswer => (RefusalKind::Conflict, "domain_no_answer"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::Differs { found } => vec![Fact::RecordsFound(found.clone())],
            Self::NotFound | Self::NoAnswer => Vec::new(),
        }
    }
}
