//! Mails about somebody's own account, as they are stored. No code is in them.
use registration_domain::{message::OwnLetter, revision::Generation, time::Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Person, id};

/// The mirror of [`OwnLetter`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Written {
    AddressCode { change: String, generation: u32, expires_at: i64 },
    AddressInUse { change: String, generation: u32 },
    AddressChanged { account: String, person: Person, at: i64 },
    AccountClosed { account: String, person: Person, at: i64 },
}

/// What it is about, and in the place of which code.
pub(in crate::rows) fn about(letter: &OwnLetter) -> (Uuid, Option<i64>) {
    match letter {
        OwnLetter::AddressCode { change, generation, .. }
        | OwnLetter::AddressInUse { change, generation } => (change.uuid(), Some(generation.0.into())),
        OwnLetter::AddressChanged { account, .. } | OwnLetter::AccountClosed { account, .. } => {
            (account.uuid(), None)
        }
    }
}

pub(super) fn written(letter: OwnLetter) -> Written {
    match letter {
        OwnLetter::AddressCode { change, generation, expires_at } => Written::AddressCode {
            change: change.to_string(),
            generation: generation.0,
            expires_at: expires_at.micros(),
        },
        OwnLetter::AddressInUse { change, generation } => {
            Written::AddressInUse { change: change.to_string(), generation: generation.0 }
        }
        OwnLetter::AddressChanged { account, person, at } => {
            Written::AddressChanged { account: account.to_string(), person: person.into(), at: at.micros() }
        }
        OwnLetter::AccountClosed { account, person, at } => {
            Written::AccountClosed { account: account.to_string(), person: person.into(), at: at.micros() }
        }
    }
}

pub(super) fn read(written: Written) -> Result<OwnLetter, &'static str> {
    Ok(match written {
        Written::AddressCode { change, generation, expires_at } => OwnLetter::AddressCode {
            change: id(&change)?,
            generation: Generation(generation),
            expires_at: Timestamp::from_micros(expires_at),
        },
        Written::AddressInUse { change, generation } => {
            OwnLetter::AddressInUse { change: id(&change)?, generation: Generation(generation) }
        }
        Written::AddressChanged { account, person, at } => OwnLetter::AddressChanged {
            account: id(&account)?,
            person: person.read()?,
            at: Timestamp::from_micros(at),
        },
        Written::AccountClosed { account, person, at } => OwnLetter::AccountClosed {
            account: id(&account)?,
            person: person.read()?,
            at: Timestamp::from_micros(at),
        },
    })
}
