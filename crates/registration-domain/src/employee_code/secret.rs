//! Twelve signs that nobody mistakes for another: 60 bits, in one spelling, however they are typed.
use crate::{receipt::Digest, secret::Secret};

/// Without I, L and O, which are read as 1, 1 and 0, and without U.
const ALPHABET: [char; 32] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'M',
    'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Y', 'Z',
];
const SIGNS: usize = 12;
const GROUP: usize = 4;
const BITS: u32 = 5;

/// The secret of an employee code.
///
/// ```
/// use registration_domain::employee_code::CodeSecret;
///
/// let typed = CodeSecret::read(" 7q4k m2xp-9dta").ok_or("no code")?;
/// assert_eq!(typed.shown().expose(), "7Q4K-M2XP-9DTA");
/// assert_eq!(CodeSecret::read("OIL0-1110-0000"), CodeSecret::read("0110-1110-0000"));
/// assert_eq!(CodeSecret::read("7Q4K-M2XP"), None);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSecret(Secret);

impl CodeSecret {
    /// From the first 60 bits of a keyed digest that nobody else can make.
    pub fn derived(from: Digest) -> Self {
        let mut bits = from.0.iter().take(8).fold(0_u64, |bits, byte| (bits << 8) | u64::from(*byte));
        let mut text = String::with_capacity(SIGNS);
        for _ in 0..SIGNS {
            bits = bits.rotate_left(BITS);
            text.extend(usize::try_from(bits & 31).ok().and_then(|it| ALPHABET.get(it)));
        }
        Self(Secret::new(text))
    }
    /// What somebody typed: capitals, spaces and dashes do not matter. Nothing for what no code can be.
    pub fn read(typed: &str) -> Option<Self> {
        let signs = typed.chars().filter(|it| !it.is_whitespace() && !is_dash(*it)).take(SIGNS + 1);
        let text = signs.map(sign).collect::<Option<String>>()?;
        (text.len() == SIGNS).then(|| Self(Secret::new(text)))
    }
    /// As it is printed and read aloud: `7Q4K-M2XP-9DTA`.
    pub fn shown(&self) -> Secret {
        let signs = self.0.expose().chars().enumerate();
        let dashed = signs.flat_map(|(place, sign)| {
            let dash = (place > 0 && place % GROUP == 0).then_some('-');
            dash.into_iter().chain([sign])
        });
        Secret::new(dashed.collect::<String>())
    }
    /// In its one spelling, of which the digest is made.
    pub fn canonical(&self) -> &str {
        self.0.expose()
    }
}

/// Every dash that a keyboard or a word processor makes of one.
fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00AD}' | '_')
}

fn sign(typed: char) -> Option<char> {
    match typed.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' | 'L' => Some('1'),
        other => ALPHABET.contains(&other).then_some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        CodeSecret::read(text).map(|it| it.shown().expose().to_owned())
    }

    #[test]
    fn capitals_spaces_and_dashes_do_not_matter() {
        for text in
            ["7Q4K-M2XP-9DTA", "7q4km2xp9dta", " 7q4K m2xp\t9d\u{2013}ta ", "7Q4K\u{2011}M2XP\u{2212}9DTA"]
        {
            assert_eq!(read(text).as_deref(), Some("7Q4K-M2XP-9DTA"), "{text:?}");
        }
    }

    #[test]
    fn what_looks_alike_is_alike() {
        assert_eq!(read("ooOO-iIlL-9DTA").as_deref(), Some("0000-1111-9DTA"));
    }

    #[test]
    fn what_no_code_can_be_is_none() {
        for text in ["", "-", "7Q4K-M2XP-9DT", "7Q4K-M2XP-9DTAA", "7Q4K-M2XP-9DTU", "7Q4K-M2XP-9DT\u{0410}"] {
            assert_eq!(read(text), None, "{text:?}");
        }
        assert_eq!(CodeSecret::read(&"A".repeat(100_000)), None);
    }

    #[test]
    fn every_bit_of_sixty_counts() {
        let none = CodeSecret::derived(Digest([0; 32]));
        assert_eq!(none.canonical(), "000000000000");
        assert_eq!(CodeSecret::derived(Digest([255; 32])).canonical(), "ZZZZZZZZZZZZ");
        for bit in 0..64 {
            let mut bytes = [0; 32];
            bytes[bit / 8] = 0x80 >> (bit % 8);
            assert_eq!(CodeSecret::derived(Digest(bytes)) != none, bit < 60, "bit {bit}");
        }
    }

    #[test]
    fn a_derived_code_is_read_as_itself() {
        for seed in 0..=255 {
            let code = CodeSecret::derived(Digest([seed; 32]));
            assert_eq!(CodeSecret::read(code.shown().expose()), Some(code));
        }
    }
}
