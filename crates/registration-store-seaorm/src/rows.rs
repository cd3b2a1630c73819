//! Rows become aggregates or are reported as corrupt; every field is named on both sides.
pub(crate) mod account;
pub(crate) mod audit_event;
pub(crate) mod counted;
pub(crate) mod discoverable;
pub(crate) mod email_change;
pub(crate) mod email_domain;
pub(crate) mod employee_code;
pub(crate) mod invitation;
pub(crate) mod join_request;
pub(crate) mod letter;
pub(crate) mod membership;
pub(crate) mod message;
pub(crate) mod notification;
pub(crate) mod organization;
pub(crate) mod password_reset;
pub(crate) mod receipt;
pub(crate) mod session;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod text;

use registration_domain::port::PortError;
pub(crate) use registration_migrations::search::sort_key;

pub(crate) use text::{NEVER, holds, moment, search_key, storable};

/// Says of one row what is wrong with it.
pub(crate) fn corrupt(table: &'static str, row: &dyn ToString) -> impl Fn(&'static str) -> PortError + use<> {
    let row = row.to_string();
    move |what| PortError::Corrupt { table, row: row.clone(), what }
}

/// A row that another one names must be there.
pub(crate) fn present<Row>(
    row: Option<Row>,
    table: &'static str,
    id: impl ToString,
) -> Result<Row, PortError> {
    row.ok_or_else(|| corrupt(table, &id)("missing"))
}
