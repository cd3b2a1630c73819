//! Who tried to sign in, what was counted of late, and which links set a new password.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0009_signing_in",
    statements: &[
        // What a limit counts is a list of instants: in fixed windows twice as much passed where one ends.
        "DROP TABLE tally",
        "CREATE TABLE counted (
            what {text} NOT NULL,
            subject {text} NOT NULL,
            instants {bytes} NOT NULL,
            over_at {int} NOT NULL,
            PRIMARY KEY (what, subject)
        ) {strict}",
        "CREATE INDEX counted_by_end ON counted (over_at)",
        // The account is no reference: to look it up for those who exist would take longer than for those who do not.
        "CREATE TABLE sign_in (
            id {uuid} NOT NULL PRIMARY KEY,
            account {uuid},
            at {int} NOT NULL,
            method {text} NOT NULL,
            device_label {text},
            origin {text},
            outcome {text} NOT NULL
        ) {strict}",
        "CREATE INDEX sign_in_of_account ON sign_in (account, at, id)",
        "CREATE INDEX sign_in_by_outcome ON sign_in (account, outcome, at, id)",
        "CREATE INDEX sign_in_by_age ON sign_in (at)",
        "CREATE INDEX session_of_account ON session (account, started_at, id)",
        "CREATE TABLE password_reset (
            account {uuid} NOT NULL PRIMARY KEY REFERENCES account (id),
            account_generation {int} NOT NULL,
            email {text} NOT NULL,
            email_key {text} NOT NULL,
            generation {int} NOT NULL,
            expires_at {int} NOT NULL,
            state {text} NOT NULL,
            used_at {int},
            revision {int} NOT NULL
        ) {strict}",
        "CREATE INDEX password_reset_by_expiry ON password_reset (expires_at)",
        "CREATE TABLE reset_request (
            email_key {text} NOT NULL PRIMARY KEY,
            email {text} NOT NULL,
            id {uuid} NOT NULL,
            origin {text},
            at {int} NOT NULL,
            due_at {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX reset_request_once ON reset_request (id)",
        "CREATE INDEX reset_request_due ON reset_request (due_at, id)",
    ],
};
