//! Accounts and their sessions.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0001_accounts",
    statements: &[
        "CREATE TABLE account (
            id {uuid} NOT NULL PRIMARY KEY,
            email {text} NOT NULL,
            email_key {text} NOT NULL,
            username {text} NOT NULL,
            first_name {text} NOT NULL,
            last_name {text} NOT NULL,
            password {text} NOT NULL,
            state {text} NOT NULL,
            state_at {int},
            state_by {uuid},
            state_reason {text},
            administrator {bool} NOT NULL,
            generation {int} NOT NULL,
            locale {text},
            created_at {int} NOT NULL,
            revision {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX account_email_once ON account (email_key) WHERE state <> 'closed'",
        "CREATE UNIQUE INDEX account_username_once ON account (username) WHERE state <> 'closed'",
        "CREATE TABLE session (
            id {uuid} NOT NULL PRIMARY KEY,
            account {uuid} NOT NULL REFERENCES account (id),
            account_generation {int} NOT NULL,
            device_label {text},
            device_fingerprint {bytes} NOT NULL,
            origin {text},
            started_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            ended_at {int},
            last_seen_at {int} NOT NULL,
            revision {int} NOT NULL
        ) {strict}",
        "CREATE INDEX session_of_device ON session (account, device_fingerprint)",
        "CREATE INDEX session_by_expiry ON session (expires_at)",
    ],
};
