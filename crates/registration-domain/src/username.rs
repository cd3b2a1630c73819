//! A username is one spelling of one name, and looks like no other that matters.

use std::fmt;

use precis_profiles::UsernameCaseMapped;
use precis_profiles::precis_core::profile::PrecisFastInvocation;
use unicode_security::{RestrictionLevel, RestrictionLevelDetection};
use uuid::Uuid;

use crate::email::Email;
use crate::refusal::Fault;
use crate::text;

mod reserved;

const MIN_CODE_POINTS: usize = 2;
const MAX_CODE_POINTS: usize = 64;
/// No longer text is looked at: mapping and normalizing it would be work for nothing.
const MAX_OCTETS: usize = 1024;

/// The name by which an account signs in and is known, in canonical form.
///
/// Canonical is what the profile `UsernameCaseMapped` of PRECIS (RFC 8265, 3.3) makes of a text: width
/// mapped, lower case, NFC, no spaces. Beyond the profile a username holds no `@`, so that it is never
/// taken for an address, and mixes no scripts (UTS 39, highly restrictive). Two usernames are one when
/// they are equal.
///
/// ```
/// use registration_domain::username::Username;
///
/// assert_eq!(Username::parse("Ana.Ruiz2")?.as_str(), "ana.ruiz2");
/// assert_eq!(Username::parse("ＡＮＡ")?, Username::parse("ana")?);
/// # Ok::<(), registration_domain::username::NotAUsername>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Username(String);

impl Username {
    /// Reads a username that somebody wishes to have; white space around it is put aside.
    ///
    /// # Errors
    ///
    /// [`NotAUsername`] says which rule stands against it. A name that is reserved for the platform, and
    /// one that can be confused with such a name by its looks, is [`NotAUsername::Reserved`].
    ///
    /// ```
    /// use registration_domain::username::{NotAUsername, Username};
    ///
    /// assert_eq!(Username::parse("ana@home"), Err(NotAUsername::AtSign));
    /// assert_eq!(Username::parse("r00t"), Err(NotAUsername::Reserved));
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAUsername> {
        let username = Self::parse_any(text)?;
        if reserved::resembles_reserved(&username.0) {
            return Err(NotAUsername::Reserved);
        }
        Ok(username)
    }

    /// Reads a username without asking whether it is reserved: one that an account bears already, one
    /// that somebody signs in with, or the founder's, whom nobody could impersonate.
    ///
    /// # Errors
    ///
    /// [`NotAUsername`], as [`parse`](Self::parse) but never `Reserved`.
    ///
    /// ```
    /// # use registration_domain::username::Username;
    /// assert_eq!(Username::parse_any("Admin")?.as_str(), "admin");
    /// # Ok::<(), registration_domain::username::NotAUsername>(())
    /// ```
    pub fn parse_any(text: &str) -> Result<Self, NotAUsername> {
        if text.len() > MAX_OCTETS {
            return Err(NotAUsername::TooLong);
        }
        let name = canonical(text::trimmed(text)).ok_or(NotAUsername::Malformed)?;
        if name.contains('@') {
            return Err(NotAUsername::AtSign);
        }
        match name.chars().count() {
            ..MIN_CODE_POINTS => return Err(NotAUsername::TooShort),
            MIN_CODE_POINTS..=MAX_CODE_POINTS => {}
            _ => return Err(NotAUsername::TooLong),
        }
        if !name.contains(char::is_alphanumeric) {
            return Err(NotAUsername::Malformed);
        }
        if mixes_scripts(&name) {
            return Err(NotAUsername::MixedScripts);
        }
        if text::carries_web_address(&name) {
            return Err(NotAUsername::Link);
        }
        Ok(Self(name))
    }

    /// Proposes a username for somebody with this address: its local part without what follows a plus
    /// sign, with the first label of the domain where that alone cannot be taken. Whether the
    /// proposal is free is for the store to say.
    ///
    /// ```
    /// use registration_domain::{email::Email, username::Username};
    ///
    /// let proposed = |address| Username::suggest_from(&Email::parse(address).unwrap()).unwrap().to_string();
    /// assert_eq!(proposed("Ana.Ruiz+crm@example.org"), "ana.ruiz");
    /// assert_eq!(proposed("info@acme.example"), "info.acme");
    /// ```
    pub fn suggest_from(email: &Email) -> Option<Self> {
        let local = email.local();
        let person = local.split_once('+').map_or(local, |(person, _)| person);
        let company = email.domain().split('.').next().unwrap_or_default();
        let candidates = [person.to_owned(), format!("{person}.{company}")];
        candidates.iter().find_map(|candidate| Self::parse(&plain(candidate)).ok())
    }

    /// What stands in the place of a username that was erased.
    pub(crate) fn of_nobody(id: Uuid) -> Self {
        Self(format!("closed-{}", id.simple()))
    }

    /// The canonical form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What PRECIS makes of the text, if it would make the same of that again.
fn canonical(text: &str) -> Option<String> {
    let once = UsernameCaseMapped::enforce(text).ok()?;
    let again = UsernameCaseMapped::enforce(once.as_ref()).ok()?;
    (once == again && !once.chars().any(text::is_treacherous)).then(|| again.into_owned())
}

/// Whether letters of scripts stand together that no language writes together.
fn mixes_scripts(name: &str) -> bool {
    let letters: String = name.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    !letters.as_str().check_restriction_level(RestrictionLevel::HighlyRestrictive)
}

/// Letters, digits, and single dots, hyphens and underscores between them, no more than fit.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let name: String = kept.take(MAX_CODE_POINTS).collect();
    name.trim_matches(['.', '-', '_']).to_owned()
}

/// Why a text cannot be a username.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAUsername {
    /// A single character, or none.
    #[error("a username has at least 2 characters")]
    TooShort,
    /// Over 64 code points.
    #[error("a username has at most 64 characters")]
    TooLong,
    /// It would look like an address.
    #[error("a username holds no @")]
    AtSign,
    /// Spaces, controls, symbols, or no letter and no digit.
    #[error("a username consists of letters, digits and punctuation, without spaces")]
    Malformed,
    /// Letters of several scripts, which can be made to look like another name.
    #[error("a username is written in one script")]
    MixedScripts,
    /// Something that a mail program would make a link of.
    #[error("a username does not look like a web address")]
    Link,
    /// One that people would take for the platform's, or that looks like one.
    #[error("this username is reserved, or looks like one that is")]
    Reserved,
}

impl Fault for NotAUsername {
    fn code(&self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::TooShort
            | Self::AtSign
            | Self::Malformed
            | Self::MixedScripts
            | Self::Link
            | Self::Reserved => "invalid_username",
        }
    }
}

#[cfg(test)]
mod tests;
