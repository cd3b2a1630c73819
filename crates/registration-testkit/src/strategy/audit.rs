//! Lines of the audit log.
use proptest::{option, prelude::*, sample::select};
use registration_domain::audit::{Action, AuditEvent, Subject, SubjectKind};

use super::{account::origin, id, timestamp, value::uuid};

/// Any line, of any action, about anything.
pub fn audit_event() -> impl Strategy<Value = AuditEvent> {
    let who = (id(), timestamp(), option::of(id()), option::of(id()), origin());
    let what =
        (select(Action::ALL), subject(), "\\PC{1,80}", option::of("\\PC{1,80}"), option::of("\\PC{1,80}"));
    (who, what).prop_map(|(who, what)| {
        let (id, at, organization, actor, origin) = who;
        let (action, subject, label, before, after) = what;
        AuditEvent { id, at, organization, actor, origin, action, subject, label, before, after }
    })
}

/// Each kind of thing.
pub fn subject() -> impl Strategy<Value = Subject> {
    (select(SubjectKind::ALL), uuid()).prop_map(|(kind, id)| Subject { kind, id })
}
