//! A verification code is six digits by mail: it confirms an address, and never signs anybody in.
use std::{collections::BTreeSet, fmt};

use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use crate::{refusal::Fault, revision::Generation, secret::Secret, settings::Lifetimes, time::Timestamp};

const DIGITS: usize = 6;
/// A pasted mail is shorter; more is not looked at.
const MAX_CHARACTERS: usize = 20_000;

/// Six digits that were mailed to somebody, or that somebody typed.
///
/// Whoever can read a log must not be able to use it; equal codes are told in constant time.
///
/// ```
/// use registration_domain::verification_code::{NotACode, VerificationCode};
///
/// let code = VerificationCode::parse("482913")?;
/// for pasted in ["482-913", " 482 913 ", "Your code is 482913.", "４８２９１３"] {
///     assert_eq!(VerificationCode::parse(pasted)?, code);
/// }
/// assert_eq!(VerificationCode::parse("48291"), Err(NotACode::TooShort { digits: 5 }));
/// # Ok::<(), NotACode>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct VerificationCode(Secret);

/// What a code is for. One that was made for one purpose is right for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodePurpose {
    /// To make an account of what somebody filled in.
    SignUp,
    /// To give an account another address.
    EmailChange,
}

/// What a code stands for; all else that it rests on stands in the row of its subject.
///
/// ```
/// use registration_domain::{port::Codes, revision::Generation, verification_code::{CodeFor, CodePurpose}};
/// use registration_testkit::stub::PlainCodes;
/// use uuid::Uuid;
///
/// let first = CodeFor {
///     purpose: CodePurpose::SignUp,
///     subject: Uuid::from_u128(7),
///     generation: Generation::FIRST,
/// };
/// let newer = CodeFor { generation: first.generation.next(), ..first };
/// assert!(PlainCodes.matches(first, &PlainCodes.code(first)));
/// assert!(!PlainCodes.matches(newer, &PlainCodes.code(first)), "a new code voids the older one");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodeFor {
    /// What it is for.
    pub purpose: CodePurpose,
    /// The sign-up or the change of address.
    pub subject: Uuid,
    /// Which of the codes of this subject.
    pub generation: Generation,
}

/// The newest code of a subject: which one it is, until when it is right, and when a newer one may follow.
///
/// ```
/// use registration_domain::{
///     settings::Lifetimes,
///     time::{MINUTE, Timestamp},
///     verification_code::CodeTerm,
/// };
///
/// let (now, lifetimes) = (Timestamp::from_micros(0), Lifetimes::default());
/// let first = CodeTerm::first(&lifetimes, now);
/// assert!(first.has_expired(now.plus(10 * MINUTE)), "an instant equal to the expiry is expired");
/// assert!(first.next(&lifetimes, now).is_err(), "a newer one may follow after a minute");
/// assert!(first.next(&lifetimes, now.plus(MINUTE))?.generation > first.generation);
/// # Ok::<(), registration_domain::verification_code::TooSoon>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CodeTerm {
    /// Which of the codes of its subject: older ones are void.
    pub generation: Generation,
    /// Until when it is right. That instant itself is expired.
    pub expires_at: Timestamp,
    /// From when on a newer one may be asked for.
    pub resend_at: Timestamp,
}

/// A newer code may be asked for later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code was sent a moment ago; a new one can be asked for soon")]
pub struct TooSoon {
    /// From when on.
    pub resend_at: Timestamp,
}

impl CodeTerm {
    /// Of the code that is sent now, the first of its subject.
    pub fn first(lifetimes: &Lifetimes, now: Timestamp) -> Self {
        Self::of(Generation::FIRST, lifetimes, now)
    }
    /// Of a newer one, which voids this one.
    ///
    /// # Errors
    /// [`TooSoon`].
    pub fn next(self, lifetimes: &Lifetimes, now: Timestamp) -> Result<Self, TooSoon> {
        if now < self.resend_at {
            return Err(TooSoon { resend_at: self.resend_at });
        }
        Ok(Self::of(self.generation.next(), lifetimes, now))
    }
    /// Ending with what the code is about.
    #[must_use]
    pub fn within(self, end: Timestamp) -> Self {
        Self { expires_at: self.expires_at.min(end), ..self }
    }
    /// Whether its time is over.
    pub fn has_expired(self, now: Timestamp) -> bool {
        now >= self.expires_at
    }
    fn of(generation: Generation, lifetimes: &Lifetimes, now: Timestamp) -> Self {
        let (expires_at, resend_at) = (now.plus(lifetimes.code), now.plus(lifetimes.code_pause));
        Self { generation, expires_at, resend_at }
    }
}

impl VerificationCode {
    /// Finds the code in what somebody typed or pasted: the one run of six digits in a sentence, or six digits
    /// with spaces and dashes among them. A mail that says it twice says one code.
    ///
    /// # Errors
    /// [`NotACode`], which says how the text falls short of that.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        // Full-width digits are digits to whoever types them.
        let text: String = text.nfkc().take(MAX_CHARACTERS).collect();
        let (mut runs, mut joined) = (runs(&text), runs(&without_joints(&text)));
        let found = if runs.is_empty() { &mut joined } else { &mut runs };
        match (found.pop_first(), found.is_empty()) {
            (Some(code), true) => Ok(Self(Secret::new(code))),
            (Some(_), false) => Err(NotACode::Several),
            (None, _) if text.chars().any(char::is_alphabetic) => Err(NotACode::Letters),
            (None, _) => Self::of_digits(text.chars().filter(char::is_ascii_digit).collect()),
        }
    }
    fn of_digits(digits: String) -> Result<Self, NotACode> {
        match digits.len() {
            0 => Err(NotACode::Empty),
            DIGITS => Ok(Self(Secret::new(digits))),
            fewer if fewer < DIGITS => Err(NotACode::TooShort { digits: fewer }),
            more => Err(NotACode::TooLong { digits: more }),
        }
    }
    /// The code of this number; nothing for a million and more.
    pub fn of_number(number: u32) -> Option<Self> {
        (number < 1_000_000).then(|| Self(Secret::new(format!("{number:06}"))))
    }
    /// The six digits, for the mail that shows them and for what compares them.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The runs of exactly six digits; equal ones are one.
fn runs(text: &str) -> BTreeSet<String> {
    let runs = text.split(|it: char| !it.is_ascii_digit());
    runs.filter(|run| run.len() == DIGITS).map(str::to_owned).collect()
}

/// Without the single spaces and dashes that stand between two digits.
fn without_joints(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_digit);
    let is_joint = |at: usize| {
        let joins = |it: char| it.is_whitespace() || matches!(it, '-' | '\u{2010}'..='\u{2015}');
        joins(characters[at]) && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1))
    };
    (0..characters.len()).filter(|at| !is_joint(*at)).map(|at| characters[at]).collect()
}

/// Why a text holds no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// There is no digit in it.
    #[error("enter the 6-digit code")]
    Empty,
    /// There are fewer than six digits.
    #[error("the code has 6 digits, and these are {digits}")]
    TooShort {
        /// How many there are.
        digits: usize,
    },
    /// There are more than six digits.
    #[error("the code has 6 digits, and these are {digits}")]
    TooLong {
        /// How many there are.
        digits: usize,
    },
    /// There are letters, and no run of six digits among them.
    #[error("the code has 6 digits and no letters")]
    Letters,
    /// There is more than one run of six digits.
    #[error("there is more than one 6-digit number here; enter the code alone")]
    Several,
}

impl Fault for NotACode {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::TooLong { .. } => "too_long",
            Self::TooShort { .. } | Self::Letters | Self::Several => "malformed",
        }
    }
}

impl CodePurpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::SignUp, Self::EmailChange];

    /// The stable word that a code is derived from.
    pub fn key(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::EmailChange => "email_change",
        }
    }
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode(…)")
    }
}

#[cfg(test)]
mod tests;
