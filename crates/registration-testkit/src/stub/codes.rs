//! Codes that are the same in every run, and that anybody could work out.
use registration_domain::{
    port::Codes,
    verification_code::{CodeFor, VerificationCode},
};

use super::digest::digest;

/// Codes without a key.
///
/// ```
/// use registration_domain::{port::Codes, revision::Generation, verification_code::{CodeFor, CodePurpose}};
/// use registration_testkit::stub::PlainCodes;
/// use uuid::Uuid;
///
/// let of = CodeFor {
///     purpose: CodePurpose::SignUp,
///     subject: Uuid::nil(),
///     generation: Generation::FIRST,
/// };
/// assert!(PlainCodes.matches(of, &PlainCodes.code(of)));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainCodes;

impl Codes for PlainCodes {
    fn code(&self, of: CodeFor) -> VerificationCode {
        let CodeFor { purpose, subject, generation } = of;
        let [a, b, c, d, ..] = digest(&("code", purpose.key(), subject, generation));
        let number = u32::from_be_bytes([a, b, c, d]) % 1_000_000;
        VerificationCode::of_number(number).expect("the rest is below a million")
    }
    fn matches(&self, of: CodeFor, guess: &VerificationCode) -> bool {
        self.code(of) == *guess
    }
}
