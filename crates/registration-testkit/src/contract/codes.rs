//! A code is right for what it was made for, told from every other, and as likely as any other.
use std::{collections::BTreeSet, sync::Arc};

use registration_domain::{
    port::Codes,
    revision::Generation,
    verification_code::{CodeFor, CodePurpose, VerificationCode},
};
use uuid::Uuid;

promises! {
    /// Makes the promises of what makes verification codes tests. `$fresh` answers an `Arc<dyn Codes>` and a
    /// guard.
    codes_contract, codes, Arc<dyn Codes>:
    a_code_is_always_the_same,
    the_right_code_matches,
    a_wrong_code_does_not_match,
    a_code_is_right_for_no_other_purpose,
    a_code_is_right_for_no_other_subject,
    a_newer_code_voids_the_older_one,
    no_code_is_likelier_than_another,
}

const SUBJECTS: u128 = 200;

/// A guess that is right by chance is no broken promise: of so many this many may be, even with two keys.
const BY_CHANCE: usize = 3;

fn first(subject: u128) -> CodeFor {
    let subject = Uuid::from_u128(0x0190_5c55_0000_7000_8000_0000_0000_0000 | subject);
    CodeFor { purpose: CodePurpose::SignUp, subject, generation: Generation::FIRST }
}

/// So that a second try of a mail is the same to the byte.
pub async fn a_code_is_always_the_same(codes: Arc<dyn Codes>) {
    for of in (0..SUBJECTS).map(first) {
        assert_eq!(codes.code(of), codes.code(of), "{of:?}");
    }
}

/// Of each purpose, in each generation.
pub async fn the_right_code_matches(codes: Arc<dyn Codes>) {
    for purpose in CodePurpose::ALL {
        for generation in [0, 1, 255, 256, u32::MAX].map(Generation) {
            let of = CodeFor { purpose, generation, ..first(0) };
            assert!(codes.matches(of, &codes.code(of)), "{of:?}");
        }
    }
}

/// Not even one that differs in a single digit, the first or the last.
pub async fn a_wrong_code_does_not_match(codes: Arc<dyn Codes>) {
    let mut right = 0;
    for of in (0..10).map(first) {
        let code = codes.code(of).expose().to_owned();
        for (at, was) in code.char_indices() {
            for other in ('0'..='9').filter(|it| *it != was) {
                let guess = format!("{}{other}{}", &code[..at], &code[at + 1..]);
                let guess = VerificationCode::parse(&guess).expect("six digits");
                right += usize::from(codes.matches(of, &guess));
            }
        }
    }
    assert!(right <= BY_CHANCE, "{right} wrong guesses of 540 were right");
}

/// Nobody confirms a new address with the code of a sign-up.
pub async fn a_code_is_right_for_no_other_purpose(codes: Arc<dyn Codes>) {
    for purposes in CodePurpose::ALL.windows(2) {
        kept_apart(&*codes, |of| {
            (CodeFor { purpose: purposes[0], ..of }, CodeFor { purpose: purposes[1], ..of })
        });
    }
}

/// However alike two ids are.
pub async fn a_code_is_right_for_no_other_subject(codes: Arc<dyn Codes>) {
    for bit in [0, 64, 127] {
        let turned = |of: CodeFor| Uuid::from_u128(of.subject.as_u128() ^ (1 << bit));
        kept_apart(&*codes, |of| (of, CodeFor { subject: turned(of), ..of }));
    }
}

/// And the newer one is not right for the older generation.
pub async fn a_newer_code_voids_the_older_one(codes: Arc<dyn Codes>) {
    kept_apart(&*codes, |of| (of, CodeFor { generation: of.generation.next(), ..of }));
}

/// Each digit stands as often at each place as any other; a first one that is a zero, too.
pub async fn no_code_is_likelier_than_another(codes: Arc<dyn Codes>) {
    const DRAWN: u32 = 10_000;
    let mut counts = [[0_u32; 10]; 6];
    let mut seen = BTreeSet::new();
    for generation in (0..DRAWN).map(Generation) {
        let code = codes.code(CodeFor { generation, ..first(0) }).expose().to_owned();
        for (place, digit) in code.bytes().enumerate() {
            counts[place][usize::from(digit - b'0')] += 1;
        }
        seen.insert(code);
    }
    // 1,000 of each, with a deviation of 30: further off than 6 of them is not by chance.
    let fair = counts.as_flattened().iter().all(|it| (820..=1_180).contains(it));
    assert!(fair, "the digits at each place: {counts:?}");
    assert!(seen.len() > 9_800, "of {DRAWN} codes only {} differ", seen.len());
}

fn kept_apart(codes: &dyn Codes, two: impl Fn(CodeFor) -> (CodeFor, CodeFor)) {
    let (mut equal, mut right) = (0, 0);
    for (one, other) in (0..SUBJECTS).map(first).map(two) {
        let (a, b) = (codes.code(one), codes.code(other));
        equal += usize::from(a == b);
        right += usize::from(codes.matches(other, &a)) + usize::from(codes.matches(one, &b));
    }
    assert!(equal <= BY_CHANCE && right <= BY_CHANCE, "{equal} of {SUBJECTS} are equal, {right} right");
}
