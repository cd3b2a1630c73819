//! Strategies for every value of the domain, odd ones first, for property tests of whatever handles them.
//!
//! ```
//! use proptest::prelude::*;
//! use registration_domain::email::Email;
//! use registration_testkit::strategy;
//!
//! proptest!(|(email in strategy::email())| {
//!     prop_assert_eq!(Email::parse(email.as_str()), Ok(email.clone()));
//!     prop_assert!(email.is_same_mailbox(&Email::parse(email.canonical()).unwrap()));
//! });
//! ```
mod account;
mod audit;
mod email_domain;
mod invitation;
mod joining;
mod message;
mod notification;
mod organization;
mod own;
mod security;
mod sign_up;
mod text;
mod value;

pub use account::{account, account_in, account_state, session, session_of};
pub use audit::{audit_event, subject};
pub use email_domain::{
    domain_name, domain_policy, email_domain, email_domain_of, email_domain_state, proof_token,
};
pub use invitation::{invitation, invitation_from, invitation_state, term};
pub use joining::{
    code_label, counted_code, employee_code_state, entry, join_request, join_request_state, joining_letter,
    method, settled_by,
};
pub use message::{letter, message};
pub use notification::{notification, notification_kind};
pub use organization::{joining_access, membership, membership_of, membership_state, organization};
pub use own::{email_change, email_change_state, own_letter};
pub use security::{password_reset, reset_request, sign_in_attempt};
pub use sign_up::{sign_up, sign_up_letter, sign_up_state};
pub use text::{
    contact, email, locale, name_part, note, organization_name, password, person_name, time_zone, username,
};
pub use value::{
    access, digest, generation, id, link, once, outcome, permission, receipt, revision, role, tally,
    timestamp,
};
