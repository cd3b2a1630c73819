//! The platform says what a password needs, in one sentence, and judges by all of it at once.

use zeroize::Zeroizing;

use super::{MAX_OCTETS, Password, PasswordFault, common};
use crate::email::Email;
use crate::username::Username;

/// Shorter local parts and usernames occur in passwords by chance.
const MIN_IDENTITY: usize = 4;

/// What a new password needs. Lengths are code points after normalization.
///
/// Under either policy a password is refused that is commonly used, or holds the address or the username.
///
/// ```
/// use registration_domain::password::PasswordPolicy;
/// use registration_domain::refusal::Fault;
///
/// let faults = PasswordPolicy::default().check("secret", None, None).unwrap_err();
/// let codes: Vec<_> = faults.iter().map(Fault::code).collect();
/// assert_eq!(
///     codes,
///     ["password_too_short", "password_needs_upper", "password_needs_digit_or_symbol", "password_common"]
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PasswordPolicy {
    /// An upper-case letter, a lower-case letter, and a digit or symbol.
    Composition {
        /// The fewest code points.
        min: usize,
        /// The most.
        max: usize,
    },
    /// Any characters, as NIST SP 800-63B (3.1.1.2) advises, which then asks 15 of them.
    LengthOnly {
        /// The fewest code points.
        min: usize,
        /// The most.
        max: usize,
    },
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self::Composition { min: 10, max: 128 }
    }
}

impl PasswordPolicy {
    /// Length alone, with the lengths that NIST SP 800-63B asks where a password is the only factor.
    pub fn length_only() -> Self {
        Self::LengthOnly { min: 15, max: 128 }
    }

    /// Judges a new password for the account with this address and username, as far as they are known.
    ///
    /// # Errors
    ///
    /// Every [`PasswordFault`] at once, each once. Text of more than 1,024 octets is
    /// [`TooLong`](PasswordFault::TooLong) and not looked at further.
    ///
    /// ```
    /// use registration_domain::{email::Email, password::{PasswordFault, PasswordPolicy}};
    ///
    /// let ana = Email::parse("ana.ruiz@example.org").unwrap();
    /// let policy = PasswordPolicy::default();
    /// assert!(policy.check("Sunny-river-42", Some(&ana), None).is_ok());
    /// assert_eq!(policy.check("Ana.Ruiz-1990", Some(&ana), None), Err(vec![PasswordFault::ContainsIdentity]));
    /// ```
    pub fn check(
        &self,
        text: &str,
        email: Option<&Email>,
        username: Option<&Username>,
    ) -> Result<Password, Vec<PasswordFault>> {
        if text.len() > MAX_OCTETS {
            return Err(vec![PasswordFault::TooLong { max: self.lengths().1 }]);
        }
        let normalized = Password::normalized(text);
        let judged = normalized.as_ref().map_or(text, Password::expose);
        let mut faults = self.faults_of_form(judged);
        // PRECIS refuses no characters at all, too, but whoever left the field empty made no mistake in it.
        if normalized.is_none() && !text.is_empty() {
            faults.push(PasswordFault::Malformed);
        }
        if common::is_common(judged) {
            faults.push(PasswordFault::Common);
        }
        if contains_identity(judged, email, username) {
            faults.push(PasswordFault::ContainsIdentity);
        }
        match normalized {
            Some(password) if faults.is_empty() => Ok(password),
            _ => Err(faults),
        }
    }

    /// The rule in words, for people who are about to choose a password.
    ///
    /// ```
    /// use registration_domain::password::PasswordPolicy;
    ///
    /// assert_eq!(
    ///     PasswordPolicy::default().sentence(),
    ///     "A password has 10 to 128 characters, among them an upper-case letter, a lower-case letter, and a \
    ///      digit or symbol. It is not one of the commonly used ones, and contains neither the e-mail address \
    ///      nor the username."
    /// );
    /// ```
    pub fn sentence(&self) -> String {
        let (min, max) = self.lengths();
        let composition = match self {
            Self::Composition { .. } => {
                ", among them an upper-case letter, a lower-case letter, and a digit or symbol"
            }
            Self::LengthOnly { .. } => "",
        };
        format!(
            "A password has {min} to {max} characters{composition}. It is not one of the commonly used ones, \
             and contains neither the e-mail address nor the username."
        )
    }

    fn lengths(&self) -> (usize, usize) {
        match *self {
            Self::Composition { min, max } | Self::LengthOnly { min, max } => (min, max),
        }
    }

    fn faults_of_form(&self, text: &str) -> Vec<PasswordFault> {
        let (min, max) = self.lengths();
        let length = text.chars().count();
        let composed = match self {
            Self::Composition { .. } => true,
            Self::LengthOnly { .. } => false,
        };
        let lacks = |wanted: fn(char) -> bool| composed && !text.contains(wanted);
        [
            (length < min, PasswordFault::TooShort { min }),
            (length > max, PasswordFault::TooLong { max }),
            (lacks(char::is_uppercase), PasswordFault::NeedsUpper),
            (lacks(char::is_lowercase), PasswordFault::NeedsLower),
            (lacks(|c| !c.is_alphabetic()), PasswordFault::NeedsDigitOrSymbol),
        ]
        .into_iter()
        .filter_map(|(stands, fault)| stands.then_some(fault))
        .collect()
    }
}

/// Whether the address in either form, its local part or the username occurs in the text, in any case.
fn contains_identity(text: &str, email: Option<&Email>, username: Option<&Username>) -> bool {
    let text = Zeroizing::new(text.to_lowercase());
    let addresses = email.into_iter().flat_map(|email| [email.as_str(), email.canonical()]);
    let names = email.map(Email::local).into_iter().chain(username.map(Username::as_str));
    addresses
        .chain(names.filter(|name| name.chars().count() >= MIN_IDENTITY))
        .any(|identity| text.contains(&identity.to_lowercase()))
}

#[cfg(test)]
mod tests;
