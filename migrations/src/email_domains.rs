//! E-mail domains: one of each for an organization, one verified of each for all. Only a verified one is looked
//! after, so only verified ones are in the index of that.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0011_email_domains",
    statements: &[
        "CREATE TABLE email_domain (
            id {uuid} NOT NULL PRIMARY KEY,
            organization {uuid} NOT NULL REFERENCES organization (id),
            name {text} NOT NULL,
            policy {text} NOT NULL,
            access {text},
            maker {uuid} REFERENCES account (id),
            token {text} NOT NULL,
            added_by {uuid} NOT NULL REFERENCES account (id),
            created_at {int} NOT NULL,
            state {text} NOT NULL,
            state_at {int},
            missing_since {int},
            removed_by {uuid},
            revision {int} NOT NULL,
            checked_at {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX email_domain_once ON email_domain (organization, name) WHERE state <> 'removed'",
        "CREATE UNIQUE INDEX email_domain_verified_once ON email_domain (name) WHERE state = 'verified'",
        "CREATE INDEX email_domain_by_age ON email_domain (organization, created_at, id) WHERE state <> 'removed'",
        "CREATE INDEX email_domain_to_check ON email_domain (checked_at, id) WHERE state = 'verified'",
        "ALTER TABLE membership ADD COLUMN email_domain {uuid}",
        "ALTER TABLE membership ADD COLUMN let_in_by {uuid}",
    ],
};
