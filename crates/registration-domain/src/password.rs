//! A password is normalized once, judged by the platform's policy as a whole, and never shown.

use std::fmt;

use crate::refusal::Fault;
use crate::secret::Secret;

mod common;
mod opaque;
mod policy;

pub use policy::PasswordPolicy;

/// No longer text is normalized, judged or hashed, on any path: that would be work for an attacker.
const MAX_OCTETS: usize = 1024;

/// A password as it is hashed: normalized by the profile `OpaqueString` of PRECIS (RFC 8265, 4.2), so
/// that it does not matter on which keyboard it was typed.
///
/// A new one comes from [`PasswordPolicy::check`], one to sign in with from [`attempt`](Self::attempt).
///
/// ```
/// use registration_domain::password::{Password, PasswordPolicy};
///
/// let chosen = PasswordPolicy::default().check("Crème-brûlée-1", None, None).unwrap();
/// let typed = Password::attempt("Cre\u{300}me-bru\u{302}le\u{301}e-1").unwrap();
/// assert_eq!(chosen, typed);
/// assert_eq!(format!("{chosen:?}"), "Password(…)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Secret);

impl Password {
    /// What somebody typed to sign in, normalized and not judged: the policy may have changed since.
    ///
    /// `None` for more than 1,024 octets, which no account has. Text that PRECIS does not allow stays
    /// as it is and matches no hash, so that it takes as long as any other wrong password.
    pub fn attempt(text: &str) -> Option<Self> {
        (text.len() <= MAX_OCTETS).then(|| Self::normalized(text).unwrap_or_else(|| Self(Secret::new(text))))
    }

    /// The text, for the hasher.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// What is hashed, if the text has only characters that the profile allows.
    fn normalized(text: &str) -> Option<Self> {
        opaque::normalized(text).map(|text| Self(Secret::new(text)))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a password cannot be taken. All that stand against one are told at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum PasswordFault {
    /// Control characters, or others that keyboards do not make.
    #[error("a password holds no control or invisible characters")]
    Malformed,
    /// Fewer code points than the policy asks.
    #[error("the password has fewer than {min} characters")]
    TooShort {
        /// How many it asks.
        min: usize,
    },
    /// More code points than the policy allows, or more than 1,024 octets.
    #[error("the password has more than {max} characters")]
    TooLong {
        /// How many it allows.
        max: usize,
    },
    /// No upper-case letter.
    #[error("the password has no upper-case letter")]
    NeedsUpper,
    /// No lower-case letter.
    #[error("the password has no lower-case letter")]
    NeedsLower,
    /// Letters only.
    #[error("the password has neither a digit nor a symbol")]
    NeedsDigitOrSymbol,
    /// One of those that are tried first.
    #[error("the password is one of the commonly used ones")]
    Common,
    /// It holds the address, its local part, or the username.
    #[error("the password contains the e-mail address or the username")]
    ContainsIdentity,
}

impl Fault for PasswordFault {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::TooShort { .. } => "password_too_short",
            Self::TooLong { .. } => "password_too_long",
            Self::NeedsUpper => "password_needs_upper",
            Self::NeedsLower => "password_needs_lower",
            Self::NeedsDigitOrSymbol => "password_needs_digit_or_symbol",
            Self::Common => "password_common",
            Self::ContainsIdentity => "password_contains_identity",
        }
    }
}

/// What a hasher made of a password: a string in the PHC format, with algorithm, parameters and salt.
///
/// ```
/// use registration_domain::password::PasswordHash;
///
/// let hash = PasswordHash::from_phc("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned());
/// assert!(hash.as_phc().starts_with("$argon2id$"));
/// assert_eq!(format!("{hash:?}"), "PasswordHash(…)");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Takes what a hasher or a row says; only a hasher can judge it.
    pub fn from_phc(phc: String) -> Self {
        Self(phc)
    }

    /// What stands in the place of a hash that was erased: no password matches it.
    pub(crate) fn none() -> Self {
        Self("!".to_owned())
    }

    /// The PHC string, for hashers and rows.
    pub fn as_phc(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_is_normalized_and_not_judged() {
        assert_eq!(Password::attempt("a").unwrap().expose(), "a");
        assert_eq!(Password::attempt("").unwrap().expose(), "");
        assert_eq!(Password::attempt("Zoe\u{308}").unwrap().expose(), "Zoë");
        assert_eq!(Password::attempt("a\u{3000}b").unwrap().expose(), "a b");
    }

    #[test]
    fn an_attempt_with_forbidden_characters_is_as_wrong_as_any_other() {
        assert_eq!(Password::attempt("a\0b").unwrap().expose(), "a\0b");
    }

    #[test]
    fn an_attempt_has_at_most_1024_octets() {
        assert!(Password::attempt(&"a".repeat(1024)).is_some());
        assert_eq!(Password::attempt(&"a".repeat(1025)), None);
        assert_eq!(Password::attempt(&"ü".repeat(513)), None);
    }

    #[test]
    fn neither_password_nor_hash_is_shown_by_debug() {
        assert_eq!(format!("{:?}", Password::attempt("hunter2")), "Some(Password(…))");
        assert_eq!(format!("{:?}", PasswordHash::from_phc("$x$y".into())), "PasswordHash(…)");
    }

    #[test]
    fn each_fault_has_its_code() {
        for (fault, code) in [
            (PasswordFault::Malformed, "malformed"),
            (PasswordFault::TooShort { min: 10 }, "password_too_short"),
            (PasswordFault::TooLong { max: 128 }, "password_too_long"),
            (PasswordFault::NeedsUpper, "password_needs_upper"),
            (PasswordFault::NeedsLower, "password_needs_lower"),
            (PasswordFault::NeedsDigitOrSymbol, "password_needs_digit_or_symbol"),
            (PasswordFault::Common, "password_common"),
            (PasswordFault::ContainsIdentity, "password_contains_identity"),
        ] {
            assert_eq!(fault.code(), code);
        }
    }
}
