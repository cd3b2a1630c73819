//! What happened to one address is read like the log itself, whatever else is in it.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0013_histories",
    statements: &["CREATE INDEX audit_event_by_label ON audit_event (organization, label, at, id)"],
};
