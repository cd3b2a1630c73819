//! A commit that was acknowledged survives a power cut, and readers never wait for the writer.
use std::time::Duration;

use sea_orm::{
    ConnectOptions,
    sqlx::{
        Connection,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};

/// How long one process waits for another one on the same file.
const PATIENCE: Duration = Duration::from_secs(10);

/// One: all writes of a process go through it.
pub(super) fn writer(path: &str) -> ConnectOptions {
    let mut options = options(path, 1);
    options.map_sqlx_sqlite_opts(|it| {
        it.create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-16000")
            .pragma("trusted_schema", "off")
            .optimize_on_close(true, None)
    });
    // SQLite ends a transaction by itself where the disk fails it, and the driver goes on counting savepoints
    // that are no more: such a connection is closed, and the pool opens another one.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            Box::pin(async move {
                connection.ping().await?;
                Ok(!connection.is_in_transaction())
            })
        })
    });
    options
}

pub(super) fn readers(path: &str, most: u32) -> ConnectOptions {
    let mut options = options(path, most);
    options.map_sqlx_sqlite_opts(|it| {
        it.create_if_missing(false)
            .busy_timeout(PATIENCE)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-8000")
            .pragma("trusted_schema", "off")
            .pragma("query_only", "on")
    });
    options
}

fn options(path: &str, most: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite:{path}"));
    options
        .max_connections(most.max(1))
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        // A connection to a file does not grow old.
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false);
    super::quiet(&mut options);
    options
}

#[cfg(test)]
mod tests {
    use sea_orm::{
        ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode,
        TransactionOptions, TransactionTrait,
    };

    use super::*;

    async fn begin(on: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
        let immediate = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode: immediate, ..Default::default() };
        on.begin_with_options(options).await
    }

    /// A driver that still counted savepoints would begin with one of those, and lock nothing.
    #[tokio::test]
    async fn after_a_transaction_that_ended_by_itself_the_next_one_holds_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db").display().to_string();
        let writer = Database::connect(writer(&path)).await.unwrap();
        writer.execute_unprepared("CREATE TABLE t (x)").await.unwrap();
        let full = "CREATE TRIGGER full BEFORE INSERT ON t BEGIN SELECT RAISE(ROLLBACK, 'full'); END";
        writer.execute_unprepared(full).await.unwrap();

        let transaction = begin(&writer).await.unwrap();
        let savepoint = transaction.begin().await.unwrap();
        savepoint.execute_unprepared("INSERT INTO t VALUES (1)").await.unwrap_err();
        savepoint.rollback().await.unwrap_err();
        drop(transaction);

        let _holds = begin(&writer).await.unwrap();
        let mut impatient = options(&path, 1);
        impatient.map_sqlx_sqlite_opts(|it| it.busy_timeout(Duration::ZERO));
        let other = Database::connect(impatient).await.unwrap();
        assert!(crate::error::is_lost_race(&begin(&other).await.unwrap_err()));
    }
}
