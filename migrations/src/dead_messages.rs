//! Messages that were given up are counted without a look at those that were sent.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0008_dead_messages",
    statements: &["CREATE INDEX message_dead ON message (id) WHERE state = 'dead'"],
};
