//! Values that lie in a column as a word or a number.
use std::collections::BTreeSet;

use registration_domain::{
    access::{Access, RoleKey},
    email::Email,
    note::Note,
    permission::Permission,
    text::fold,
    time::Timestamp,
};

/// Stands for "never", so that it sorts as the earliest of times without a NULL, which databases sort
/// differently.
pub(crate) const NEVER: i64 = i64::MIN;

pub(crate) fn moment(micros: i64) -> Option<Timestamp> {
    (micros != NEVER).then(|| Timestamp::from_micros(micros))
}

/// Texts that are searched together. No folded text holds a line end, so no match reaches over one.
pub(crate) fn search_key<const N: usize>(texts: [&str; N]) -> String {
    let mut folded = texts.map(fold).to_vec();
    folded.dedup();
    folded.join("\n")
}

/// Text of which PostgreSQL takes every character but one.
pub(crate) fn storable(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

/// Whether any column can hold this text.
pub(crate) fn holds(text: &str) -> bool {
    !text.contains('\0')
}

/// The address and the form in which it is found: both are stored, and must belong together.
pub(super) fn email(address: &str, key: &str) -> Option<Email> {
    Email::parse(address).ok().filter(|it| it.canonical() == key)
}

/// An empty note is no note, and is never stored.
pub(super) fn note(text: Option<String>) -> Result<Option<Note>, ()> {
    match text.as_deref().map(Note::parse) {
        None => Ok(None),
        Some(Ok(Some(note))) => Ok(Some(note)),
        Some(Ok(None) | Err(_)) => Err(()),
    }
}

pub(super) fn note_text(note: Option<Note>) -> Option<String> {
    note.map(|it| it.as_str().to_owned())
}

pub(crate) fn access_text(access: &Access) -> String {
    match access {
        Access::Owner => "owner".to_owned(),
        Access::All => "all".to_owned(),
        Access::Role(role) => format!("role:{role}"),
        Access::Chosen(chosen) => {
            format!("chosen:{}", chosen.iter().map(Permission::key).collect::<Vec<_>>().join(","))
        }
    }
}

pub(crate) fn access(text: &str) -> Option<Access> {
    match text.split_once(':') {
        None if text == "owner" => Some(Access::Owner),
        None if text == "all" => Some(Access::All),
        Some(("role", role)) => RoleKey::parse(role).ok().map(Access::Role),
        Some(("chosen", "")) => Some(Access::Chosen(BTreeSet::new())),
        Some(("chosen", keys)) => {
            keys.split(',').map(|it| Permission::parse(it).ok()).collect::<Option<_>>().map(Access::Chosen)
        }
        None | Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_access_comes_back_as_it_was() {
        let chosen = |it: &[Permission]| Access::Chosen(it.iter().cloned().collect());
        let role = Access::Role(RoleKey::parse("head_buyer").unwrap());
        for it in [Access::Owner, Access::All, role, chosen(&[]), chosen(Permission::BUILT_IN)] {
            assert_eq!(access(&access_text(&it)), Some(it));
        }
    }

    #[test]
    fn any_other_word_is_no_access() {
        for it in
            ["", "Owner", "owner:", "role:", "role", "chosen", "chosen:a", "chosen:members.view,", "all "]
        {
            assert_eq!(access(it), None, "{it:?}");
        }
    }

    #[test]
    fn an_address_and_its_key_belong_together() {
        assert!(email("Ana@Example.org", "ana@example.org").is_some());
        assert!(email("Ana@Example.org", "Ana@example.org").is_none());
    }

    #[test]
    fn no_match_reaches_from_one_text_into_the_next() {
        assert_eq!(search_key(["Ana  RUIZ", "ana", "ANA"]), "ana ruiz\nana");
    }
}
