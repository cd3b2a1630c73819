//! One function a promise. Each suite has a macro that makes every promise of it a test of that name.
//!
//! An adapter is run against a suite by one line, given an async function that makes a fresh one, and
//! whatever must live as long as it:
//!
//! ```
//! use std::sync::Arc;
//!
//! use registration_domain::platform::Ports;
//! use registration_testkit::memory::MemoryStore;
//!
//! async fn fresh() -> (Ports, ()) {
//!     (registration_testkit::ports(Arc::new(MemoryStore::default())), ())
//! }
//!
//! registration_testkit::store_contract!(fresh);
//! ```
mod scene;
#[macro_use]
mod promises;

pub mod account;
pub mod audit;
pub mod clock;
pub mod closing;
pub mod codes;
pub mod cursor_sealer;
pub mod domain_proof;
pub mod email_change;
pub mod email_domain;
pub mod employee_code;
pub mod fingerprints;
pub mod hasher;
pub mod ids;
pub mod invitation;
pub mod join_request;
pub mod journey;
pub mod ledger;
pub mod limit;
pub mod link_sealer;
pub mod mailer;
pub mod member;
pub mod moment;
pub mod notification;
pub mod organization;
pub mod outbox;
pub mod own;
pub mod password_reset;
pub mod receipt;
pub mod reviewing;
pub mod row;
pub mod sign_in;
pub mod sign_up;
pub mod sweeper;
pub mod touch;
pub mod unique;

pub use promises::{Checked, Promise, kept};

/// Makes every promise of a store a test: those of its ledger, its reads and its outbox.
///
/// `$fresh` is an async function without parameters that answers the [`Ports`] of an empty store, and a
/// guard that lives as long as it. The promises race on several tasks: give the store several connections.
///
/// [`Ports`]: registration_domain::platform::Ports
#[macro_export]
macro_rules! store_contract {
    ($fresh:path) => {
        $crate::ledger_contract!($fresh);
        $crate::reads_contract!($fresh);
        $crate::outbox_contract!($fresh);
        $crate::journey_contract!($fresh);
    };
}

/// Makes every promise of a ledger a test.
#[macro_export]
macro_rules! ledger_contract {
    ($fresh:path) => {
        $crate::commit_contract!($fresh);
        $crate::unique_contract!($fresh);
        $crate::limit_contract!($fresh);
        $crate::receipt_contract!($fresh);
        $crate::touch_contract!($fresh);
        $crate::row_contract!($fresh);
        $crate::employee_code_contract!($fresh);
    };
}

/// Makes every promise of the reads a test.
#[macro_export]
macro_rules! reads_contract {
    ($fresh:path) => {
        $crate::moment_contract!($fresh);
        $crate::account_contract!($fresh);
        $crate::organization_contract!($fresh);
        $crate::sign_in_contract!($fresh);
        $crate::password_reset_contract!($fresh);
        $crate::member_contract!($fresh);
        $crate::invitation_contract!($fresh);
        $crate::notification_contract!($fresh);
        $crate::email_domain_contract!($fresh);
        $crate::sign_up_contract!($fresh);
        $crate::own_contract!($fresh);
        $crate::email_change_contract!($fresh);
        $crate::closing_contract!($fresh);
        $crate::audit_contract!($fresh);
        $crate::join_request_contract!($fresh);
        $crate::reviewing_contract!($fresh);
    };
}

/// Every promise of a store, to be run one by one.
pub fn of_a_store() -> impl Iterator<Item = &'static Promise<registration_domain::platform::Ports>> {
    let ledger = [ledger::PROMISES, unique::PROMISES, limit::PROMISES, receipt::PROMISES, touch::PROMISES];
    let reads = [row::PROMISES, moment::PROMISES, account::PROMISES, member::PROMISES, invitation::PROMISES];
    let access = [sign_in::PROMISES, sign_up::PROMISES, password_reset::PROMISES];
    let own = [notification::PROMISES, own::PROMISES, email_change::PROMISES, closing::PROMISES];
    let others = [audit::PROMISES, outbox::PROMISES, journey::PROMISES];
    let others = others.into_iter().chain([email_domain::PROMISES, organization::PROMISES]);
    let joining = [employee_code::PROMISES, join_request::PROMISES, reviewing::PROMISES];
    ledger.into_iter().chain(reads).chain(access).chain(own).chain(others).chain(joining).flatten()
}
