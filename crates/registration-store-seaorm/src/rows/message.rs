//! A message, its row, and how far it came.
use registration_domain::{
    email::Email,
    id::Id,
    locale::Locale,
    message::{Delivery, DeliveryState, Letter, Message},
    port::{Claimed, PortError},
    time::Timestamp,
};

use super::{corrupt, letter};
use crate::entity::message;

pub(crate) const QUEUED: &str = "queued";
pub(crate) const LEASED: &str = "leased";
pub(crate) const SENT: &str = "sent";
pub(crate) const DEAD: &str = "dead";
pub(crate) const SUPERSEDED: &str = "superseded";
pub(crate) const HELD: &str = "held";
/// The kind whose delivery is shown beside what it is about.
pub(crate) const INVITATION: &str = "invitation";

/// A new one waits for its first try.
pub(crate) fn row(message: Message) -> Result<message::Model, PortError> {
    let Message { id, to, locale, at, letter } = message;
    let kind = letter.kind();
    let (subject, generation) = match &letter {
        Letter::Invitation { invitation, generation, .. } => {
            (Some(invitation.uuid()), Some(generation.0.into()))
        }
        Letter::Joined { invitation, .. }
        | Letter::Declined { invitation, .. }
        | Letter::NewInvitationWished { invitation, .. } => (Some(invitation.uuid()), None),
        Letter::AccessChanged { membership, .. }
        | Letter::AccessRemoved { membership, .. }
        | Letter::OwnershipHandedOver { membership, .. } => (Some(membership.uuid()), None),
        Letter::NewDevice { session, .. } => (Some(session.uuid()), None),
        Letter::EmailDomain(letter) => (Some(letter.domain.uuid()), None),
        Letter::Security(letter) => (Some(letter.account().uuid()), None),
        Letter::Joining(it) => (Some(letter::joining::subject(it)), None),
        Letter::SignUp(letter) => {
            let (sign_up, generation) = letter.about();
            (Some(sign_up.uuid()), Some(generation.0.into()))
        }
        Letter::Own(letter) => {
            let (subject, generation) = letter::own::about(letter);
            (Some(subject), generation)
        }
    };
    Ok(message::Model {
        id: id.uuid(),
        recipient: to.as_str().to_owned(),
        locale: locale.map(|it| it.as_str().to_owned()),
        at: at.micros(),
        kind: kind.to_owned(),
        subject,
        generation,
        letter: letter::text(letter).map_err(|error| PortError::Unavailable(Box::new(error)))?,
        state: QUEUED.to_owned(),
        state_at: at.micros(),
        claimable_at: Some(at.micros()),
        attempts: 0,
        lease: None,
        reply: None,
    })
}

/// As it is handed to whoever claimed it.
pub(crate) fn claimed(row: message::Model) -> Result<Claimed, PortError> {
    let message::Model {
        id,
        recipient,
        locale,
        at,
        kind,
        subject: _,
        generation: _,
        letter,
        state: _,
        state_at: _,
        claimable_at: _,
        attempts,
        lease: _,
        reply: _,
    } = row;
    let corrupt = corrupt("message", &id);
    let letter = letter::letter(&letter).map_err(&corrupt)?;
    if letter.kind() != kind {
        return Err(corrupt("kind"));
    }
    let message = Message {
        id: Id::new(id),
        to: Email::parse(&recipient).map_err(|_| corrupt("recipient"))?,
        locale: locale.as_deref().map(Locale::parse).transpose().map_err(|_| corrupt("locale"))?,
        at: Timestamp::from_micros(at),
        letter,
    };
    Ok(Claimed { message, attempt: u32::try_from(attempts).map_err(|_| corrupt("attempts"))? })
}

pub(crate) fn delivery(row: message::Model) -> Result<Delivery, PortError> {
    let state = match row.state.as_str() {
        QUEUED | LEASED => DeliveryState::Queued,
        SENT => DeliveryState::Sent,
        DEAD => DeliveryState::Failed,
        SUPERSEDED => DeliveryState::Superseded,
        HELD => DeliveryState::Held,
        _ => return Err(corrupt("message", &row.id)("state")),
    };
    Ok(Delivery { state, reason: row.reply, at: Timestamp::from_micros(row.state_at) })
}
