//! Values are told in the words that people know.

use std::collections::BTreeSet;

use registration_domain::{
    access::{Access, RoleKey},
    catalogue::{Catalogue, Role},
    permission::Permission,
    session::Origin,
    time::Timestamp,
};

use super::words::{access, cleaned, device, moment, origin};

fn catalogue() -> Catalogue {
    let buyer = Role {
        key: RoleKey::parse("buyer").unwrap(),
        label: "Head buyer".into(),
        description: "Buys.".into(),
        permissions: BTreeSet::from([Permission::PARTNERS_VIEW]),
    };
    Catalogue::with(Vec::new(), vec![buyer]).unwrap()
}

#[test]
fn access_is_told_by_the_names_that_people_know() {
    let role = |key| Access::Role(RoleKey::parse(key).unwrap());
    let chosen =
        |keys: &[&str]| Access::Chosen(keys.iter().map(|it| Permission::parse(it).unwrap()).collect());
    for (given, words) in [
        (Access::Owner, "Owner"),
        (Access::All, "All permissions"),
        (role("buyer"), "Head buyer"),
        (role("gone"), "gone"),
        (chosen(&["members.view", "audit.view"]), "See the audit log, See members"),
        (chosen(&["wine.taste"]), "wine.taste"),
        (chosen(&[]), "No permissions"),
    ] {
        assert_eq!(access(&given, &catalogue()), words);
    }
}

#[test]
fn moments_have_a_zone_and_no_seconds() {
    assert_eq!(moment(Timestamp::from_micros(1_795_363_259_123_456)), "22 November 2026, 16:00 UTC");
    assert_eq!(moment(Timestamp::from_micros(0)), "1 January 1970, 00:00 UTC");
    assert_eq!(moment(Timestamp::from_micros(i64::MAX)), "1 January 1970, 00:00 UTC", "beyond the calendar");
}

#[test]
fn what_was_not_parsed_is_made_harmless() {
    assert_eq!(cleaned("a\r\nBcc: b\0\u{202E}c\u{200B}", 100), "a Bcc: b c");
    assert_eq!(cleaned("Mozilla (+http://evil.example) ok WWW.evil", 100), "Mozilla ok");
    assert_eq!(cleaned("ééééé", 3), "ééé");
    assert_eq!((device(None), device(Some(" \n"))), ("unknown".into(), "unknown".into()));
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    assert_eq!(device(Some(firefox)), "Firefox 145 on Linux");
    assert_eq!(origin(&Origin(Some("2001:db8::7".into()))), "2001:db8::7");
    assert_eq!(origin(&Origin(None)), "unknown");
}
