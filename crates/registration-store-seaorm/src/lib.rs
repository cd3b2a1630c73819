//! The storage ports on SQLite and PostgreSQL: every promise of the ports is a transaction, an index, or a
//! condition of an update, and never a lock in this process.
//!
//! ```
//! use registration_store_seaorm::{SchemaState, SeaOrmStore, StoreSettings};
//!
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("registration.db");
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let store = SeaOrmStore::open(&StoreSettings::of(format!("sqlite:{}", path.display()))).await?;
//! store.migrate().await?;
//! assert_eq!(store.schema_state().await?, SchemaState::UpToDate);
//! store.close().await?;
//! # Ok::<(), registration_store_seaorm::StoreError>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod backlog;
mod database;
mod delivery;
mod entity;
mod error;
mod fact;
mod grams;
mod ledger;
mod list;
mod outbox;
mod read;
mod rows;
mod store;
mod sweep;
mod write;

pub use backlog::OutboxState;
pub use database::{Pools, StoreSettings};
pub use error::StoreError;
pub use registration_migrations::SchemaState;
pub use store::SeaOrmStore;
