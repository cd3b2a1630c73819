//! Somebody asks to join by their address at a domain that the organization had verified then.
use crate::step::Step;

pub(crate) const STEP: Step = Step {
    name: "0017_asking_by_domain",
    statements: &[
        "ALTER TABLE join_request ADD COLUMN email_domain {uuid}",
        "ALTER TABLE join_request ADD COLUMN email_domain_name {text}",
    ],
};
