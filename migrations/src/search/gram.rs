//! A text is found by its grams: the runs of one, two and three letters in it.
//!
//! They are made here, and so alike for both databases and for every script, and each is one word to a database
//! that indexes words: between letters, digits and everything beyond ASCII no database sees a border. What has
//! all grams of another text may hold it, and what lacks one does not.
use std::collections::BTreeSet;

/// How many grams of a text that is sought are asked for: what has these is looked at anyway.
const ASKED: usize = 24;

/// Every gram of these lines, with spaces between.
pub fn grams(lines: &str) -> String {
    let mut grams = BTreeSet::new();
    for line in lines.lines() {
        let letters = letters(line);
        grams.extend((1..=3).flat_map(|length| letters.windows(length)).map(String::from_iter));
    }
    Vec::from_iter(grams).join(" ")
}

/// The grams that every text has of which this one is a part: the longest there are. Nothing of an empty text.
pub fn sought(part: &str) -> Vec<String> {
    let letters = letters(part);
    let mut grams = Vec::new();
    for gram in letters.windows(letters.len().clamp(1, 3)).map(String::from_iter) {
        if !grams.contains(&gram) {
            grams.push(gram);
        }
        if grams.len() == ASKED {
            break;
        }
    }
    grams
}

/// What would end a word stands for itself in the private use area.
fn letters(text: &str) -> Vec<char> {
    let stands = |c: char| {
        let ends_word = c.is_ascii() && !c.is_ascii_alphanumeric();
        if ends_word { char::from_u32(0xE000 + u32::from(c)).unwrap_or(c) } else { c }
    };
    text.chars().map(stands).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_each_gram_of_each_line_once() {
        assert_eq!(grams("abab"), "a ab aba b ba bab");
        assert_eq!(grams("ab\nc"), "a ab b c");
        assert_eq!(grams("山田"), "山 山田 田");
        assert_eq!(grams(""), "");
    }

    #[test]
    fn no_gram_holds_what_would_end_a_word() {
        let all = grams("a \"&'()*+,-./:;<=>?@[\\]^_{|}~\0\u{1}b");
        assert!(all.split(' ').all(|gram| (1..=3).contains(&gram.chars().count())), "{all}");
        assert!(!all.contains(|c: char| c.is_ascii() && c != ' ' && !c.is_ascii_alphanumeric()), "{all}");
    }

    #[test]
    fn what_holds_a_text_has_all_of_its_grams() {
        let text = "müller & söhne 🙂 101";
        let has = grams(text);
        let has = has.split(' ').collect::<BTreeSet<_>>();
        let letters = text.chars().collect::<Vec<_>>();
        for from in 0..letters.len() {
            for to in from + 1..=letters.len() {
                let part = String::from_iter(&letters[from..to]);
                let asked = sought(&part);
                assert!(!asked.is_empty() && asked.iter().all(|it| has.contains(it.as_str())), "{part:?}");
            }
        }
        assert_eq!(sought(""), [""; 0]);
    }

    #[test]
    fn the_longest_grams_are_asked_for_and_not_all_of_a_novel() {
        assert_eq!(sought("a"), ["a"]);
        assert_eq!(sought("ab"), ["ab"]);
        assert_eq!(sought("abcde"), ["abc", "bcd", "cde"]);
        let novel = ('a'..='z').chain('а'..='я').collect::<String>();
        assert_eq!(sought(&novel).len(), ASKED);
    }
}
