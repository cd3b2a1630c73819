//! What a mail must have to be read by everybody, checked as it is.
use std::collections::BTreeSet;

use crate::mailbox::KeptLetter;

/// Some mail programs cut longer ones off.
const LARGEST: usize = 102 * 1_024;
/// WCAG 2.2, 1.4.3.
const ENOUGH: f64 = 4.5;
const HEADERS: [&str; 7] =
    ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"];

/// A question, and whether the mail passes; beside a no, what is wrong.
pub(super) struct Check {
    /// The key of its phrase.
    pub(super) key: &'static str,
    pub(super) passes: bool,
    pub(super) found: String,
}

/// All of them, in order.
pub(super) fn all(letter: &KeptLetter) -> Vec<Check> {
    let (text, html) = (links(&letter.text), hrefs(&letter.html));
    let differ: Vec<_> = text.symmetric_difference(&html).cloned().collect();
    let has = |name: &&str| letter.headers.iter().any(|(it, _)| it.eq_ignore_ascii_case(name));
    let missing: Vec<_> = HEADERS.into_iter().filter(|it| !has(it)).collect();
    let (pairs, faint) = contrasts(&letter.html);
    vec![
        check("check-text", !letter.text.trim().is_empty(), String::new()),
        check("check-links", differ.is_empty(), differ.join(" ")),
        check("check-size", letter.octets < LARGEST, format!("{} KB", letter.octets.div_ceil(1_024))),
        check("check-headers", missing.is_empty(), missing.join(", ")),
        check("check-contrast", pairs > 0 && faint.is_empty(), faint.join(", ")),
    ]
}

fn check(key: &'static str, passes: bool, found: String) -> Check {
    Check { key, passes, found }
}

/// Every web address in a text.
fn links(text: &str) -> BTreeSet<String> {
    let words = text.split(|it: char| it.is_whitespace() || matches!(it, '<' | '>' | '"' | '(' | ')'));
    let is_link = |it: &&str| it.starts_with("https://") || it.starts_with("http://");
    words.filter(is_link).map(|it| it.trim_end_matches(['.', ',', ';', ':']).to_owned()).collect()
}

fn hrefs(html: &str) -> BTreeSet<String> {
    let found = html.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
    found
        .filter(|it| it.starts_with("http"))
        .map(|it| it.replace("&amp;", "&").replace("&#38;", "&"))
        .collect()
}

/// How many pairs of colours the mail sets together, and those of them that are too much alike.
fn contrasts(html: &str) -> (usize, Vec<String>) {
    let in_rules = html.split('{').skip(1).filter_map(|it| it.split('}').next());
    let in_styles = html.split("style=\"").skip(1).filter_map(|it| it.split('"').next());
    let (mut pairs, mut faint) = (0, Vec::new());
    for declarations in in_rules.chain(in_styles) {
        let value = |names: &[&str]| {
            declarations.split(';').filter_map(|it| it.split_once(':')).find_map(|(name, value)| {
                names.contains(&name.trim()).then(|| colour(value.trim())).flatten()
            })
        };
        if let (Some(ink), Some(ground)) = (value(&["color"]), value(&["background", "background-color"])) {
            pairs += 1;
            let contrast = contrast(ink, ground);
            if contrast < ENOUGH {
                faint.push(format!("{contrast:.1}:1"));
            }
        }
    }
    (pairs, faint)
}

/// `#1c1b19`, or short.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.split_whitespace().next()?.strip_prefix('#')?;
    let long = match digits.len() {
        3 => digits.chars().flat_map(|it| [it, it]).collect(),
        6 => digits.to_owned(),
        _ => return None,
    };
    let part = |at: usize| u8::from_str_radix(long.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// WCAG 2.2, contrast ratio.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|it| {
        let part = f64::from(it) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126f64.mul_add(red, 0.7152f64.mul_add(green, 0.0722 * blue))
}

#[cfg(test)]
mod tests {
    use registration_domain::time::Timestamp;

    use super::*;
    use crate::mailbox::KeptMail;

    fn letter() -> KeptLetter {
        KeptLetter {
            mail: KeptMail {
                id: "m1".into(),
                to: "ana@x.example".into(),
                subject: "x".into(),
                kind: "invitation".into(),
                at: Timestamp::from_micros(0),
                link: None,
                code: None,
            },
            headers: HEADERS.map(|it| (it.to_owned(), "x".to_owned())).into(),
            text: "See it: https://x.example/i/T?a=1&b=2.".into(),
            html: "<style>a { color: #fff; background: #0f5c57 }</style><a href=\"https://x.example/i/T?a=1&amp;b=2\">x</a>".into(),
            octets: 4_000,
        }
    }
    fn failing(letter: &KeptLetter) -> Vec<&'static str> {
        all(letter).into_iter().filter(|it| !it.passes).map(|it| it.key).collect()
    }

    #[test]
    fn a_sound_mail_passes() {
        assert_eq!(failing(&letter()), Vec::<&str>::new());
    }

    #[test]
    fn each_fault_fails_its_own_check() {
        let bare = KeptLetter { text: " ".into(), ..letter() };
        assert_eq!(failing(&bare), ["check-text", "check-links"]);
        let other = KeptLetter { text: "https://x.example/i/U".into(), ..letter() };
        assert_eq!(failing(&other), ["check-links"]);
        assert_eq!(failing(&KeptLetter { octets: LARGEST, ..letter() }), ["check-size"]);
        let mut headless = letter();
        headless.headers.retain(|(name, _)| name != "Auto-Submitted");
        assert_eq!(failing(&headless), ["check-headers"]);
        let faint = KeptLetter { html: letter().html.replace("#0f5c57", "#ccc"), ..letter() };
        assert_eq!(failing(&faint), ["check-contrast"]);
    }

    #[test]
    fn contrast_is_as_the_standard_computes_it() {
        assert!((contrast([255; 3], [0; 3]) - 21.0).abs() < 0.001);
        assert!((contrast([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
        assert_eq!(colour("#0f5"), Some([0, 255, 85]));
        assert_eq!(colour("red"), None);
    }
}
