//! Mails about passwords and signing in, as they are stored.
use registration_domain::{message::SecurityLetter, revision::Generation, session::Origin, time::Timestamp};
use serde::{Deserialize, Serialize};

use super::{Person, id};

/// The mirror of [`SecurityLetter`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Written {
    PasswordReset {
        account: String,
        generation: u32,
        person: Person,
        origin: Option<String>,
        expires_at: i64,
    },
    PasswordChanged {
        account: String,
        person: Person,
        device: Option<String>,
        origin: Option<String>,
        at: i64,
    },
    TriesUsedUp {
        account: String,
        person: Person,
        device: Option<String>,
        origin: Option<String>,
        at: i64,
        until: i64,
    },
}

pub(super) fn written(letter: SecurityLetter) -> Written {
    match letter {
        SecurityLetter::PasswordReset { account, generation, person, origin: Origin(origin), expires_at } => {
            Written::PasswordReset {
                account: account.to_string(),
                generation: generation.0,
                person: person.into(),
                origin,
                expires_at: expires_at.micros(),
            }
        }
        SecurityLetter::PasswordChanged { account, person, device, origin: Origin(origin), at } => {
            Written::PasswordChanged {
                account: account.to_string(),
                person: person.into(),
                device,
                origin,
                at: at.micros(),
            }
        }
        SecurityLetter::TriesUsedUp { account, person, device, origin: Origin(origin), at, until } => {
            Written::TriesUsedUp {
                account: account.to_string(),
                person: person.into(),
                device,
                origin,
                at: at.micros(),
                until: until.micros(),
            }
        }
    }
}

pub(super) fn read(written: Written) -> Result<SecurityLetter, &'static str> {
    Ok(match written {
        Written::PasswordReset { account, generation, person, origin, expires_at } => {
            SecurityLetter::PasswordReset {
                account: id(&account)?,
                generation: Generation(generation),
                person: person.read()?,
                origin: Origin(origin),
                expires_at: Timestamp::from_micros(expires_at),
            }
        }
        Written::PasswordChanged { account, person, device, origin, at } => SecurityLetter::PasswordChanged {
            account: id(&account)?,
            person: person.read()?,
            device,
            origin: Origin(origin),
            at: Timestamp::from_micros(at),
        },
        Written::TriesUsedUp { account, person, device, origin, at, until } => SecurityLetter::TriesUsedUp {
            account: id(&account)?,
            person: person.read()?,
            device,
            origin: Origin(origin),
            at: Timestamp::from_micros(at),
            until: Timestamp::from_micros(until),
        },
    })
}
