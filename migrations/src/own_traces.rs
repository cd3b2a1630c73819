//! All that is stored about somebody is found by who they are: what they sent, what was sent to them, what they
//! did, and what was done about them.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0010_own_traces",
    statements: &[
        "CREATE INDEX invitation_by_inviter ON invitation (inviter, created_at, id)",
        "CREATE INDEX invitation_by_address ON invitation (email_key, created_at, id)",
        "CREATE INDEX audit_event_of_actor ON audit_event (actor, at, id) WHERE actor IS NOT NULL",
        "CREATE INDEX audit_event_about ON audit_event (subject, at, id)",
    ],
};
