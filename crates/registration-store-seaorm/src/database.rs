//! Where the two databases differ in how they are opened. What is read, is read in transactions that cannot write.
mod postgres;
mod private_file;
mod sqlite;

use std::{fmt, time::Duration};

use log::LevelFilter;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    TransactionTrait,
};

use crate::error::{StoreError, is_lost_race};

/// Which database, and how much of it.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreSettings {
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    pub url: String,
    /// How many connections.
    pub pools: Pools,
}

/// How many connections a process takes at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pools {
    /// For moments.
    pub read: u32,
    /// For commits, on PostgreSQL; on SQLite there is one writer.
    pub write: u32,
}

impl Default for Pools {
    fn default() -> Self {
        Self { read: 8, write: 8 }
    }
}

impl StoreSettings {
    /// With as many connections as one process usually needs.
    pub fn of(url: impl Into<String>) -> Self {
        Self { url: url.into(), pools: Pools::default() }
    }
}

/// An address may hold a password.
impl fmt::Debug for StoreSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.url.split_once(':').map_or("", |(kind, _)| kind);
        f.debug_struct("StoreSettings")
            .field("url", &format_args!("{kind}:…"))
            .field("pools", &self.pools)
            .finish()
    }
}

/// Two pools of one database.
#[derive(Debug, Clone)]
pub(crate) struct Connections {
    pub(crate) read: DatabaseConnection,
    pub(crate) write: DatabaseConnection,
}

impl Connections {
    pub(crate) async fn open(settings: &StoreSettings) -> Result<Self, StoreError> {
        let StoreSettings { url, pools } = settings;
        let (write, read) = match url.split_once(':') {
            Some(("sqlite", path)) => {
                private_file::make(path);
                (sqlite::writer(path), sqlite::readers(path, pools.read))
            }
            Some(("postgres" | "postgresql", _)) => {
                (postgres::writers(url, pools.write), postgres::readers(url, pools.read))
            }
            None | Some(_) => return Err(StoreError::UnknownDatabase),
        };
        // The writer first: it makes the file.
        let write = connect(write).await?;
        Ok(Self { read: connect(read).await?, write })
    }

    /// What can be left unsaid to a database with one writer: whose turn it is.
    pub(crate) fn has_many_writers(&self) -> bool {
        has_row_locks(&self.write)
    }
}

/// Connects, and waits while another process makes the very same file ready: SQLite lets nobody wait for
/// the change of a file's journal, whatever its time-out.
async fn connect(options: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    for _ in 0..TURNS {
        match Database::connect(options.clone()).await {
            Err(error) if is_lost_race(&error) => tokio::time::sleep(TURN).await,
            known => return known,
        }
    }
    Database::connect(options).await
}

/// How long another process may take to make a file ready: ten seconds in all.
const TURN: Duration = Duration::from_millis(20);
const TURNS: u32 = 500;

/// Begins on a connection that lives. One that is dead is found out here, before anything was asked of it, and
/// the pool forgets it.
pub(crate) async fn begin(on: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    for _ in 0..DEAD_IN_A_ROW {
        match on.begin().await {
            Err(error) if !matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => {
                tracing::info!(%error, "a connection was lost");
            }
            known => return known,
        }
    }
    on.begin().await
}

/// As many as a pool usually holds: all of them die with the database that they lead to.
const DEAD_IN_A_ROW: usize = 8;

/// Whether rows are locked one by one; SQLite has one writer, to whom all rows belong.
pub(crate) fn has_row_locks(connection: &impl ConnectionTrait) -> bool {
    connection.get_database_backend() == DbBackend::Postgres
}

/// The function that tells where in a text another one begins, from 1, or 0.
pub(crate) fn position_function(connection: &impl ConnectionTrait) -> &'static str {
    if connection.get_database_backend() == DbBackend::Postgres { "strpos" } else { "instr" }
}

/// What is bound to a statement may be a hash or an address: statements are told to nobody who did not ask.
fn quiet(options: &mut ConnectOptions) {
    options
        .sqlx_logging_level(LevelFilter::Trace)
        .sqlx_slow_statements_logging_settings(LevelFilter::Off, Duration::ZERO)
        .record_stmt_in_spans(false);
}
