//! Who asks to join, with which codes, and whom to tell of it. A membership names what it came from besides an
//! invitation in a column of its own, because the release before this one reads the other.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0013_joining",
    statements: &[
        "ALTER TABLE membership ADD COLUMN source {uuid}",
        "CREATE TABLE employee_code (
            id {uuid} NOT NULL PRIMARY KEY,
            organization {uuid} NOT NULL REFERENCES organization (id),
            batch {uuid} NOT NULL,
            maker {uuid} NOT NULL REFERENCES account (id),
            label {text},
            digest {bytes} NOT NULL,
            uses {int},
            used {int} NOT NULL,
            expires_at {int},
            admits {bool} NOT NULL,
            access {text},
            created_at {int} NOT NULL,
            state {text} NOT NULL,
            revoked_at {int},
            revoked_by {uuid},
            refused_revoked {int} NOT NULL,
            refused_expired {int} NOT NULL,
            refused_used_up {int} NOT NULL,
            refused_elsewhere {int} NOT NULL,
            revision {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX employee_code_once ON employee_code (digest)",
        "CREATE INDEX employee_code_by_age ON employee_code (organization, created_at, id)",
        "CREATE INDEX employee_code_of_batch ON employee_code (batch, id)",
        "CREATE TABLE join_request (
            id {uuid} NOT NULL PRIMARY KEY,
            organization {uuid} NOT NULL REFERENCES organization (id),
            account {uuid} NOT NULL REFERENCES account (id),
            method {text} NOT NULL,
            note {text},
            code {uuid},
            created_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            warn_at {int},
            reminded_at {int},
            state {text} NOT NULL,
            ended_at {int},
            decided_by {uuid},
            access {text},
            reason {text},
            way {text},
            way_id {uuid},
            revision {int} NOT NULL
        ) {strict}",
        "CREATE UNIQUE INDEX join_request_pending_once ON join_request (organization, account)
            WHERE state = 'pending'",
        "CREATE INDEX join_request_by_age ON join_request (organization, created_at, id)",
        "CREATE INDEX join_request_by_state ON join_request (organization, state, created_at, id, expires_at)",
        "CREATE INDEX join_request_open ON join_request (organization, expires_at) WHERE state = 'pending'",
        "CREATE INDEX join_request_of_account ON join_request (account, created_at, id)",
        "CREATE INDEX join_request_before ON join_request (organization, account, created_at, id)",
        "CREATE INDEX join_request_rejected ON join_request (organization, account, ended_at, id)
            WHERE state = 'rejected'",
        "CREATE INDEX join_request_to_warn_of ON join_request (warn_at, id)
            WHERE state = 'pending' AND warn_at IS NOT NULL",
        "CREATE INDEX join_request_lapsing ON join_request (expires_at, id) WHERE state = 'pending'",
        "CREATE INDEX membership_by_access_and_sign_in ON membership (organization, access, last_sign_in_at, id)
            WHERE state = 'active' AND access NOT LIKE 'chosen:%'",
        "CREATE INDEX membership_reviewing ON membership (organization, last_sign_in_at, id)
            WHERE state = 'active' AND ',' || substr(access, 8) || ',' LIKE '%,join_requests.review,%'",
        "CREATE INDEX membership_before ON membership (organization, account, removed_at, id)
            WHERE state = 'removed'",
    ],
};
