//! Mails about passwords and signing in.
use proptest::{option, prelude::*};
use registration_domain::message::SecurityLetter;

use super::super::{account::origin, generation, id, person_name, timestamp};

pub(super) fn letter() -> impl Strategy<Value = SecurityLetter> {
    let facts = (id(), person_name(), option::of("\\PC{1,60}"), origin());
    (facts, generation(), timestamp(), timestamp(), 0..3_u8).prop_map(
        |(facts, generation, at, until, kind)| {
            let (account, person, device, origin) = facts;
            match kind {
                0 => SecurityLetter::PasswordReset { account, generation, person, origin, expires_at: until },
                1 => SecurityLetter::PasswordChanged { account, person, device, origin, at },
                _ => SecurityLetter::TriesUsedUp { account, person, device, origin, at, until },
            }
        },
    )
}
