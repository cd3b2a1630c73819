//! What keeps a request from being done twice, and a guess from being made too often.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0005_guards",
    statements: &[
        "CREATE TABLE receipt (
            scope {bytes} NOT NULL,
            key {text} NOT NULL,
            fingerprint {bytes} NOT NULL,
            outcome {text} NOT NULL,
            first {uuid},
            second {uuid},
            third {uuid},
            at {int} NOT NULL,
            PRIMARY KEY (scope, key)
        ) {strict}",
        "CREATE INDEX receipt_by_age ON receipt (at)",
        "CREATE TABLE tally (
            what {text} NOT NULL,
            subject {text} NOT NULL,
            opened_at {int} NOT NULL,
            closes_at {int} NOT NULL,
            spent {int} NOT NULL,
            PRIMARY KEY (what, subject, opened_at)
        ) {strict}",
        "CREATE INDEX tally_by_end ON tally (closes_at)",
        "CREATE TABLE act (
            id {uuid} NOT NULL PRIMARY KEY,
            at {int} NOT NULL
        ) {strict}",
        "CREATE INDEX act_by_age ON act (at)",
    ],
};
