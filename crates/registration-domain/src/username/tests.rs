//! Which texts are usernames, and which usernames are one.

use super::*;

/// No letter is assigned beyond.
const LAST_LETTER: char = '\u{3FFFF}';

#[track_caller]
fn refuse(fault: NotAUsername, texts: &[&str]) {
    for text in texts {
        assert_eq!(Username::parse(text), Err(fault), "{text:?}");
    }
}

#[test]
fn ordinary_names_are_usernames() {
    for text in [
        "owner",
        "alice",
        "bob",
        "ana.ruiz2",
        "tom.li",
        "o'brien",
        "x_y-z",
        "zoë",
        "мария",
        "李小龙",
        "たろう",
        "42",
    ] {
        assert_eq!(Username::parse(text).map(|username| username.0), Ok(text.to_owned()));
    }
}

#[test]
fn case_and_width_and_composition_make_no_other_username() {
    for text in ["ZOË", "Zoe\u{308}", "ｚｏë", " zoë "] {
        assert_eq!(Username::parse(text).unwrap().as_str(), "zoë", "{text:?}");
    }
}

#[test]
fn a_dotless_i_makes_another_username() {
    assert_ne!(Username::parse("mıke"), Username::parse("mike"));
}

#[test]
fn a_username_holds_no_at_sign_of_any_width() {
    refuse(NotAUsername::AtSign, &["ana@example.org", "@ana", "ana＠home"]);
}

#[test]
fn a_username_holds_no_spaces_controls_or_unseen_characters() {
    refuse(
        NotAUsername::Malformed,
        &[
            "ana ruiz",
            "ana\0",
            "ana\n",
            "a\u{200B}na",
            "a\u{200D}na",
            "\u{202E}ana",
            "a\u{AD}na",
            "ana\u{3000}b",
            "ana﹫home",
            "💥💥",
        ],
    );
}

#[test]
fn a_username_has_a_letter_or_a_digit() {
    refuse(NotAUsername::Malformed, &["--", "..", "=+"]);
}

#[test]
fn a_username_has_2_to_64_code_points() {
    refuse(NotAUsername::TooShort, &["a", "李"]);
    refuse(NotAUsername::Malformed, &["", "  "]);
    assert!(Username::parse(&"ü".repeat(64)).is_ok());
    refuse(NotAUsername::TooLong, &[&"ü".repeat(65), &"a".repeat(1_000_000)]);
}

#[test]
fn a_username_mixes_no_scripts() {
    // The second letter is Cyrillic, then Greek.
    refuse(NotAUsername::MixedScripts, &["p\u{430}ypal", "\u{3BF}wner"]);
}

#[test]
fn a_username_is_no_web_address() {
    refuse(NotAUsername::Link, &["evil.com", "www.evil", "http://x", "evil.ru/x"]);
}

#[test]
fn a_reserved_name_is_refused_but_where_it_is_borne_already() {
    refuse(
        NotAUsername::Reserved,
        &["admin", "Administrator", "ROOT", "system", "support", "registration", "null", "me"],
    );
    assert_eq!(Username::parse_any("ROOT").unwrap().as_str(), "root");
}

#[test]
fn the_canonical_form_is_its_own_canonical_form() {
    for c in '\0'..=LAST_LETTER {
        if let Ok(username) = Username::parse_any(&format!("a{c}b")) {
            assert_eq!(Username::parse_any(username.as_str()).as_ref(), Ok(&username), "{c:?}");
        }
    }
}

#[test]
fn a_proposal_is_made_of_the_local_part() {
    for (address, proposal) in [
        ("Ana.Ruiz@example.org", Some("ana.ruiz")),
        ("ana+crm@example.org", Some("ana")),
        ("o'brien@example.org", Some("obrien")),
        ("_ana_@example.org", Some("ana")),
        ("a@example.org", Some("a.example")),
        ("admin@acme.example", Some("admin.acme")),
        ("+@example.org", Some("example")),
        ("用户@example.org", Some("用户")),
    ] {
        let email = Email::parse(address).unwrap();
        assert_eq!(Username::suggest_from(&email).as_ref().map(Username::as_str), proposal, "{address}");
    }
}

#[test]
fn each_fault_has_its_code() {
    assert_eq!(NotAUsername::TooLong.code(), "too_long");
    for fault in [
        NotAUsername::TooShort,
        NotAUsername::AtSign,
        NotAUsername::Malformed,
        NotAUsername::MixedScripts,
        NotAUsername::Link,
        NotAUsername::Reserved,
    ] {
        assert_eq!(fault.code(), "invalid_username");
    }
}
