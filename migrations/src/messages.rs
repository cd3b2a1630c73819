//! What waits to be sent, and what was decided. Only a message that can still be claimed has a time for it.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0004_messages",
    statements: &[
        "CREATE TABLE message (
            id {uuid} NOT NULL PRIMARY KEY,
            recipient {text} NOT NULL,
            locale {text},
            at {int} NOT NULL,
            kind {text} NOT NULL,
            subject {uuid},
            generation {int},
            letter {text} NOT NULL,
            state {text} NOT NULL,
            state_at {int} NOT NULL,
            claimable_at {int},
            attempts {int} NOT NULL,
            lease {uuid},
            reply {text}
        ) {strict}",
        "CREATE INDEX message_due ON message (at, id, claimable_at) WHERE claimable_at IS NOT NULL",
        "CREATE INDEX message_of_invitation ON message (subject, generation) WHERE kind = 'invitation'",
        "CREATE TABLE audit_event (
            id {uuid} NOT NULL PRIMARY KEY,
            at {int} NOT NULL,
            organization {uuid},
            actor {uuid},
            origin {text},
            action {text} NOT NULL,
            subject_kind {text} NOT NULL,
            subject {uuid} NOT NULL,
            label {text} NOT NULL,
            before_text {text},
            after_text {text}
        ) {strict}",
        "CREATE INDEX audit_event_by_age ON audit_event (organization, at, id)",
        "CREATE INDEX audit_event_by_action ON audit_event (organization, action, at, id)",
        "CREATE INDEX audit_event_by_actor ON audit_event (organization, actor, at, id)",
    ],
};
