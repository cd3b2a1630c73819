//! A notification and its row; its facts as JSON that no release may read differently: fields are added, never
//! renamed.
use registration_domain::{
    id::Id,
    notification::{Notification, NotificationKind},
    port::PortError,
    time::Timestamp,
    view::NotificationView,
};
use serde::{Deserialize, Serialize};

use super::{
    corrupt,
    letter::{Person, access_of, address, id, note_of},
    organization, present, text,
};
use crate::entity::{notification, organization as organization_row};

/// The mirror of [`NotificationKind`]: texts as they were written, ids as they are told.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    AccessChanged { membership: String, by: Person, before: String, after: String },
    AccessRemoved { membership: String, by: Person, reason: Option<String> },
    OwnershipHandedOver { membership: String, from: Person },
    InvitationAccepted { invitation: String, person: Person, email: String, access: String },
    InvitationDeclined { invitation: String, email: String, reason: Option<String> },
    NewInvitationWished { invitation: String, email: String },
    JoinRequestApproved { request: String, access: String },
    JoinRequestRejected { request: String, reason: Option<String> },
    JoinRequestExpired { request: String },
    JoinRequestWaits { request: String, person: Person, email: String },
}

/// A new one was not read.
pub(crate) fn row(notification: Notification) -> Result<notification::Model, PortError> {
    let Notification { id, account, organization, at, kind } = notification;
    let key = kind.key().to_owned();
    let facts = serde_json::to_string(&written(kind));
    Ok(notification::Model {
        id: id.uuid(),
        account: account.uuid(),
        organization: organization.map(Id::uuid),
        at: at.micros(),
        kind: key,
        facts: facts.map_err(|error| PortError::Unavailable(Box::new(error)))?,
        read_at: None,
    })
}

/// With the organization that it names.
pub(crate) fn view(
    row: notification::Model,
    named: Option<organization_row::Model>,
) -> Result<NotificationView, PortError> {
    let notification::Model { id, account, organization: organization_id, at, kind: key, facts, read_at } =
        row;
    let corrupt = corrupt("notification", &id);
    let kind = serde_json::from_str(&facts).map_err(|_| "facts").and_then(read).map_err(&corrupt)?;
    if kind.key() != key {
        return Err(corrupt("kind"));
    }
    let named = organization_id.map(|id| present(named, "organization", id)).transpose()?;
    let notification = Notification {
        id: Id::new(id),
        account: Id::new(account),
        organization: organization_id.map(Id::new),
        at: Timestamp::from_micros(at),
        kind,
    };
    Ok(NotificationView {
        notification,
        organization: named.map(organization::aggregate).transpose()?,
        read_at: read_at.map(Timestamp::from_micros),
    })
}

fn written(kind: NotificationKind) -> Written {
    match kind {
        NotificationKind::AccessChanged { membership, by, before, after } => Written::AccessChanged {
            membership: membership.to_string(),
            by: by.into(),
            before: text::access_text(&before),
            after: text::access_text(&after),
        },
        NotificationKind::AccessRemoved { membership, by, reason } => Written::AccessRemoved {
            membership: membership.to_string(),
            by: by.into(),
            reason: text::note_text(reason),
        },
        NotificationKind::OwnershipHandedOver { membership, from } => {
            Written::OwnershipHandedOver { membership: membership.to_string(), from: from.into() }
        }
        NotificationKind::InvitationAccepted { invitation, person, email, access } => {
            Written::InvitationAccepted {
                invitation: invitation.to_string(),
                person: person.into(),
                email: email.as_str().to_owned(),
                access: text::access_text(&access),
            }
        }
        NotificationKind::InvitationDeclined { invitation, email, reason } => Written::InvitationDeclined {
            invitation: invitation.to_string(),
            email: email.as_str().to_owned(),
            reason: text::note_text(reason),
        },
        NotificationKind::NewInvitationWished { invitation, email } => Written::NewInvitationWished {
            invitation: invitation.to_string(),
            email: email.as_str().to_owned(),
        },
        NotificationKind::JoinRequestApproved { request, access } => {
            Written::JoinRequestApproved { request: request.to_string(), access: text::access_text(&access) }
        }
        NotificationKind::JoinRequestRejected { request, reason } => {
            Written::JoinRequestRejected { request: request.to_string(), reason: text::note_text(reason) }
        }
        NotificationKind::JoinRequestExpired { request } => {
            Written::JoinRequestExpired { request: request.to_string() }
        }
        NotificationKind::JoinRequestWaits { request, person, email } => Written::JoinRequestWaits {
            request: request.to_string(),
            person: person.into(),
            email: email.as_str().to_owned(),
        },
    }
}

fn read(written: Written) -> Result<NotificationKind, &'static str> {
    Ok(match written {
        Written::AccessChanged { membership, by, before, after } => NotificationKind::AccessChanged {
            membership: id(&membership)?,
            by: by.read()?,
            before: access_of(&before)?,
            after: access_of(&after)?,
        },
        Written::AccessRemoved { membership, by, reason } => NotificationKind::AccessRemoved {
            membership: id(&membership)?,
            by: by.read()?,
            reason: note_of(reason)?,
        },
        Written::OwnershipHandedOver { membership, from } => {
            NotificationKind::OwnershipHandedOver { membership: id(&membership)?, from: from.read()? }
        }
        Written::InvitationAccepted { invitation, person, email, access } => {
            NotificationKind::InvitationAccepted {
                invitation: id(&invitation)?,
                person: person.read()?,
                email: address(&email)?,
                access: access_of(&access)?,
            }
        }
        Written::InvitationDeclined { invitation, email, reason } => NotificationKind::InvitationDeclined {
            invitation: id(&invitation)?,
            email: address(&email)?,
            reason: note_of(reason)?,
        },
        Written::NewInvitationWished { invitation, email } => {
            NotificationKind::NewInvitationWished { invitation: id(&invitation)?, email: address(&email)? }
        }
        Written::JoinRequestApproved { request, access } => {
            NotificationKind::JoinRequestApproved { request: id(&request)?, access: access_of(&access)? }
        }
        Written::JoinRequestRejected { request, reason } => {
            NotificationKind::JoinRequestRejected { request: id(&request)?, reason: note_of(reason)? }
        }
        Written::JoinRequestExpired { request } => {
            NotificationKind::JoinRequestExpired { request: id(&request)? }
        }
        Written::JoinRequestWaits { request, person, email } => NotificationKind::JoinRequestWaits {
            request: id(&request)?,
            person: person.read()?,
            email: address(&email)?,
        },
    })
}
