//! Rows, as they lie in the tables. Nothing outside this crate sees them.
#![expect(unreachable_pub, reason = "the derive writes `pub` for everything beside a model")]

pub(crate) mod account;
pub(crate) mod act;
pub(crate) mod audit_event;
pub(crate) mod block;
pub(crate) mod counted;
pub(crate) mod discoverable;
pub(crate) mod email_change;
pub(crate) mod email_domain;
pub(crate) mod employee_code;
pub(crate) mod founding;
pub(crate) mod invitation;
pub(crate) mod join_request;
pub(crate) mod membership;
pub(crate) mod message;
pub(crate) mod notification;
pub(crate) mod organization;
pub(crate) mod password_reset;
pub(crate) mod platform_fact;
pub(crate) mod receipt;
pub(crate) mod reset_request;
pub(crate) mod review;
pub(crate) mod session;
pub(crate) mod setup_link;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
