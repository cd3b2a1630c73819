//! By what a name is searched and sorted: steps and stores make it alike, or nothing stored before is found again.
mod gram;

use registration_domain::text::{fold, spellings};

pub use gram::{grams, sought};

/// What is stored beside a name that is searched by any part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameKeys {
    /// What it is sorted by.
    pub sorted: String,
    /// Its spellings, a line each. None holds a line end, so no match reaches over one.
    pub searched: String,
    /// The grams of these, with spaces between.
    pub grams: String,
}

impl NameKeys {
    /// The keys of this name.
    pub fn of(name: &str) -> Self {
        let searched = spellings(name).join("\n");
        Self { sorted: sort_key(name), grams: grams(&searched), searched }
    }
}

/// What a text is sorted by. It is part of an index, whose entries have an end: a name of a hundred signs that
/// each fold to a whole phrase is sorted by its beginning.
pub fn sort_key(text: &str) -> String {
    let mut key = fold(text);
    key.truncate(key.floor_char_boundary(SORT_KEY_OCTETS));
    key
}

/// Enough for two names of a hundred code points each.
const SORT_KEY_OCTETS: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_searched_in_each_spelling_and_sorted_by_one() {
        let keys = NameKeys::of("Mü");
        assert_eq!((keys.sorted.as_str(), keys.searched.as_str()), ("mu", "mu\nmue"));
        assert_eq!(keys.grams, "e m mu mue u ue");
    }

    #[test]
    fn a_sort_key_ends_between_two_signs() {
        assert_eq!(sort_key("Ruiz Ana"), "ruiz ana");
        let long = sort_key(&"\u{FDFA}".repeat(200));
        assert!((990..=1_000).contains(&long.len()), "{}", long.len());
    }
}
