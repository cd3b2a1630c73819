//! Organizations and who belongs to them. A membership carries copies of what its lists are sorted and searched
//! by, so that a page of a hundred thousand members is one probe of an index.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0002_organizations",
    statements: &[
        "CREATE TABLE organization (
            id {uuid} NOT NULL PRIMARY KEY,
            name {text} NOT NULL,
            kind {text} NOT NULL,
            managed_by {uuid},
            discoverable {bool} NOT NULL,
            created_at {int} NOT NULL,
            revision {int} NOT NULL
        ) {strict}",
        "CREATE TABLE membership (
            id {uuid} NOT NULL PRIMARY KEY,
            organization {uuid} NOT NULL REFERENCES organization (id),
            account {uuid} NOT NULL REFERENCES account (id),
            access {text} NOT NULL,
            cause {text} NOT NULL,
            invitation {uuid},
            joined_at {int} NOT NULL,
            state {text} NOT NULL,
            removed_at {int},
            removed_by {uuid},
            removed_reason {text},
            revision {int} NOT NULL,
            name_key {text} NOT NULL,
            search_key {text} NOT NULL,
            last_sign_in_at {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX membership_once ON membership (organization, account) WHERE state = 'active'",
        "CREATE INDEX membership_owners ON membership (organization, access)
            WHERE state = 'active' AND access = 'owner'",
        "CREATE INDEX membership_by_name ON membership (organization, state, name_key, id{, searched})",
        "CREATE INDEX membership_by_joined ON membership (organization, state, joined_at, id)",
        "CREATE INDEX membership_by_sign_in ON membership (organization, state, last_sign_in_at, id)",
        "CREATE INDEX membership_of_account ON membership (account, state, joined_at, id)",
    ],
};
