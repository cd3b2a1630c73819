//! An invitation and its row.
use registration_domain::{
    id::Id,
    invitation::{Invitation, InvitationParts, InvitationState, Purpose, RevokedWhy, Term},
    locale::Locale,
    note::Note,
    port::PortError,
    revision::{Generation, Revision},
    time::Timestamp,
};
use uuid::Uuid;

use super::{corrupt, search_key, text};
use crate::entity::invitation;

pub(crate) const PENDING: &str = "pending";
pub(crate) const ACCEPTED: &str = "accepted";
pub(crate) const DECLINED: &str = "declined";
pub(crate) const REVOKED: &str = "revoked";

/// A state as its columns hold it: the word, when, by whom, why, and in which words.
type Columns<'a> = (&'a str, Option<i64>, Option<Uuid>, Option<&'a str>, Option<Note>);

pub(crate) fn row(invitation: Invitation) -> invitation::Model {
    let InvitationParts {
        id,
        organization,
        email,
        purpose,
        access,
        inviter,
        generation,
        addressed,
        term,
        note,
        locale,
        created_at,
        expires_at,
        state,
        revision,
    } = invitation.into_parts();
    let (state, settled_at, settled_by, why, reason) = columns(state);
    invitation::Model {
        id: id.uuid(),
        organization: organization.uuid(),
        email: email.as_str().to_owned(),
        email_key: email.canonical().to_owned(),
        search_key: search_key([email.as_str(), email.canonical()]),
        purpose: purpose.key().to_owned(),
        access: text::access_text(&access),
        inviter: inviter.uuid(),
        generation: generation.0.into(),
        addressed: addressed.0.into(),
        term_days: term.in_days().into(),
        note: text::note_text(note),
        locale: locale.map(|it| it.as_str().to_owned()),
        created_at: created_at.micros(),
        expires_at: expires_at.micros(),
        state: state.to_owned(),
        settled_at,
        settled_by,
        why: why.map(str::to_owned),
        reason: text::note_text(reason),
        revision: revision.0.into(),
        undelivered: false,
    }
}

pub(crate) fn aggregate(row: invitation::Model) -> Result<Invitation, PortError> {
    let invitation::Model {
        id,
        organization,
        email,
        email_key,
        search_key: _,
        purpose,
        access,
        inviter,
        generation,
        addressed,
        term_days,
        note,
        locale,
        created_at,
        expires_at,
        state,
        settled_at,
        settled_by,
        why,
        reason,
        revision,
        undelivered: _,
    } = row;
    let corrupt = corrupt("invitation", &id);
    let reason = text::note(reason).map_err(|()| corrupt("reason"))?;
    let columns = (state.as_str(), settled_at, settled_by, why.as_deref(), reason);
    let days = u8::try_from(term_days).map_err(|_| corrupt("term_days"))?;
    Ok(Invitation::from_parts(InvitationParts {
        id: Id::new(id),
        organization: Id::new(organization),
        email: text::email(&email, &email_key).ok_or_else(|| corrupt("email"))?,
        purpose: Purpose::parse(&purpose).ok_or_else(|| corrupt("purpose"))?,
        access: text::access(&access).ok_or_else(|| corrupt("access"))?,
        inviter: Id::new(inviter),
        generation: Generation(generation.try_into().map_err(|_| corrupt("generation"))?),
        addressed: Generation(addressed.try_into().map_err(|_| corrupt("addressed"))?),
        term: Term::days(days).map_err(|_| corrupt("term_days"))?,
        note: text::note(note).map_err(|()| corrupt("note"))?,
        locale: locale.as_deref().map(Locale::parse).transpose().map_err(|_| corrupt("locale"))?,
        created_at: Timestamp::from_micros(created_at),
        expires_at: Timestamp::from_micros(expires_at),
        state: state_of(columns).ok_or_else(|| corrupt("state"))?,
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    }))
}

fn columns(state: InvitationState) -> Columns<'static> {
    match state {
        InvitationState::Pending => (PENDING, None, None, None, None),
        InvitationState::Accepted { at, by } => (ACCEPTED, Some(at.micros()), Some(by.uuid()), None, None),
        InvitationState::Declined { at, reason } => (DECLINED, Some(at.micros()), None, None, reason),
        InvitationState::Revoked { at, by, why } => {
            let (why, reason) = match why {
                RevokedWhy::Withdrawn { reason } => ("withdrawn", reason),
                RevokedWhy::Replaced => ("replaced", None),
                RevokedWhy::NotBacked => ("not_backed", None),
                RevokedWhy::InviteeRemoved => ("invitee_removed", None),
                RevokedWhy::InviteeCame => ("invitee_came", None),
            };
            (REVOKED, Some(at.micros()), Some(by.uuid()), Some(why), reason)
        }
    }
}

fn state_of((state, at, by, why, reason): Columns<'_>) -> Option<InvitationState> {
    let at = at.map(Timestamp::from_micros);
    let by = by.map(Id::new);
    Some(match (state, at, by, why, reason) {
        (PENDING, None, None, None, None) => InvitationState::Pending,
        (ACCEPTED, Some(at), Some(by), None, None) => InvitationState::Accepted { at, by },
        (DECLINED, Some(at), None, None, reason) => InvitationState::Declined { at, reason },
        (REVOKED, Some(at), Some(by), Some(why), reason) => {
            let why = match (why, reason) {
                ("withdrawn", reason) => RevokedWhy::Withdrawn { reason },
                ("replaced", None) => RevokedWhy::Replaced,
                ("not_backed", None) => RevokedWhy::NotBacked,
                ("invitee_removed", None) => RevokedWhy::InviteeRemoved,
                ("invitee_came", None) => RevokedWhy::InviteeCame,
                _ => return None,
            };
            InvitationState::Revoked { at, by, why }
        }
        _ => return None,
    })
}
