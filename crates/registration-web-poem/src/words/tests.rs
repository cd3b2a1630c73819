//! Every language says the same, and says it well.
use std::collections::BTreeSet;

use registration_domain::time::Timestamp;

use super::*;

#[test]
fn every_catalogue_is_well_formed_and_says_nothing_twice() {
    for (language, sources) in [("en", ENGLISH), ("de", GERMAN)] {
        let mut seen = BTreeSet::new();
        for source in sources {
            assert!(FluentResource::try_new((*source).to_owned()).is_ok(), "{language}");
            for key in keys(source) {
                assert!(seen.insert(key.to_owned()), "{language} says {key} twice");
            }
        }
    }
}

#[test]
fn every_language_says_the_same_with_the_same_values() {
    for (english, german) in ENGLISH.iter().zip(GERMAN) {
        assert_eq!(keys(english), keys(german));
        for key in keys(english) {
            assert_eq!(values(english, key), values(german, key), "{key}");
        }
    }
}

#[test]
fn the_language_that_weighs_most_is_spoken() {
    let spoken = |wishes| Words::wished(wishes).map(Words::tag);
    assert_eq!(spoken("fr;q=0.9, de-CH;q=0.8, en;q=0.7"), Some("de"));
    assert_eq!(spoken("en;q=0.1,de"), Some("de"));
    assert_eq!(spoken("de;q=0.5,en;q=0.50,fr"), Some("de"));
    assert_eq!(spoken("fr"), None);
    assert_eq!(spoken(""), None);
}

#[test]
fn numbers_choose_their_form_and_dates_their_order() {
    let [english, german] = [Words::wished("en").unwrap(), Words::wished("de").unwrap()];
    let at = Timestamp::from_micros(1_796_054_400_000_000);
    assert_eq!(english.moment(at).to_string(), "30 November 2026, 16:00 UTC");
    assert_eq!(german.moment(at).day(), "30. November 2026");
    assert_eq!(english.say("access-count").count("count", 1).to_string(), "1 permission");
    assert_eq!(german.say("access-count").count("count", 3).to_string(), "3 Berechtigungen");
}

#[test]
fn values_are_escaped_and_keep_their_direction() {
    let phrase = Words::default().say("notice-left").with("organization", "<b>\"A&B\"</b>");
    let safe = "You have left <strong><bdi>&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;</bdi></strong>.";
    assert_eq!(phrase.html().0, safe);
}

fn keys(source: &str) -> BTreeSet<&str> {
    source
        .lines()
        .filter(|it| it.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|it| it.split_once(" = "))
        .map(|(key, _)| key)
        .collect()
}

fn values<'a>(source: &'a str, key: &str) -> BTreeSet<&'a str> {
    let at = source.find(&format!("\n{key} = ")).unwrap_or_default() + 1;
    let mut message = String::new();
    let mut found = BTreeSet::new();
    for (index, line) in source[at..].lines().enumerate() {
        if index > 0 && !line.starts_with([' ', '}']) {
            break;
        }
        message.push_str(line);
        found.extend(line.split('$').skip(1).filter_map(|it| it.split([' ', '}']).next()));
    }
    found
}
