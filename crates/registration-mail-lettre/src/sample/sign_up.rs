//! Samples of what goes to the address of a sign-up.
use registration_domain::{
    message::{Letter, SignUpLetter},
    revision::Generation,
    time::{MINUTE, Timestamp},
};

use super::sample_id;

pub(super) fn letters() -> [Letter; 1] {
    let generation = Generation::FIRST;
    [Letter::SignUp(SignUpLetter::AlreadyRegistered { sign_up: sample_id(), generation })]
}

/// They are shown with a code beside them.
pub(super) fn letters_with_a_code(at: Timestamp) -> [Letter; 1] {
    let (generation, expires_at) = (Generation::FIRST, at.plus(10 * MINUTE));
    [Letter::SignUp(SignUpLetter::Code { sign_up: sample_id(), generation, expires_at })]
}
