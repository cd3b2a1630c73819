//! How the platform began, and what is true of all of it.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0006_platform",
    statements: &[
        "CREATE TABLE setup_link (
            id {uuid} NOT NULL PRIMARY KEY,
            expires_at {int} NOT NULL
        ) {strict}",
        "CREATE INDEX setup_link_by_expiry ON setup_link (expires_at)",
        // A constant for a key: there is one founding at the most.
        "CREATE TABLE founding (
            one {int} NOT NULL PRIMARY KEY,
            at {int} NOT NULL,
            founder {uuid} NOT NULL
        ) {strict}",
        "CREATE TABLE platform_fact (
            key {text} NOT NULL PRIMARY KEY,
            value {text} NOT NULL
        ) {strict}",
    ],
};
