//! Which characters deceive the eye, which are mere diacritics, and which have a plainer base.

/// Whether a character is unseen, or makes others be seen differently: it can hide or disguise text.
///
/// Controls, the bidirectional controls of Unicode Annex 9, zero-width and blank characters, tags,
/// line and paragraph separators, and code points that never stand for a character.
pub(crate) fn is_treacherous(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || is_unseen(c) || is_noncharacter(c)
}

fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'                       // soft hyphen
        | '\u{34F}'                    // combining grapheme joiner
        | '\u{115F}' | '\u{1160}'      // Hangul fillers
        | '\u{3164}' | '\u{FFA0}'
        | '\u{17B4}' | '\u{17B5}'      // Khmer inherent vowels
        | '\u{180B}'..='\u{180F}'      // Mongolian selectors
        | '\u{200B}'..='\u{200D}'      // zero-width space, non-joiner, joiner
        | '\u{2028}' | '\u{2029}'      // line and paragraph separator
        | '\u{2060}'..='\u{2065}'      // word joiner, invisible operators
        | '\u{206A}'..='\u{206F}'      // deprecated format characters
        | '\u{2800}'                   // blank Braille pattern
        | '\u{FEFF}'                   // byte order mark
        | '\u{FFF0}'..='\u{FFFB}'      // interlinear annotation
        | '\u{1BCA0}'..='\u{1BCA3}'    // shorthand format controls
        | '\u{1D173}'..='\u{1D17A}'    // musical format controls
        | '\u{E0000}'..='\u{E0FFF}'    // tags and supplementary selectors
    )
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// Whether a decomposed character only decorates a letter of the Latin, Greek or Cyrillic scripts.
pub(super) fn is_diacritic(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}'
        | '\u{483}'..='\u{487}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{FE20}'..='\u{FE2F}'
    )
}

/// The plain letters for a lower-case letter that Unicode does not decompose, such as `ø`.
pub(super) fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ð' | 'đ' => "d",
        'ø' => "o",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ı' => "i",
        'ς' => "σ",
        _ => return None,
    })
}

/// How the letters of German and the Scandinavian languages are spelled where there are no such keys.
pub(super) fn spelled_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
        'ü' | 'Ü' => "ue",
        'å' | 'Å' => "aa",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_characters_are_treacherous() {
        for c in [
            '\0',
            '\u{7F}',
            '\u{85}',
            '\u{AD}',
            '\u{61C}',
            '\u{200B}',
            '\u{200D}',
            '\u{200F}',
            '\u{202E}',
            '\u{2028}',
            '\u{2066}',
            '\u{2069}',
            '\u{3164}',
            '\u{FEFF}',
            '\u{FDD0}',
            '\u{FFFE}',
            '\u{E0041}',
            '\u{10FFFF}',
        ] {
            assert!(is_treacherous(c), "{c:?}");
        }
    }

    #[test]
    fn letters_of_every_script_and_emoji_are_not() {
        for c in "Añßøłж中あ한अ ि ع 🙂'’-–.,".chars() {
            assert!(!is_treacherous(c), "{c:?}");
        }
    }
}
