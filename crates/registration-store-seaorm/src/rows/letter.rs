//! What a mail says, as JSON that no release may read differently: fields are added, never renamed.
mod email_domain;
pub(super) mod joining;
pub(super) mod own;
mod security;
mod sign_up;

use registration_domain::{
    access::Access,
    email::Email,
    id::Id,
    message::Letter,
    note::Note,
    organization_name::OrganizationName,
    person_name::{NamePart, PersonName},
    revision::Generation,
    session::Origin,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::text;

/// The mirror of [`Letter`]: texts as they were written, ids as they are told.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    Invitation {
        invitation: String,
        generation: u32,
        organization: String,
        inviter: Person,
        access: String,
        note: Option<String>,
        expires_at: i64,
    },
    Joined {
        invitation: String,
        organization: String,
        person: Person,
        email: String,
        access: String,
    },
    Declined {
        invitation: String,
        organization: String,
        email: String,
        reason: Option<String>,
    },
    NewInvitationWished {
        invitation: String,
        organization: String,
        email: String,
    },
    AccessChanged {
        membership: String,
        organization: String,
        by: Person,
        before: String,
        after: String,
    },
    AccessRemoved {
        membership: String,
        organization: String,
        by: Person,
        reason: Option<String>,
    },
    OwnershipHandedOver {
        membership: String,
        organization: String,
        from: Person,
    },
    NewDevice {
        session: String,
        person: Person,
        device: Option<String>,
        origin: Option<String>,
        at: i64,
    },
    EmailDomain(email_domain::Written),
    Security(security::Written),
    Joining(joining::Written),
    SignUp(sign_up::Written),
    Own(own::Written),
}

/// A name, as letters and notifications hold it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Person {
    first: String,
    last: String,
}

pub(super) fn text(letter: Letter) -> Result<String, serde_json::Error> {
    serde_json::to_string(&written(letter))
}

/// # Errors
/// What is wrong with it.
pub(super) fn letter(text: &str) -> Result<Letter, &'static str> {
    read(serde_json::from_str(text).map_err(|_| "letter")?)
}

fn written(letter: Letter) -> Written {
    match letter {
        Letter::Invitation { invitation, generation, organization, inviter, access, note, expires_at } => {
            Written::Invitation {
                invitation: invitation.to_string(),
                generation: generation.0,
                organization: organization.to_string(),
                inviter: inviter.into(),
                access: text::access_text(&access),
                note: text::note_text(note),
                expires_at: expires_at.micros(),
            }
        }
        Letter::Joined { invitation, organization, person, email, access } => Written::Joined {
            invitation: invitation.to_string(),
            organization: organization.to_string(),
            person: person.into(),
            email: email.as_str().to_owned(),
            access: text::access_text(&access),
        },
        Letter::Declined { invitation, organization, email, reason } => Written::Declined {
            invitation: invitation.to_string(),
            organization: organization.to_string(),
            email: email.as_str().to_owned(),
            reason: text::note_text(reason),
        },
        Letter::NewInvitationWished { invitation, organization, email } => Written::NewInvitationWished {
            invitation: invitation.to_string(),
            organization: organization.to_string(),
            email: email.as_str().to_owned(),
        },
        Letter::AccessChanged { membership, organization, by, before, after } => Written::AccessChanged {
            membership: membership.to_string(),
            organization: organization.to_string(),
            by: by.into(),
            before: text::access_text(&before),
            after: text::access_text(&after),
        },
        Letter::AccessRemoved { membership, organization, by, reason } => Written::AccessRemoved {
            membership: membership.to_string(),
            organization: organization.to_string(),
            by: by.into(),
            reason: text::note_text(reason),
        },
        Letter::OwnershipHandedOver { membership, organization, from } => Written::OwnershipHandedOver {
            membership: membership.to_string(),
            organization: organization.to_string(),
            from: from.into(),
        },
        Letter::NewDevice { session, person, device, origin: Origin(origin), at } => Written::NewDevice {
            session: session.to_string(),
            person: person.into(),
            device,
            origin,
            at: at.micros(),
        },
        Letter::EmailDomain(letter) => Written::EmailDomain(letter.into()),
        Letter::Security(letter) => Written::Security(security::written(letter)),
        Letter::Joining(letter) => Written::Joining(joining::written(letter)),
        Letter::SignUp(letter) => Written::SignUp(sign_up::written(&letter)),
        Letter::Own(letter) => Written::Own(own::written(letter)),
    }
}

fn read(written: Written) -> Result<Letter, &'static str> {
    Ok(match written {
        Written::Invitation { invitation, generation, organization, inviter, access, note, expires_at } => {
            Letter::Invitation {
                invitation: id(&invitation)?,
                generation: Generation(generation),
                organization: organization_name(&organization)?,
                inviter: inviter.read()?,
                access: access_of(&access)?,
                note: note_of(note)?,
                expires_at: Timestamp::from_micros(expires_at),
            }
        }
        Written::Joined { invitation, organization, person, email, access } => Letter::Joined {
            invitation: id(&invitation)?,
            organization: organization_name(&organization)?,
            person: person.read()?,
            email: address(&email)?,
            access: access_of(&access)?,
        },
        Written::Declined { invitation, organization, email, reason } => Letter::Declined {
            invitation: id(&invitation)?,
            organization: organization_name(&organization)?,
            email: address(&email)?,
            reason: note_of(reason)?,
        },
        Written::NewInvitationWished { invitation, organization, email } => Letter::NewInvitationWished {
            invitation: id(&invitation)?,
            organization: organization_name(&organization)?,
            email: address(&email)?,
        },
        Written::AccessChanged { membership, organization, by, before, after } => Letter::AccessChanged {
            membership: id(&membership)?,
            organization: organization_name(&organization)?,
            by: by.read()?,
            before: access_of(&before)?,
            after: access_of(&after)?,
        },
        Written::AccessRemoved { membership, organization, by, reason } => Letter::AccessRemoved {
            membership: id(&membership)?,
            organization: organization_name(&organization)?,
            by: by.read()?,
            reason: note_of(reason)?,
        },
        Written::OwnershipHandedOver { membership, organization, from } => Letter::OwnershipHandedOver {
            membership: id(&membership)?,
            organization: organization_name(&organization)?,
            from: from.read()?,
        },
        Written::NewDevice { session, person, device, origin, at } => Letter::NewDevice {
            session: id(&session)?,
            person: person.read()?,
            device,
            origin: Origin(origin),
            at: Timestamp::from_micros(at),
        },
        Written::EmailDomain(written) => Letter::EmailDomain(written.read()?),
        Written::Security(letter) => Letter::Security(security::read(letter)?),
        Written::Joining(letter) => Letter::Joining(joining::read(letter)?),
        Written::SignUp(letter) => Letter::SignUp(sign_up::read(letter)?),
        Written::Own(letter) => Letter::Own(own::read(letter)?),
    })
}

impl From<PersonName> for Person {
    fn from(PersonName { first, last }: PersonName) -> Self {
        Self { first: first.as_str().to_owned(), last: last.as_str().to_owned() }
    }
}

impl Person {
    pub(super) fn read(self) -> Result<PersonName, &'static str> {
        let part = |it: &str| NamePart::parse(it).map_err(|_| "letter: name");
        Ok(PersonName::new(part(&self.first)?, part(&self.last)?))
    }
}

pub(super) fn id<Of>(text: &str) -> Result<Id<Of>, &'static str> {
    Uuid::try_parse(text).map(Id::new).map_err(|_| "letter: id")
}

fn organization_name(text: &str) -> Result<OrganizationName, &'static str> {
    OrganizationName::parse(text).map_err(|_| "letter: organization")
}

pub(super) fn address(text: &str) -> Result<Email, &'static str> {
    Email::parse(text).map_err(|_| "letter: email")
}

pub(super) fn access_of(text: &str) -> Result<Access, &'static str> {
    text::access(text).ok_or("letter: access")
}

pub(super) fn note_of(text: Option<String>) -> Result<Option<Note>, &'static str> {
    text::note(text).map_err(|()| "letter: note")
}
