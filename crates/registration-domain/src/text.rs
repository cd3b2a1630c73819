//! What people write is kept readable: no invisible characters, no links, one spelling of each letter.

use unicode_normalization::UnicodeNormalization;

use crate::email::Email;

mod letters;
mod links;

pub(crate) use letters::is_treacherous;
pub(crate) use links::{carries_link, carries_web_address};

/// The key by which text is searched and sorted: blind to case, accents and umlauts.
///
/// Adapters store it beside the text and compare it byte by byte, so that every database finds and
/// sorts alike. It is compatibility-decomposed (Unicode Annex 15, NFKD), rid of diacritics,
/// lower-cased, and composed again; vowel signs and voicing marks of other scripts stay, because
/// there they make another word. Folding a key again changes nothing.
///
/// ```
/// use registration_domain::text::fold;
///
/// assert_eq!(fold("  Łukasz   MÜLLER "), "lukasz muller");
/// assert_eq!(fold("Straße"), fold("STRASSE"));
/// ```
pub fn fold(text: &str) -> String {
    let letters: String =
        text.nfkd().flat_map(char::to_lowercase).nfkd().filter(|c| !letters::is_diacritic(*c)).collect();
    let mut plain = String::with_capacity(letters.len());
    for c in letters.chars() {
        match letters::base(c) {
            Some(base) => plain.push_str(base),
            None => plain.push(c),
        }
    }
    let composed: String = plain.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The keys by which a name is searched: its [`fold`], and where it holds umlauts the fold of how they are spelled
/// without: `Müller` is `muller` and `mueller`.
///
/// A text finds a name where one of its spellings is a part of one of the name's; so somebody without an umlaut
/// on the keyboard finds `Müller`, and `Müller` finds `Mueller` too.
///
/// ```
/// use registration_domain::text::spellings;
///
/// assert_eq!(spellings("Müller & Söhne"), ["muller & sohne", "mueller & soehne"]);
/// assert_eq!(spellings("Acme"), ["acme"]);
/// ```
pub fn spellings(name: &str) -> Vec<String> {
    let composed: String = name.nfc().collect();
    let mut spelled = String::with_capacity(composed.len());
    for c in composed.chars() {
        match letters::spelled_out(c) {
            Some(two) => spelled.push_str(two),
            None => spelled.push(c),
        }
    }
    let mut keys = vec![fold(name), fold(&spelled)];
    keys.dedup();
    keys
}

/// Why a text cannot be taken as a name or a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// Nothing but white space.
    Empty,
    /// More code points than allowed.
    TooLong,
    /// A control, bidirectional, zero-width or otherwise invisible character.
    Invisible,
    /// Something that a mail program would turn into a link.
    Link,
}

/// One line of at most `max` code points: trimmed, inner white space collapsed to single spaces, NFC.
pub(crate) fn line(text: &str, max: usize) -> Result<String, Flaw> {
    if text.chars().any(is_treacherous) {
        return Err(Flaw::Invisible);
    }
    judge(on_one_line(text), max)
}

/// The same, in which mail addresses may stand: they say themselves where they lead.
pub(crate) fn line_with_addresses(text: &str, max: usize) -> Result<String, Flaw> {
    if text.chars().any(is_treacherous) {
        return Err(Flaw::Invisible);
    }
    let line = measured(on_one_line(text), max)?;
    if carries_link(&without_addresses(&line)) { Err(Flaw::Link) } else { Ok(line) }
}

fn on_one_line(text: &str) -> String {
    let composed: String = text.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A word that is a mail address goes, unless a link hides in front of its `@`.
fn without_addresses(line: &str) -> String {
    let ends_word = |c: char| c.is_whitespace() || ",;:()<>".contains(c);
    let is_address = |word: &str| {
        let local = word.split('@').next().unwrap_or_default();
        Email::parse(word).is_ok() && !carries_link(local)
    };
    let words = line.split_inclusive(ends_word).map(|piece| {
        let word = piece.trim_end_matches(ends_word);
        if is_address(word) { piece.strip_prefix(word).unwrap_or_default() } else { piece }
    });
    words.collect()
}

/// Several lines of at most `max` code points in all: trimmed, NFC, line ends as `\n`.
pub(crate) fn paragraphs(text: &str, max: usize) -> Result<String, Flaw> {
    // A browser sends the lines of a text area with CR LF.
    let text = text.replace("\r\n", "\n");
    if text.chars().any(|c| c != '\n' && is_treacherous(c)) {
        return Err(Flaw::Invisible);
    }
    let composed: String = text.nfc().collect();
    judge(composed.trim().to_owned(), max)
}

fn judge(text: String, max: usize) -> Result<String, Flaw> {
    let text = measured(text, max)?;
    if carries_link(&text) { Err(Flaw::Link) } else { Ok(text) }
}

fn measured(text: String, max: usize) -> Result<String, Flaw> {
    if text.is_empty() {
        return Err(Flaw::Empty);
    }
    if text.chars().count() > max { Err(Flaw::TooLong) } else { Ok(text) }
}

/// Whether the text is spelled as Unicode's compatibility composition (NFKC) spells it.
pub(crate) fn is_nfkc(text: &str) -> bool {
    unicode_normalization::is_nfkc(text)
}

/// Without the white space around it; control characters stay, to be refused.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() && !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_its_spaces_are_collapsed() {
        assert_eq!(line("  Ana\u{A0} \u{3000}Ruiz ", 100), Ok("Ana Ruiz".into()));
    }

    #[test]
    fn a_line_is_composed() {
        assert_eq!(line("Zoe\u{308}", 100), Ok("Zo\u{EB}".into()));
    }

    #[test]
    fn a_line_counts_code_points_and_not_bytes() {
        assert_eq!(line(&"ü".repeat(100), 100), Ok("ü".repeat(100)));
        assert_eq!(line(&"ü".repeat(101), 100), Err(Flaw::TooLong));
        assert_eq!(line(&format!(" {} ", "a".repeat(100)), 100), Ok("a".repeat(100)));
    }

    #[test]
    fn a_line_of_white_space_is_empty() {
        assert_eq!(line(" \u{2003} ", 100), Err(Flaw::Empty));
        assert_eq!(line("", 100), Err(Flaw::Empty));
    }

    #[test]
    fn a_line_holds_no_line_end() {
        for text in ["Ana\nRuiz", "Ana\r\nBcc: x", "Ana\n", "Ana\u{2028}Ruiz", "Ana\tRuiz"] {
            assert_eq!(line(text, 100), Err(Flaw::Invisible), "{text:?}");
        }
    }

    #[test]
    fn paragraphs_keep_their_lines_and_nothing_else_that_controls() {
        assert_eq!(paragraphs(" Hi\r\n\r\nthere \n", 100), Ok("Hi\n\nthere".into()));
        for text in ["a\rb", "a\tb", "a\0b", "a\u{202E}b", "a\u{2029}b"] {
            assert_eq!(paragraphs(text, 100), Err(Flaw::Invisible), "{text:?}");
        }
    }

    #[test]
    fn a_fold_is_blind_to_case_accents_and_umlauts() {
        for (one, other) in [
            ("MÜLLER", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("Ørsted", "orsted"),
            ("İstanbul", "istanbul"),
            ("ISTANBUL", "ıstanbul"),
            ("ＡＢＣ", "abc"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσεύς"),
            ("Æsir", "aesir"),
            ("Ёлка", "елка"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn umlauts_are_spelled_in_both_ways() {
        for (name, keys) in [
            ("MU\u{308}LLER", &["muller", "mueller"][..]),
            ("Åland", &["aland", "aaland"]),
            ("Ørsted", &["orsted", "oersted"]),
            ("Straße", &["strasse"]),
            ("Mueller", &["mueller"]),
            ("Zoë", &["zoe"]),
            ("", &[""]),
        ] {
            assert_eq!(spellings(name), keys, "{name}");
        }
    }

    #[test]
    fn a_fold_keeps_marks_that_make_another_word() {
        assert_ne!(fold("が"), fold("か"));
        assert_ne!(fold("कि"), fold("क"));
        assert_eq!(fold("한글"), "한글");
    }

    #[test]
    fn folding_twice_is_folding_once() {
        // No letter is assigned beyond.
        for c in '\0'..='\u{3FFFF}' {
            let once = fold(&format!("a{c}b"));
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }
}
