//! A change of address and its row.
use registration_domain::{
    email_change::{EmailChange, EmailChangeParts, EmailChangeState},
    id::Id,
    port::PortError,
    revision::{Generation, Revision},
    time::Timestamp,
    verification_code::CodeTerm,
};

use super::{corrupt, text};
use crate::entity::email_change;

const AWAITING_CODE: &str = "awaiting_code";
const DECOY: &str = "decoy";
const VERIFIED: &str = "verified";
const REPLACED: &str = "replaced";

pub(crate) fn row(change: EmailChange) -> email_change::Model {
    let EmailChangeParts {
        id,
        account,
        account_generation,
        email,
        code,
        created_at,
        expires_at,
        state,
        revision,
    } = change.into_parts();
    let CodeTerm { generation, expires_at: code_expires_at, resend_at } = code;
    let (state, settled_at) = match state {
        EmailChangeState::AwaitingCode => (AWAITING_CODE, None),
        EmailChangeState::Decoy => (DECOY, None),
        EmailChangeState::Verified { at } => (VERIFIED, Some(at.micros())),
        EmailChangeState::Replaced { at } => (REPLACED, Some(at.micros())),
    };
    email_change::Model {
        id: id.uuid(),
        account: account.uuid(),
        account_generation: account_generation.0.into(),
        email: email.as_str().to_owned(),
        email_key: email.canonical().to_owned(),
        generation: generation.0.into(),
        code_expires_at: code_expires_at.micros(),
        resend_at: resend_at.micros(),
        created_at: created_at.micros(),
        expires_at: expires_at.micros(),
        state: state.to_owned(),
        settled_at,
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: email_change::Model) -> Result<EmailChange, PortError> {
    let email_change::Model {
        id,
        account,
        account_generation,
        email,
        email_key,
        generation,
        code_expires_at,
        resend_at,
        created_at,
        expires_at,
        state,
        settled_at,
        revision,
    } = row;
    let corrupt = corrupt("email_change", &id);
    let state = match (state.as_str(), settled_at.map(Timestamp::from_micros)) {
        (AWAITING_CODE, None) => EmailChangeState::AwaitingCode,
        (DECOY, None) => EmailChangeState::Decoy,
        (VERIFIED, Some(at)) => EmailChangeState::Verified { at },
        (REPLACED, Some(at)) => EmailChangeState::Replaced { at },
        _ => return Err(corrupt("state")),
    };
    let number = |it: i64, what| u32::try_from(it).map_err(|_| corrupt(what));
    Ok(EmailChange::from_parts(EmailChangeParts {
        id: Id::new(id),
        account: Id::new(account),
        account_generation: Generation(number(account_generation, "account_generation")?),
        email: text::email(&email, &email_key).ok_or_else(|| corrupt("email"))?,
        code: CodeTerm {
            generation: Generation(number(generation, "generation")?),
            expires_at: Timestamp::from_micros(code_expires_at),
            resend_at: Timestamp::from_micros(resend_at),
        },
        created_at: Timestamp::from_micros(created_at),
        expires_at: Timestamp::from_micros(expires_at),
        state,
        revision: Revision(number(revision, "revision")?),
    }))
}
