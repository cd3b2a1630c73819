//! Sign-ups, which keep nothing unique, and the open invitations of one address in whichever organization.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0009_sign_ups",
    statements: &[
        "CREATE TABLE sign_up (
            id {uuid} NOT NULL PRIMARY KEY,
            account {uuid} NOT NULL,
            email {text} NOT NULL,
            email_key {text} NOT NULL,
            username {text} NOT NULL,
            first_name {text} NOT NULL,
            last_name {text} NOT NULL,
            password {text} NOT NULL,
            locale {text},
            generation {int} NOT NULL,
            code_expires_at {int} NOT NULL,
            resend_at {int} NOT NULL,
            created_at {int} NOT NULL,
            expires_at {int} NOT NULL,
            state {text} NOT NULL,
            verified_at {int},
            revision {int} NOT NULL
        ) {strict}",
        "CREATE INDEX sign_up_awaiting ON sign_up (email_key, expires_at, id) WHERE state = 'awaiting_code'",
        "CREATE INDEX sign_up_by_expiry ON sign_up (expires_at)",
        "CREATE INDEX invitation_pending_at ON invitation (email_key, created_at, id, expires_at)
            WHERE state = 'pending'",
    ],
};
