//! The history of the schema: steps only follow each other, and a step that was released never changes.
//!
//! Whoever adds one appends a file, and a line in [`Migrator`]. A step may be added while an older binary
//! still runs against the database, so it adds, and takes away nothing that the release before it reads.
mod accounts;
mod addressed;
mod asking_by_domain;
mod by_access;
mod dead_messages;
mod discoverable;
mod email_changes;
mod email_domains;
mod guards;
mod histories;
mod invitations;
mod joining;
mod messages;
mod organizations;
mod own_accounts;
mod own_traces;
mod people;
mod platform;
pub mod search;
mod sign_ups;
mod signing_in;
mod step;

use sea_orm_migration::{
    MigrationTrait, MigratorTrait, SchemaManager,
    sea_orm::{
        ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, SqliteTransactionMode,
        TransactionOptions, TransactionTrait,
    },
    seaql_migrations,
};

/// Every step, in order.
#[derive(Debug)]
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        [
            accounts::STEP,
            organizations::STEP,
            invitations::STEP,
            messages::STEP,
            guards::STEP,
            platform::STEP,
            people::STEP,
            dead_messages::STEP,
            own_accounts::STEP,
            own_traces::STEP,
            addressed::STEP,
            email_domains::STEP,
            signing_in::STEP,
            joining::STEP,
            histories::STEP,
            sign_ups::STEP,
            email_changes::STEP,
            asking_by_domain::STEP,
            by_access::STEP,
        ]
        .into_iter()
        .map(|it| Box::new(it) as Box<dyn MigrationTrait>)
        // Takes more than statements, and rests on the first of these only.
        .chain([Box::new(discoverable::Discoverable) as Box<dyn MigrationTrait>])
        .collect()
    }
}

/// How the schema of a database stands to this binary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// They fit.
    UpToDate,
    /// So many steps are still to be taken.
    Behind(usize),
    /// A later binary took steps that this one does not know.
    Newer,
}

/// Takes the steps that are missing: all of them in one transaction, or none. Those who start together wait
/// for each other, so that each step is taken once.
///
/// # Errors
/// What the database said.
pub async fn migrate(connection: &DatabaseConnection) -> Result<(), DbErr> {
    let immediate = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: immediate, ..Default::default() };
    let transaction = connection.begin_with_options(options).await?;
    // SQLite's immediate transaction is a lock already; PostgreSQL's ends with its transaction.
    if ConnectionTrait::get_database_backend(&transaction) == DbBackend::Postgres {
        // A step may take its time, and so does waiting for it.
        let patient = "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0";
        transaction.execute_unprepared(patient).await?;
        transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    Migrator::up(&transaction, None).await?;
    transaction.commit().await
}

/// Any number that nothing else in the database locks by.
const LOCK: i64 = 0x7265_6769_7374_6572;

/// Whether steps are missing here, or there. Writes nothing.
///
/// # Errors
/// What the database said.
pub async fn state(connection: &DatabaseConnection) -> Result<SchemaState, DbErr> {
    let known =
        Migrator::get_migration_files().into_iter().map(|it| it.name().to_owned()).collect::<Vec<_>>();
    let table = Migrator::migration_table_name().to_string();
    if !SchemaManager::new(connection).has_table(table).await? {
        return Ok(SchemaState::Behind(known.len()));
    }
    let taken = seaql_migrations::Entity::find().all(connection).await?;
    if taken.iter().any(|it| !known.contains(&it.version)) {
        return Ok(SchemaState::Newer);
    }
    match known.len() - taken.len() {
        0 => Ok(SchemaState::UpToDate),
        missing => Ok(SchemaState::Behind(missing)),
    }
}
