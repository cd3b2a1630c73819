//! Changes of address: one of an account waits at a time. The few who run the platform are found among many.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0014_email_changes",
    statements: &[
        "CREATE TABLE email_change (
            id {uuid} NOT NULL PRIMARY KEY,
            account {uuid} NOT NULL REFERENCES account (id),
            account_generation {int} NOT NULL,
            email {text} NOT NULL,
            email_key {text} NOT NULL,
            generation {int} NOT NULL,
            code_expires_at {int} NOT NULL,
            resend_at {int} NOT NULL,
            created_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            state {text} NOT NULL,
            settled_at {int},
            revision {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX email_change_waiting_once ON email_change (account) WHERE settled_at IS NULL",
        "CREATE INDEX email_change_by_expiry ON email_change (expires_at)",
        "CREATE INDEX account_administrator ON account (id) WHERE administrator",
    ],
};
