//! An account and its row.
use registration_domain::{
    account::{Account, AccountParts, AccountState},
    id::Id,
    locale::Locale,
    password::PasswordHash,
    person_name::{NamePart, PersonName},
    port::PortError,
    revision::{Generation, Revision},
    time::Timestamp,
    time_zone::TimeZone,
    username::Username,
    view::Person,
};

use super::{corrupt, search_key, sort_key, text};
use crate::entity::account;

pub(crate) const ACTIVE: &str = "active";
const SUSPENDED: &str = "suspended";
pub(crate) const CLOSED: &str = "closed";

pub(crate) fn row(account: Account) -> account::Model {
    let AccountParts {
        id,
        email,
        username,
        name: PersonName { first, last },
        password,
        state,
        administrator,
        generation,
        locale,
        time_zone,
        created_at,
        revision,
    } = account.into_parts();
    let (state, state_at, state_by, state_reason) = match state {
        AccountState::Active => (ACTIVE, None, None, None),
        AccountState::Suspended { at, by, reason } => {
            (SUSPENDED, Some(at), Some(by), text::note_text(reason))
        }
        AccountState::Closed { at } => (CLOSED, Some(at), None, None),
    };
    account::Model {
        id: id.uuid(),
        email: email.as_str().to_owned(),
        email_key: email.canonical().to_owned(),
        username: username.as_str().to_owned(),
        first_name: first.as_str().to_owned(),
        last_name: last.as_str().to_owned(),
        password: password.as_phc().to_owned(),
        state: state.to_owned(),
        state_at: state_at.map(Timestamp::micros),
        state_by: state_by.map(Id::uuid),
        state_reason,
        administrator,
        generation: generation.0.into(),
        locale: locale.map(|it| it.as_str().to_owned()),
        time_zone: time_zone.map(|it| it.as_str().to_owned()),
        created_at: created_at.micros(),
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: account::Model) -> Result<Account, PortError> {
    let account::Model {
        id,
        email,
        email_key,
        username,
        first_name,
        last_name,
        password,
        state,
        state_at,
        state_by,
        state_reason,
        administrator,
        generation,
        locale,
        time_zone,
        created_at,
        revision,
    } = row;
    let corrupt = corrupt("account", &id);
    let name = |it: &str, what| NamePart::parse(it).map_err(|_| corrupt(what));
    let reason = text::note(state_reason).map_err(|()| corrupt("state_reason"))?;
    let state = match (state.as_str(), state_at.map(Timestamp::from_micros), state_by, reason) {
        ("active", None, None, None) => AccountState::Active,
        ("suspended", Some(at), Some(by), reason) => AccountState::Suspended { at, by: Id::new(by), reason },
        ("closed", Some(at), None, None) => AccountState::Closed { at },
        _ => return Err(corrupt("state")),
    };
    Ok(Account::from_parts(AccountParts {
        id: Id::new(id),
        email: text::email(&email, &email_key).ok_or_else(|| corrupt("email"))?,
        username: Username::parse_any(&username)
            .ok()
            .filter(|it| it.as_str() == username)
            .ok_or_else(|| corrupt("username"))?,
        name: PersonName::new(name(&first_name, "first_name")?, name(&last_name, "last_name")?),
        password: PasswordHash::from_phc(password),
        state,
        administrator,
        generation: Generation(generation.try_into().map_err(|_| corrupt("generation"))?),
        locale: locale.as_deref().map(Locale::parse).transpose().map_err(|_| corrupt("locale"))?,
        time_zone: time_zone.as_deref().map(TimeZone::parse).transpose().map_err(|_| corrupt("time_zone"))?,
        created_at: Timestamp::from_micros(created_at),
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    }))
}

pub(crate) fn person(row: account::Model) -> Result<Person, PortError> {
    aggregate(row).map(|it| Person::from(&it))
}

/// What memberships copy of an account: the key that they are sorted by, and the one they are searched by.
pub(crate) fn member_keys(row: &account::Model) -> (String, String) {
    let full_name = format!("{} {}", row.first_name, row.last_name);
    let by_last_name = format!("{} {}", row.last_name, row.first_name);
    let searched = search_key([&full_name, &by_last_name, &row.username, &row.email, &row.email_key]);
    (sort_key(&by_last_name), searched)
}
