//! Invitations, who wants none, and whose are to be looked through.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0003_invitations",
    statements: &[
        "CREATE TABLE invitation (
            id {uuid} NOT NULL PRIMARY KEY,
            organization {uuid} NOT NULL REFERENCES organization (id),
            email {text} NOT NULL,
            email_key {text} NOT NULL,
            search_key {text} NOT NULL,
            purpose {text} NOT NULL,
            access {text} NOT NULL,
            inviter {uuid} NOT NULL REFERENCES account (id),
            generation {int} NOT NULL,
            term_days {int} NOT NULL,
            note {text},
            locale {text},
            created_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            state {text} NOT NULL,
            settled_at {int},
            settled_by {uuid},
            why {text},
            reason {text},
            revision {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX invitation_pending_once ON invitation (organization, purpose, email_key)
            WHERE state = 'pending'",
        "CREATE INDEX invitation_by_age ON invitation (organization, created_at, id{, searched})",
        "CREATE INDEX invitation_by_state ON invitation (organization, state, created_at, id, expires_at)",
        "CREATE INDEX invitation_open_of ON invitation (inviter, organization, id) WHERE state = 'pending'",
        "CREATE TABLE block (
            organization {uuid} NOT NULL,
            email_key {text} NOT NULL,
            PRIMARY KEY (organization, email_key)
        ) {strict}",
        "CREATE TABLE review (
            organization {uuid} NOT NULL,
            inviter {uuid} NOT NULL,
            asked_at {int} NOT NULL,
            PRIMARY KEY (organization, inviter)
        ) {strict}",
        "CREATE INDEX review_by_age ON review (asked_at, organization, inviter)",
    ],
};
