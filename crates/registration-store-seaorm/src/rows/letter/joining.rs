//! The mirror of the letters about joining.
use registration_domain::{
    domain_name::DomainName,
    message::{Asking, JoiningLetter},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Person, access_of, address, id, note_of, organization_name, text};

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Written {
    Requested(WrittenAsking),
    RequestReminder(WrittenAsking),
    RequestExpiring(WrittenAsking),
    Approved { request: String, organization: String, name: String, access: String },
    Rejected { request: String, name: String, reason: Option<String>, ask_again_at: i64 },
    Expired { request: String, name: String, asked_at: i64 },
    JoinedByCode { membership: String, organization: String, name: String, access: String },
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WrittenAsking {
    request: String,
    organization: String,
    name: String,
    person: Person,
    email: String,
    note: Option<String>,
    has_code: bool,
    domain: Option<String>,
    asked_at: i64,
    expires_at: i64,
}

/// What the letter is about.
pub(in crate::rows) fn subject(letter: &JoiningLetter) -> Uuid {
    match letter {
        JoiningLetter::Requested(it)
        | JoiningLetter::RequestReminder(it)
        | JoiningLetter::RequestExpiring(it) => it.request.uuid(),
        JoiningLetter::Approved { request, .. }
        | JoiningLetter::Rejected { request, .. }
        | JoiningLetter::Expired { request, .. } => request.uuid(),
        JoiningLetter::JoinedByCode { membership, .. } => membership.uuid(),
    }
}

pub(super) fn written(letter: JoiningLetter) -> Written {
    match letter {
        JoiningLetter::Requested(it) => Written::Requested(it.into()),
        JoiningLetter::RequestReminder(it) => Written::RequestReminder(it.into()),
        JoiningLetter::RequestExpiring(it) => Written::RequestExpiring(it.into()),
        JoiningLetter::Approved { request, organization, name, access } => Written::Approved {
            request: request.to_string(),
            organization: organization.to_string(),
            name: name.to_string(),
            access: text::access_text(&access),
        },
        JoiningLetter::Rejected { request, name, reason, ask_again_at } => Written::Rejected {
            request: request.to_string(),
            name: name.to_string(),
            reason: text::note_text(reason),
            ask_again_at: ask_again_at.micros(),
        },
        JoiningLetter::Expired { request, name, asked_at } => Written::Expired {
            request: request.to_string(),
            name: name.to_string(),
            asked_at: asked_at.micros(),
        },
        JoiningLetter::JoinedByCode { membership, organization, name, access } => Written::JoinedByCode {
            membership: membership.to_string(),
            organization: organization.to_string(),
            name: name.to_string(),
            access: text::access_text(&access),
        },
    }
}

pub(super) fn read(written: Written) -> Result<JoiningLetter, &'static str> {
    Ok(match written {
        Written::Requested(it) => JoiningLetter::Requested(it.read()?),
        Written::RequestReminder(it) => JoiningLetter::RequestReminder(it.read()?),
        Written::RequestExpiring(it) => JoiningLetter::RequestExpiring(it.read()?),
        Written::Approved { request, organization, name, access } => JoiningLetter::Approved {
            request: id(&request)?,
            organization: id(&organization)?,
            name: organization_name(&name)?,
            access: access_of(&access)?,
        },
        Written::Rejected { request, name, reason, ask_again_at } => JoiningLetter::Rejected {
            request: id(&request)?,
            name: organization_name(&name)?,
            reason: note_of(reason)?,
            ask_again_at: Timestamp::from_micros(ask_again_at),
        },
        Written::Expired { request, name, asked_at } => JoiningLetter::Expired {
            request: id(&request)?,
            name: organization_name(&name)?,
            asked_at: Timestamp::from_micros(asked_at),
        },
        Written::JoinedByCode { membership, organization, name, access } => JoiningLetter::JoinedByCode {
            membership: id(&membership)?,
            organization: id(&organization)?,
            name: organization_name(&name)?,
            access: access_of(&access)?,
        },
    })
}

impl From<Asking> for WrittenAsking {
    fn from(asking: Asking) -> Self {
        let Asking {
            request,
            organization,
            name,
            person,
            email,
            note,
            has_code,
            domain,
            asked_at,
            expires_at,
        } = asking;
        Self {
            request: request.to_string(),
            organization: organization.to_string(),
            name: name.to_string(),
            person: person.into(),
            email: email.as_str().to_owned(),
            note: text::note_text(note),
            has_code,
            domain: domain.map(|it| it.as_str().to_owned()),
            asked_at: asked_at.micros(),
            expires_at: expires_at.micros(),
        }
    }
}

impl WrittenAsking {
    fn read(self) -> Result<Asking, &'static str> {
        let Self { request, organization, name, person, email, note, has_code, domain, asked_at, expires_at } =
            self;
        Ok(Asking {
            request: id(&request)?,
            organization: id(&organization)?,
            name: organization_name(&name)?,
            person: person.read()?,
            email: address(&email)?,
            note: note_of(note)?,
            has_code,
            domain: domain.map(|it| DomainName::parse(&it).map_err(|_| "domain")).transpose()?,
            asked_at: Timestamp::from_micros(asked_at),
            expires_at: Timestamp::from_micros(expires_at),
        })
    }
}
