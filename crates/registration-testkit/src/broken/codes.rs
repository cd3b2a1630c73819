//! Verification codes that somebody could guess, or use for what they were not made for.
use registration_domain::{
    port::Codes,
    revision::Generation,
    verification_code::{CodeFor, CodePurpose, VerificationCode},
};
use uuid::Uuid;

use crate::stub::PlainCodes;

/// Codes that are wrong in one way, and the promise that must catch it.
#[derive(Debug, Clone, Copy)]
pub struct BrokenCodes {
    /// What is wrong with them.
    pub name: &'static str,
    /// The promise that must catch it.
    pub caught_by: &'static str,
    code: fn(CodeFor) -> VerificationCode,
    matches: fn(CodeFor, &VerificationCode) -> bool,
}

/// Every way of being wrong that is known here.
pub const CODES: &[BrokenCodes] = &[
    BrokenCodes {
        name: "draws by chance and remembers nothing",
        caught_by: "a_code_is_always_the_same",
        code: |of| PlainCodes.code(CodeFor { subject: Uuid::from_u128(draw()), ..of }),
        matches: |_, _| true,
    },
    BrokenCodes {
        name: "takes no code",
        caught_by: "the_right_code_matches",
        code: |of| PlainCodes.code(of),
        matches: |_, _| false,
    },
    BrokenCodes {
        name: "compares the first five digits",
        caught_by: "a_wrong_code_does_not_match",
        code: |of| PlainCodes.code(of),
        matches: |of, guess| PlainCodes.code(of).expose()[..5] == guess.expose()[..5],
    },
    BrokenCodes {
        name: "forgets the purpose",
        caught_by: "a_code_is_right_for_no_other_purpose",
        code: |of| PlainCodes.code(CodeFor { purpose: CodePurpose::SignUp, ..of }),
        matches: |of, guess| PlainCodes.matches(CodeFor { purpose: CodePurpose::SignUp, ..of }, guess),
    },
    BrokenCodes {
        name: "looks at half of an id",
        caught_by: "a_code_is_right_for_no_other_subject",
        code: |of| PlainCodes.code(halved(of)),
        matches: |of, guess| PlainCodes.matches(halved(of), guess),
    },
    BrokenCodes {
        name: "takes older codes",
        caught_by: "a_newer_code_voids_the_older_one",
        code: |of| PlainCodes.code(of),
        matches: |of, guess| {
            let Generation(newest) = of.generation;
            let older = newest.saturating_sub(3)..=newest;
            older.map(Generation).any(|generation| PlainCodes.matches(CodeFor { generation, ..of }, guess))
        },
    },
    BrokenCodes {
        name: "favors low numbers",
        caught_by: "no_code_is_likelier_than_another",
        code: low,
        matches: |of, guess| low(of) == *guess,
    },
];

impl Codes for BrokenCodes {
    fn code(&self, of: CodeFor) -> VerificationCode {
        (self.code)(of)
    }
    fn matches(&self, of: CodeFor, guess: &VerificationCode) -> bool {
        (self.matches)(of, guess)
    }
}

fn halved(of: CodeFor) -> CodeFor {
    CodeFor { subject: Uuid::from_u128(of.subject.as_u128() >> 64), ..of }
}

/// Of 16 bits, which reach no further than 65,535.
fn low(of: CodeFor) -> VerificationCode {
    let number: u32 = PlainCodes.code(of).expose().parse().unwrap_or_default();
    VerificationCode::of_number(number % 65_536).expect("below a million")
}

/// Another number each time.
fn draw() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    DRAWN.fetch_add(1, Ordering::Relaxed).into()
}
