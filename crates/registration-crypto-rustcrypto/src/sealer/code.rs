//! A code is a MAC brought down to six digits without favoring any, and compared by its digest.
use hmac::Mac;
use registration_domain::{
    revision::Generation,
    verification_code::{CodeFor, VerificationCode},
};

use crate::keyring::{KeyBytes, keyed, mac};

const CODES: u32 = 1_000_000;
/// The greatest multiple of a million that fits: numbers from here on would favor the lower codes.
const FAIR: u32 = u32::MAX - u32::MAX % CODES;

pub(super) fn make(key: &KeyBytes, of: CodeFor) -> VerificationCode {
    let CodeFor { purpose, subject, generation: Generation(generation) } = of;
    let number = |round: u32| {
        let parts = [
            b"number",
            purpose.key().as_bytes(),
            &[0],
            subject.as_bytes(),
            &generation.to_be_bytes(),
            &round.to_be_bytes(),
        ];
        let [a, b, c, d, ..] = mac(key, &parts);
        u32::from_be_bytes([a, b, c, d])
    };
    (0..).find_map(|round| fair(number(round))).expect("of four billion numbers all but 967,296 are fair")
}

/// The comparison is of digests, and takes as long for a wrong first digit as for a wrong last one.
pub(super) fn tell(key: &KeyBytes, of: CodeFor, guess: &VerificationCode) -> bool {
    let right = mac(key, &[b"compare", make(key, of).expose().as_bytes()]);
    keyed(key, &[b"compare", guess.expose().as_bytes()]).verify_slice(&right).is_ok()
}

/// Nothing for a number that is to be drawn again.
fn fair(number: u32) -> Option<VerificationCode> {
    if number < FAIR { VerificationCode::of_number(number % CODES) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_would_favor_some_codes_is_drawn_again() {
        assert_eq!(FAIR, 4_294_000_000);
        let code = |number| fair(number).map(|it| it.expose().to_owned());
        assert_eq!(code(FAIR - 1).as_deref(), Some("999999"));
        assert_eq!(code(0).as_deref(), Some("000000"));
        assert_eq!((code(FAIR), code(u32::MAX)), (None, None));
    }
}
