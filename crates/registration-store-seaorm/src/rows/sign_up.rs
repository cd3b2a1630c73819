//! A sign-up and its row.
use registration_domain::{
    account::NewAccount,
    id::Id,
    locale::Locale,
    password::PasswordHash,
    person_name::{NamePart, PersonName},
    port::PortError,
    revision::{Generation, Revision},
    sign_up::{SignUp, SignUpParts, SignUpState},
    time::Timestamp,
    username::Username,
    verification_code::CodeTerm,
};

use super::{corrupt, text};
use crate::entity::sign_up;

pub(crate) const AWAITING_CODE: &str = "awaiting_code";
const DECOY: &str = "decoy";
const VERIFIED: &str = "verified";

pub(crate) fn row(sign_up: SignUp) -> sign_up::Model {
    let SignUpParts { id, typed, code, created_at, expires_at, state, revision } = sign_up.into_parts();
    let NewAccount { id: account, email, username, name, password, locale } = typed;
    let (PersonName { first, last }, CodeTerm { generation, expires_at: code_expires_at, resend_at }) =
        (name, code);
    let (state, verified_at) = match state {
        SignUpState::AwaitingCode => (AWAITING_CODE, None),
        SignUpState::Decoy => (DECOY, None),
        SignUpState::Verified { at } => (VERIFIED, Some(at.micros())),
    };
    sign_up::Model {
        id: id.uuid(),
        account: account.uuid(),
        email: email.as_str().to_owned(),
        email_key: email.canonical().to_owned(),
        username: username.as_str().to_owned(),
        first_name: first.as_str().to_owned(),
        last_name: last.as_str().to_owned(),
        password: password.as_phc().to_owned(),
        locale: locale.map(|it| it.as_str().to_owned()),
        generation: generation.0.into(),
        code_expires_at: code_expires_at.micros(),
        resend_at: resend_at.micros(),
        created_at: created_at.micros(),
        expires_at: expires_at.micros(),
        state: state.to_owned(),
        verified_at,
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: sign_up::Model) -> Result<SignUp, PortError> {
    let sign_up::Model {
        id,
        account,
        email,
        email_key,
        username,
        first_name,
        last_name,
        password,
        locale,
        generation,
        code_expires_at,
        resend_at,
        created_at,
        expires_at,
        state,
        verified_at,
        revision,
    } = row;
    let corrupt = corrupt("sign_up", &id);
    let name = |it: &str, what| NamePart::parse(it).map_err(|_| corrupt(what));
    let known = Username::parse_any(&username).ok().filter(|it| it.as_str() == username);
    let typed = NewAccount {
        id: Id::new(account),
        email: text::email(&email, &email_key).ok_or_else(|| corrupt("email"))?,
        username: known.ok_or_else(|| corrupt("username"))?,
        name: PersonName::new(name(&first_name, "first_name")?, name(&last_name, "last_name")?),
        password: PasswordHash::from_phc(password),
        locale: locale.as_deref().map(Locale::parse).transpose().map_err(|_| corrupt("locale"))?,
    };
    let state = match (state.as_str(), verified_at.map(Timestamp::from_micros)) {
        (AWAITING_CODE, None) => SignUpState::AwaitingCode,
        (DECOY, None) => SignUpState::Decoy,
        (VERIFIED, Some(at)) => SignUpState::Verified { at },
        _ => return Err(corrupt("state")),
    };
    let code = CodeTerm {
        generation: Generation(generation.try_into().map_err(|_| corrupt("generation"))?),
        expires_at: Timestamp::from_micros(code_expires_at),
        resend_at: Timestamp::from_micros(resend_at),
    };
    Ok(SignUp::from_parts(SignUpParts {
        id: Id::new(id),
        typed,
        code,
        created_at: Timestamp::from_micros(created_at),
        expires_at: Timestamp::from_micros(expires_at),
        state,
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    }))
}
