//! Addresses as people paste them: with any separators, with names before them, and some of them twice.
use std::collections::BTreeSet;

use registration_domain::email::Email;

/// What somebody pasted, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    /// Each address once.
    pub(crate) sound: Vec<Email>,
    /// What is no address, as it was written.
    pub(crate) unsound: Vec<String>,
}

impl Addresses {
    /// Separated by commas, semicolons, spaces or lines; `Ana Ruiz <ana@acme.example>` is one.
    pub(crate) fn read(text: &str) -> Self {
        let mut found = Self::default();
        let mut seen = BTreeSet::new();
        for part in parts(text) {
            match Email::parse(&part) {
                Ok(email) if seen.insert(email.canonical().to_owned()) => found.sound.push(email),
                Ok(_) => {}
                Err(_) => found.unsound.push(part),
            }
        }
        found
    }
}

/// What stands between separators. Beside an address in angle brackets, words without an @ are a name.
fn parts(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut quoted = false;
    let is_separator = |c: char| {
        if c == '"' {
            quoted = !quoted;
        }
        !quoted && matches!(c, ',' | ';' | '\n')
    };
    for piece in text.split(is_separator) {
        let named = piece.contains('<');
        for (index, between) in piece.split(['<', '>']).enumerate() {
            let words = between.split_whitespace().filter(|it| index % 2 == 1 || !named || it.contains('@'));
            parts.extend(words.map(str::to_owned));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_paste_addresses_is_understood() {
        check(
            "a@x.example b@x.example,c@x.example;d@x.example\ne@x.example",
            &["a@x.example", "b@x.example", "c@x.example", "d@x.example", "e@x.example"],
            &[],
        );
        check("Ana Ruiz <a@x.example>, \"Weiss, Dana\" <d@x.example>", &["a@x.example", "d@x.example"], &[]);
        check(
            "A <a@x.example> B <b@x.example> c@x.example",
            &["a@x.example", "b@x.example", "c@x.example"],
            &[],
        );
        check("a@x.example A@X.EXAMPLE, a@x.example", &["a@x.example"], &[]);
        check("dana@ , a@x.example; nobody", &["a@x.example"], &["dana@", "nobody"]);
        check(" ,;\r\n ", &[], &[]);
    }

    fn check(text: &str, sound: &[&str], unsound: &[&str]) {
        let found = Addresses::read(text);
        assert_eq!(found.sound.iter().map(Email::as_str).collect::<Vec<_>>(), sound, "{text}");
        assert_eq!(found.unsound, unsound, "{text}");
    }
}
