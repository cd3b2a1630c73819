//! What goes to the address of a sign-up, as JSON. No code is in it.
use registration_domain::{message::SignUpLetter, revision::Generation, time::Timestamp};
use serde::{Deserialize, Serialize};

use super::id;

/// The mirror of [`SignUpLetter`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Written {
    Code { sign_up: String, generation: u32, expires_at: i64 },
    AlreadyRegistered { sign_up: String, generation: u32 },
}

pub(super) fn written(letter: &SignUpLetter) -> Written {
    match letter {
        SignUpLetter::Code { sign_up, generation, expires_at } => Written::Code {
            sign_up: sign_up.to_string(),
            generation: generation.0,
            expires_at: expires_at.micros(),
        },
        SignUpLetter::AlreadyRegistered { sign_up, generation } => {
            Written::AlreadyRegistered { sign_up: sign_up.to_string(), generation: generation.0 }
        }
    }
}

pub(super) fn read(written: Written) -> Result<SignUpLetter, &'static str> {
    Ok(match written {
        Written::Code { sign_up, generation, expires_at } => SignUpLetter::Code {
            sign_up: id(&sign_up)?,
            generation: Generation(generation),
            expires_at: Timestamp::from_micros(expires_at),
        },
        Written::AlreadyRegistered { sign_up, generation } => {
            SignUpLetter::AlreadyRegistered { sign_up: id(&sign_up)?, generation: Generation(generation) }
        }
    })
}
