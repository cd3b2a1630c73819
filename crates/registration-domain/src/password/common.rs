//! A password is common when it is, as a whole, one of those that guessers try first.

use zeroize::Zeroizing;
use zxcvbn::matching::Match;
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::{Entropy, zxcvbn};

/// How many passwords the dictionary of zxcvbn lists, the commonest first.
const LISTED: u64 = 30_000;
/// The longest of them has 20 characters; repetitions and runs on the keyboard are known a little beyond.
/// Estimating takes more than linear time, so longer text is not estimated.
const LONGEST: usize = 32;

/// Whether the password is commonly used, in whatever case, and with whatever symbols behind it.
///
/// A listed word with a number behind it is as common as its place among the guesses: the estimate reads
/// `password1234` in two parts, though the list has it as one.
pub(super) fn is_common(password: &str) -> bool {
    if password.chars().count() > LONGEST {
        return false;
    }
    let whole = Zeroizing::new(password.to_lowercase());
    let core = whole.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = core.trim_end_matches(|c: char| c.is_ascii_digit());
    is_tried_early(&zxcvbn(&whole, &[]))
        || is_listed(core)
        || (is_listed(word) && zxcvbn(core, &[]).guesses() <= LISTED)
}

/// Whether it is a single word, repetition or run that comes before the end of the list.
fn is_tried_early(estimate: &Entropy) -> bool {
    let is_known = |part: &Match| part.pattern != MatchPattern::BruteForce;
    matches!(estimate.sequence(), [only] if is_known(only)) && estimate.guesses() <= LISTED
}

/// Whether it is that by being a word of the dictionaries. Which of them does not matter: where a
/// word stands in two at the same place, the estimate names either.
fn is_listed(text: &str) -> bool {
    let estimate = zxcvbn(text, &[]);
    let is_word = |pattern: &MatchPattern| matches!(pattern, MatchPattern::Dictionary(_));
    is_tried_early(&estimate) && estimate.sequence().iter().all(|part| is_word(&part.pattern))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_that_are_tried_first_are_common() {
        for text in [
            "Password123",
            "Password123!",
            "PASSWORD1234",
            "Password1234!?",
            "Qwerty12345",
            "qwertyuiop",
            "Qwertyuiop1",
            "Welcome123!",
            "Welcome1!",
            "Patrick9!!",
            "1234567890",
            "1q2w3e4r5t",
            "P@ssw0rd123",
            "aaaaaaaaaaaaaaaa",
            "abcdefghijklmnop",
        ] {
            assert!(is_common(text), "{text}");
        }
    }

    #[test]
    fn a_common_word_among_others_makes_no_common_password() {
        for text in [
            "Correct-Horse-1",
            "Sunny-river-42",
            "Abcdefgh-1",
            "Abcdefgh12",
            "Abcdefghi1",
            "Aaaaaaaaa1",
            "Aaaaaaaaa!",
            "correct horse battery staple",
            "password-of-my-cat",
            "",
        ] {
            assert!(!is_common(text), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_not_estimated() {
        assert!(is_common(&"a".repeat(LONGEST)));
        assert!(!is_common(&"a".repeat(LONGEST + 1)));
    }
}
