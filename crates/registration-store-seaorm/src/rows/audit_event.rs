//! An audit event and its row.
use registration_domain::{
    audit::{Action, AuditEvent, Subject, SubjectKind},
    id::Id,
    port::PortError,
    session::Origin,
    time::Timestamp,
};

use super::{corrupt, storable};
use crate::entity::audit_event;

pub(crate) fn row(event: AuditEvent) -> audit_event::Model {
    let AuditEvent {
        id,
        at,
        organization,
        actor,
        origin: Origin(origin),
        action,
        subject,
        label,
        before,
        after,
    } = event;
    let Subject { kind, id: subject } = subject;
    audit_event::Model {
        id: id.uuid(),
        at: at.micros(),
        organization: organization.map(Id::uuid),
        actor: actor.map(Id::uuid),
        origin: origin.map(storable),
        action: action.key().to_owned(),
        subject_kind: kind.key().to_owned(),
        subject,
        label: storable(label),
        before_text: before.map(storable),
        after_text: after.map(storable),
    }
}

pub(crate) fn aggregate(row: audit_event::Model) -> Result<AuditEvent, PortError> {
    let audit_event::Model {
        id,
        at,
        organization,
        actor,
        origin,
        action,
        subject_kind,
        subject,
        label,
        before_text,
        after_text,
    } = row;
    let corrupt = corrupt("audit_event", &id);
    let kind = SubjectKind::parse(&subject_kind).ok_or_else(|| corrupt("subject_kind"))?;
    Ok(AuditEvent {
        id: Id::new(id),
        at: Timestamp::from_micros(at),
        organization: organization.map(Id::new),
        actor: actor.map(Id::new),
        origin: Origin(origin),
        action: Action::parse(&action).ok_or_else(|| corrupt("action"))?,
        subject: Subject { kind, id: subject },
        label,
        before: before_text,
        after: after_text,
    })
}
