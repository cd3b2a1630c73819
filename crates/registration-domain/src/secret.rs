//! A secret is wiped when dropped, compared in constant time, and never shown by accident.

use std::fmt;
use std::hint::black_box;

use zeroize::Zeroize;

/// Text that must not appear in a log, an error or a reply: a password, a token, a code.
///
/// It has no `Display` and no wire format; whoever needs the text calls [`expose`](Self::expose),
/// which is easy to find in a review. The memory is overwritten on drop.
///
/// ```
/// use registration_domain::secret::Secret;
///
/// let token = Secret::new("q7Jw");
/// assert_eq!(format!("{token:?}"), "Secret(…)");
/// assert_eq!(token.expose(), "q7Jw");
/// ```
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes the text over. Pass a `String` that nobody else keeps: a `&str` leaves its original behind.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that has to use it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Takes as long for a difference in the first byte as for one in the last, so that time tells
/// nothing of the content. The length is not hidden.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.0.as_bytes(), other.0.as_bytes());
        // The barrier keeps the optimizer from leaving the loop at the first difference.
        let difference = ours.iter().zip(theirs).fold(0, |seen, (a, b)| black_box(seen | (a ^ b)));
        ours.len() == theirs.len() && difference == 0
    }
}

impl Eq for Secret {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown_by_debug() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
        assert_eq!(format!("{:?}", Some(Secret::new("hunter2"))), "Some(Secret(…))");
    }

    #[test]
    fn secrets_are_equal_only_when_every_byte_is() {
        assert_eq!(Secret::new("abc"), Secret::new("abc"));
        assert_eq!(Secret::new(""), Secret::new(""));
        for other in ["abd", "xbc", "ab", "abcd", "", "ABC"] {
            assert_ne!(Secret::new("abc"), Secret::new(other), "{other}");
        }
    }
}
