//! Who is let into an organization, by whom, with exactly which access: the rules, pure and whole.
//!
//! Data flows one way, and every write is one value:
//!
//! ```text
//! command → Platform::verb: gather (read ports) → decide (pure) → ChangeSet → Ledger::commit → outcome
//! ```
//!
//! There is no I/O here, no runtime, no clock and no chance: they come in through the ports of [`port`].
//! Inside, value types ← aggregates ← [`change`] ← [`port`] ← [`use_case`].
#![deny(missing_docs)]

pub mod access;
pub mod account;
pub mod audit;
pub mod catalogue;
pub mod change;
pub mod email;
pub mod id;
pub mod invitation;
pub mod limit;
pub mod link;
pub mod locale;
pub mod membership;
pub mod message;
pub mod note;
pub mod organization;
pub mod organization_name;
pub mod page;
pub mod password;
pub mod permission;
pub mod permit;
pub mod person_name;
pub mod platform;
pub mod port;
pub mod receipt;
pub mod refusal;
pub mod revision;
pub mod secret;
pub mod session;
pub mod settings;
pub mod setup;
pub mod text;
pub mod time;
pub mod use_case;
pub mod username;
pub mod view;
