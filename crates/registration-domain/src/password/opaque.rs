//! A password is the same on every keyboard: the profile `OpaqueString` of PRECIS (RFC 8265, 4.2).

use precis_profiles::OpaqueString;
use precis_profiles::precis_core::profile::Rules;
use precis_profiles::precis_core::{DerivedPropertyValue, FreeformClass, StringClass};
use zeroize::Zeroizing;

/// The text with every space as U+0020 and in NFC, if the profile allows all its characters.
///
/// The registered tables of PRECIS end with Unicode 6.3. Letters, digits and emoji assigned since
/// belong to the free-form class by its derivation (RFC 8264, 8), and are allowed here.
pub(super) fn normalized(text: &str) -> Option<String> {
    let profile = OpaqueString::new();
    let spaced = Zeroizing::new(profile.additional_mapping_rule(text).ok()?.into_owned());
    let composed = profile.normalization_rule(spaced.as_str()).ok()?.into_owned();
    // Composition can make a character that is allowed in some contexts only, such as the middle dot.
    (!composed.is_empty() && is_allowed(text) && is_allowed(&composed)).then_some(composed)
}

fn is_allowed(text: &str) -> bool {
    let class = FreeformClass::default();
    let is_newer = |c: char| {
        let is_emoji = ('\u{1F000}'..='\u{1FAFF}').contains(&c);
        (is_emoji || c.is_alphanumeric()) && class.get_value_from_char(c) == DerivedPropertyValue::Unassigned
    };
    let tabled: Zeroizing<String> = Zeroizing::new(text.chars().filter(|c| !is_newer(*c)).collect());
    class.allows(tabled.as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_compositions_are_one() {
        assert_eq!(normalized("a\u{A0}b\u{3000}c").as_deref(), Some("a b c"));
        assert_eq!(normalized("e\u{301}").as_deref(), Some("\u{E9}"));
    }

    #[test]
    fn case_width_and_outer_spaces_are_kept() {
        assert_eq!(normalized(" Ａb ").as_deref(), Some(" Ａb "));
    }

    #[test]
    fn emoji_of_every_age_are_allowed() {
        for text in ["🐒", "🙂", "🫠"] {
            assert_eq!(normalized(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn controls_and_unseen_characters_and_nothing_at_all_are_not() {
        for text in ["", "\0", "a\nb", "\u{202E}", "\u{200B}", "\u{FEFF}", "\u{E000}", "\u{1FFFE}"] {
            assert_eq!(normalized(text), None, "{text:?}");
        }
    }

    #[test]
    fn normalizing_twice_is_normalizing_once() {
        // No letter is assigned beyond.
        for c in '\0'..='\u{3FFFF}' {
            if let Some(once) = normalized(&format!("a{c}\u{301}")) {
                assert_eq!(normalized(&once).as_ref(), Some(&once), "{c:?}");
            }
        }
    }
}
