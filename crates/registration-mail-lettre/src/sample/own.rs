//! Samples of what somebody is told of their own account.
use registration_domain::{
    message::{Letter, OwnLetter},
    revision::Generation,
    time::{MINUTE, Timestamp},
};

use super::{person, sample_id};

pub(super) fn letters(at: Timestamp) -> [Letter; 3] {
    let (generation, chidi) = (Generation::FIRST, person("Chidi", "Okafor"));
    [
        OwnLetter::AddressInUse { change: sample_id(), generation },
        OwnLetter::AddressChanged { account: sample_id(), person: chidi.clone(), at },
        OwnLetter::AccountClosed { account: sample_id(), person: chidi, at },
    ]
    .map(Letter::Own)
}

/// It is shown with a code beside it.
pub(super) fn letters_with_a_code(at: Timestamp) -> [Letter; 1] {
    let (generation, expires_at) = (Generation::FIRST, at.plus(10 * MINUTE));
    [Letter::Own(OwnLetter::AddressCode { change: sample_id(), generation, expires_at })]
}
