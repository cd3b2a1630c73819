//! Which passwords each policy takes, and which faults it finds.

use super::*;
use PasswordFault::{
    Common, ContainsIdentity, Malformed, NeedsDigitOrSymbol, NeedsLower, NeedsUpper, TooLong, TooShort,
};

fn faults(text: &str) -> Vec<PasswordFault> {
    PasswordPolicy::default().check(text, None, None).err().unwrap_or_default()
}

fn faults_for(text: &str, email: &str, username: &str) -> Vec<PasswordFault> {
    let (email, username) = (Email::parse(email).unwrap(), Username::parse(username).unwrap());
    PasswordPolicy::default().check(text, Some(&email), Some(&username)).err().unwrap_or_default()
}

#[test]
fn good_passwords_are_taken() {
    for text in
        ["Correct-Horse-1", "Sunny-river-42", "Abcdefgh-1", "Gründlich ja", "Ωμέγα-ωμέγα", "Рябина 7 лет"]
    {
        assert_eq!(faults(text), [], "{text}");
    }
}

#[test]
fn a_password_has_at_least_10_code_points() {
    assert_eq!(faults("Sünny-r42"), [TooShort { min: 10 }]);
    assert_eq!(faults("Sünny-r-42"), []);
}

#[test]
fn length_is_counted_after_normalization() {
    assert_eq!(faults("Su\u{308}nny-r42"), [TooShort { min: 10 }]);
}

#[test]
fn a_password_has_at_most_128_code_points() {
    let of = |length: usize| format!("Ä-{}", "ö".repeat(length - 2));
    assert_eq!(faults(&of(128)), []);
    assert_eq!(faults(&of(129)), [TooLong { max: 128 }]);
}

#[test]
fn more_than_1024_octets_are_not_looked_at() {
    assert_eq!(faults(&"\0".repeat(1025)), [TooLong { max: 128 }]);
    assert_eq!(faults(&"a".repeat(10_000_000)), [TooLong { max: 128 }]);
}

#[test]
fn each_class_of_characters_is_needed() {
    assert_eq!(faults("sunny-river-42"), [NeedsUpper]);
    assert_eq!(faults("SUNNY-RIVER-42"), [NeedsLower]);
    assert_eq!(faults("SunnyRiverBoat"), [NeedsDigitOrSymbol]);
}

#[test]
fn a_digit_or_a_symbol_or_a_space_will_do() {
    for text in ["SunnyRiverBoat7", "SunnyRiver_Boat", "Sunny River Boat", "SunnyRiver🙂Boat"] {
        assert_eq!(faults(text), [], "{text}");
    }
}

#[test]
fn a_commonly_used_password_is_refused() {
    for text in ["Password123!", "Qwerty12345", "Password1234"] {
        assert_eq!(faults(text), [Common], "{text}");
    }
}

#[test]
fn control_and_unseen_characters_are_refused() {
    for text in ["Sunny\0river-42", "Sunny\nriver-42", "Sunny\u{202E}river-42", "Sunny\u{200B}river-42"] {
        assert_eq!(faults(text), [Malformed], "{text:?}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    assert_eq!(faults(""), [TooShort { min: 10 }, NeedsUpper, NeedsLower, NeedsDigitOrSymbol]);
    assert_eq!(faults("a\0"), [TooShort { min: 10 }, NeedsUpper, Malformed]);
    assert_eq!(
        faults_for("alice", "alice@example.org", "alice"),
        [TooShort { min: 10 }, NeedsUpper, NeedsDigitOrSymbol, Common, ContainsIdentity]
    );
}

#[test]
fn the_address_its_local_part_and_the_username_are_refused_in_any_case() {
    let (email, username) = ("Ana.Ruiz@Bücher.example", "anita7");
    for text in
        ["x-ANA.RUIZ@BÜCHER.EXAMPLE", "X-ana.ruiz@xn--bcher-kva.example", "Blue-Ana.Ruiz-9", "Blue-ANITA7-9x"]
    {
        assert_eq!(faults_for(text, email, username), [ContainsIdentity], "{text}");
    }
    assert_eq!(faults_for("Blue-river-42", email, username), []);
}

#[test]
fn a_short_local_part_or_username_may_occur() {
    assert_eq!(faults_for("Banana-river-42", "ana@example.org", "riv"), []);
    assert_eq!(faults_for("Banana-ana@example.org", "ana@example.org", "riv"), [ContainsIdentity]);
}

#[test]
fn length_alone_asks_no_classes_but_the_rest() {
    let policy = PasswordPolicy::length_only();
    let faults = |text: &str| policy.check(text, None, None).err().unwrap_or_default();
    assert_eq!(faults("correct horse battery"), []);
    assert_eq!(faults("correct horse"), [TooShort { min: 15 }]);
    assert_eq!(faults(&"ö-".repeat(65)), [TooLong { max: 128 }]);
    assert_eq!(faults("abcdefghijklmnop"), [Common]);
    assert_eq!(faults("correct\thorse battery"), [Malformed]);
}

#[test]
fn the_sentence_names_the_lengths_and_the_classes() {
    let composition = PasswordPolicy::Composition { min: 12, max: 64 }.sentence();
    assert!(composition.contains("12 to 64") && composition.contains("upper-case"));
    assert!(!PasswordPolicy::length_only().sentence().contains("upper-case"));
}
