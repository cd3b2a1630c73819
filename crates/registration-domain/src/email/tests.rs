//! Which texts are addresses, and which addresses are one mailbox.

use super::*;

/// No letter is assigned beyond.
const LAST_LETTER: char = '\u{3FFFF}';

fn canonical(text: &str) -> String {
    Email::parse(text).unwrap_or_else(|fault| panic!("{text:?}: {fault}")).canonical().to_owned()
}

#[track_caller]
fn refuse(texts: &[&str]) {
    for text in texts {
        assert_eq!(Email::parse(text), Err(NotAnEmail::Malformed), "{text:?}");
    }
}

#[test]
fn the_address_is_kept_as_given_without_white_space_around_it() {
    let email = Email::parse("\u{A0} Ana.Ruiz+x@Example.ORG ").unwrap();
    assert_eq!(email.as_str(), "Ana.Ruiz+x@Example.ORG");
    assert_eq!(email.to_string(), "Ana.Ruiz+x@Example.ORG");
    assert_eq!((email.local(), email.domain()), ("Ana.Ruiz+x", "example.org"));
}

#[test]
fn case_makes_no_other_mailbox() {
    assert_eq!(canonical("ANA@EXAMPLE.ORG"), "ana@example.org");
    assert_eq!(canonical("ana@BÜCHER.example"), canonical("ana@bücher.EXAMPLE"));
}

#[test]
fn dots_and_plus_signs_make_another_mailbox() {
    let ana = Email::parse("anaruiz@example.org").unwrap();
    for other in ["ana.ruiz@example.org", "anaruiz+x@example.org"] {
        assert!(!ana.is_same_mailbox(&Email::parse(other).unwrap()), "{other}");
    }
}

#[test]
fn the_local_part_is_folded_in_ascii_only() {
    assert_eq!(canonical("MÜLLER@example.org"), "mÜller@example.org");
    assert_ne!(canonical("mıke@example.org"), canonical("mike@example.org"));
    assert_ne!(canonical("straße@example.org"), canonical("strasse@example.org"));
}

#[test]
fn the_domain_is_mapped_without_transition() {
    assert_eq!(Email::parse("a@faß.de").unwrap().domain(), "xn--fa-hia.de");
    assert_eq!(Email::parse("a@XN--BCHER-KVA.example").unwrap().domain(), "xn--bcher-kva.example");
    assert_eq!(Email::parse("a@ｅxample.org").unwrap().domain(), "example.org");
    assert_eq!(Email::parse("a@example。org").unwrap().domain(), "example.org");
}

#[test]
fn a_dotless_i_makes_another_domain() {
    assert_ne!(canonical("a@gıthub.com"), canonical("a@github.com"));
}

#[test]
fn an_encoded_label_that_encodes_nothing_is_refused() {
    refuse(&[
        "a@xn--example-.org",
        "a@xn--.org",
        "a@xn--a.xn--",
        "a@xn--ASCII-.example",
        "a@xn--999999b.org",
    ]);
}

#[test]
fn the_canonical_form_is_its_own_canonical_form() {
    for text in [
        "Ana@Example.org",
        "Ünï@BÜCHER.example",
        "a@faß.de",
        "a@ΟΔΥΣΣΕΥΣ.gr",
        "a@İstanbul.example",
        "a@ｅxample。org",
        "用户@例え.テスト",
    ] {
        let once = canonical(text);
        assert_eq!(canonical(&once), once);
    }
}

#[test]
fn every_character_leads_to_a_refusal_or_to_a_stable_form() {
    for c in '\0'..=LAST_LETTER {
        for text in [format!("a{c}b@example.org"), format!("a@b{c}d.example")] {
            if let Ok(email) = Email::parse(&text) {
                let again = Email::parse(email.canonical()).map(|email| email.canonical);
                assert_eq!(again.as_deref(), Ok(email.canonical()), "{text:?}");
            }
        }
    }
}

#[test]
fn the_envelope_keeps_the_local_part_and_encodes_the_domain() {
    assert_eq!(Email::parse("Zoë@Bücher.example").unwrap().envelope(), "Zoë@xn--bcher-kva.example");
}

#[test]
fn there_is_exactly_one_at_sign() {
    refuse(&[
        "",
        " ",
        "ana",
        "@",
        "ana@",
        "@example.org",
        "a@b@example.org",
        "a@example.org@",
        "ana＠example.org",
    ]);
    refuse(&["ana＠evil.com@example.org", "a@b@@example.org"]);
}

#[test]
fn quotes_comments_literals_and_encoded_words_are_refused() {
    refuse(&[
        "\"ana\"@example.org",
        "\"a@b\"@example.org",
        "ana(x)@example.org",
        "ana@(x)example.org",
        "Ana <ana@example.org>",
        "ana@[192.0.2.7]",
        "ana@[IPv6:2001:db8::1]",
        "ana@192.0.2.7",
        "ana@2130706433",
        "ana@0x7f.1",
        "=?utf-8?q?ana?=@example.org",
        "ana\\b@example.org",
        "a,b@example.org",
        "a;b@example.org",
        "a:b@example.org",
        "ana ruiz@example.org",
        "ana@exa mple.org",
    ]);
}

#[test]
fn controls_and_unseen_characters_are_refused() {
    for c in [
        '\0', '\n', '\r', '\t', '\u{7F}', '\u{AD}', '\u{200B}', '\u{200D}', '\u{202E}', '\u{2066}',
        '\u{FEFF}',
    ] {
        let inside_local = format!("a{c}b@example.org");
        let inside_domain = format!("ab@exa{c}mple.org");
        let behind = format!("ab@example.org{c}");
        refuse(&[&inside_local, &inside_domain, &behind]);
    }
    refuse(&["ana@example.org\r\nBcc: x@example.org"]);
}

#[test]
fn dots_stand_between_atoms_only() {
    refuse(&[".ana@example.org", "ana.@example.org", "a..b@example.org"]);
    refuse(&["ana@.example.org", "ana@example..org", "ana@example.org.", "ana@."]);
}

#[test]
fn a_domain_has_two_labels_of_letters_digits_and_inner_hyphens() {
    refuse(&["ana@localhost", "ana@org", "ana@exa_mple.org", "ana@-example.org", "ana@example-.org"]);
    refuse(&["ana@example.o2g", "ana@example.123", "ana@exa/mple.org", "ana@ab--cd.org"]);
    assert!(Email::parse("ana@my-host.3com.example").is_ok());
}

#[test]
fn a_local_part_beyond_ascii_is_composed() {
    assert!(Email::parse("zoë@example.org").is_ok());
    assert!(Email::parse("用户@example.org").is_ok());
    refuse(&["zoe\u{308}@example.org", "ａｎａ@example.org", "\u{212A}im@example.org"]);
}

#[test]
fn the_local_part_has_at_most_64_octets() {
    assert!(Email::parse(&format!("{}@example.org", "a".repeat(64))).is_ok());
    assert_eq!(Email::parse(&format!("{}@example.org", "a".repeat(65))), Err(NotAnEmail::TooLong));
    assert_eq!(Email::parse(&format!("{}@example.org", "ü".repeat(33))), Err(NotAnEmail::TooLong));
}

#[test]
fn the_address_has_at_most_254_octets() {
    let labels = format!("{0}.{0}.{0}", "d".repeat(59));
    let of =
        |length: usize| format!("{}@{labels}.{}.org", "l".repeat(64), "e".repeat(length - 64 - 1 - 179 - 5));
    assert_eq!(of(254).len(), 254);
    assert!(Email::parse(&of(254)).is_ok());
    assert_eq!(Email::parse(&of(255)), Err(NotAnEmail::TooLong));
    assert_eq!(Email::parse(&"a".repeat(1_000_000)), Err(NotAnEmail::TooLong));
}

#[test]
fn a_domain_that_grows_too_long_when_encoded_is_refused() {
    let domain = format!("{0}.{0}.{0}.{0}.{0}.{0}.org", "ü".repeat(19));
    let typed = format!("{}@{domain}", "a".repeat(10));
    assert!(typed.len() <= 254);
    let encoded = Email::parse(&typed).map(|email| email.canonical().len());
    assert!(encoded.is_err() || encoded.is_ok_and(|octets| octets <= 254));
}

#[test]
fn each_fault_has_its_code() {
    assert_eq!(NotAnEmail::Malformed.code(), "invalid_email");
    assert_eq!(NotAnEmail::TooLong.code(), "too_long");
}
