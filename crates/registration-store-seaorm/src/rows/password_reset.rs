//! What became of reset links, who wants one, and their rows.
use registration_domain::{
    id::Id,
    password_reset::{PasswordReset, PasswordResetParts, ResetRequest, ResetState},
    port::PortError,
    revision::{Generation, Revision},
    session::Origin,
    time::Timestamp,
};

use super::{corrupt, storable, text};
use crate::entity::{password_reset, reset_request};

pub(crate) fn row(reset: PasswordReset) -> password_reset::Model {
    let PasswordResetParts { account, account_generation, email, generation, expires_at, state, revision } =
        reset.into_parts();
    let (state, used_at) = match state {
        ResetState::Open => ("open", None),
        ResetState::Used { at } => ("used", Some(at.micros())),
    };
    password_reset::Model {
        account: account.uuid(),
        account_generation: account_generation.0.into(),
        email: email.as_str().to_owned(),
        email_key: email.canonical().to_owned(),
        generation: generation.0.into(),
        expires_at: expires_at.micros(),
        state: state.to_owned(),
        used_at,
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: password_reset::Model) -> Result<PasswordReset, PortError> {
    let password_reset::Model {
        account,
        account_generation,
        email,
        email_key,
        generation,
        expires_at,
        state,
        used_at,
        revision,
    } = row;
    let corrupt = corrupt("password_reset", &account);
    let state = match (state.as_str(), used_at) {
        ("open", None) => ResetState::Open,
        ("used", Some(at)) => ResetState::Used { at: Timestamp::from_micros(at) },
        _ => return Err(corrupt("state")),
    };
    let number = |it: i64, what| u32::try_from(it).map_err(|_| corrupt(what));
    Ok(PasswordReset::from_parts(PasswordResetParts {
        account: Id::new(account),
        account_generation: Generation(number(account_generation, "account_generation")?),
        email: text::email(&email, &email_key).ok_or_else(|| corrupt("email"))?,
        generation: Generation(number(generation, "generation")?),
        expires_at: Timestamp::from_micros(expires_at),
        state,
        revision: Revision(number(revision, "revision")?),
    }))
}

pub(crate) fn request_row(request: ResetRequest) -> reset_request::Model {
    let ResetRequest { id, email, origin: Origin(origin), at, due_at } = request;
    reset_request::Model {
        email_key: email.canonical().to_owned(),
        email: email.as_str().to_owned(),
        id: id.uuid(),
        origin: origin.map(storable),
        at: at.micros(),
        due_at: due_at.micros(),
    }
}

pub(crate) fn request(row: reset_request::Model) -> Result<ResetRequest, PortError> {
    let reset_request::Model { email_key, email, id, origin, at, due_at } = row;
    let corrupt = corrupt("reset_request", &id);
    Ok(ResetRequest {
        id: Id::new(id),
        email: text::email(&email, &email_key).ok_or_else(|| corrupt("email"))?,
        origin: Origin(origin),
        at: Timestamp::from_micros(at),
        due_at: Timestamp::from_micros(due_at),
    })
}
