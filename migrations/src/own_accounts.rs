//! What an account prefers, and what its owner is told on their own pages.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0009_own_accounts",
    statements: &[
        "ALTER TABLE account ADD COLUMN time_zone {text}",
        "CREATE TABLE notification (
            id {uuid} NOT NULL PRIMARY KEY,
            account {uuid} NOT NULL REFERENCES account (id),
            organization {uuid} REFERENCES organization (id),
            at {int} NOT NULL,
            kind {text} NOT NULL,
            facts {text} NOT NULL,
            read_at {int}
        ) {strict}",
        "CREATE INDEX notification_of_account ON notification (account, at, id)",
        "CREATE INDEX notification_unread ON notification (account) WHERE read_at IS NULL",
        "CREATE INDEX notification_by_age ON notification (at)",
    ],
};
