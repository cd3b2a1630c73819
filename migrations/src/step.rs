//! A step is written once, in words that each database's own types stand in for.
use async_trait::async_trait;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// One step: statements in which `{uuid}` and the like stand for types, and `{sqlite}` before one that is for SQLite
/// alone.
pub(crate) struct Step {
    /// Stands in the database once it was taken, and never changes.
    pub(crate) name: &'static str,
    /// In this order.
    pub(crate) statements: &'static [&'static str],
}

/// A word, what it is on SQLite, and what on PostgreSQL.
type Word = (&'static str, &'static str, &'static str);

/// Text compares by its bytes on both, as it does in Rust: no locale moves a row or breaks an index.
const WORDS: [Word; 8] = [
    ("{uuid}", "BLOB", "UUID"),
    ("{text}", "TEXT", r#"TEXT COLLATE "C""#),
    ("{bytes}", "BLOB", "BYTEA"),
    ("{int}", "INTEGER", "BIGINT"),
    ("{bool}", "INTEGER", "BOOLEAN"),
    // SQLite takes any value into any column unless it is told otherwise.
    ("{strict}", "STRICT", ""),
    // SQLite searches within an index, without a look at the table; PostgreSQL does not, and has a limit to the
    // size of an entry.
    ("{, searched}", ", search_key", ""),
    // What SQLite indexes for a full-text search has a number.
    ("{number}", "number INTEGER NOT NULL PRIMARY KEY,", ""),
];

/// What a statement begins with that is for one database alone.
const SQLITE_ALONE: &str = "{sqlite} ";
const POSTGRES_ALONE: &str = "{postgres} ";

impl Step {
    fn statement(written: &str, backend: DbBackend) -> Option<String> {
        let is_postgres = backend == DbBackend::Postgres;
        let (ours, theirs) =
            if is_postgres { (POSTGRES_ALONE, SQLITE_ALONE) } else { (SQLITE_ALONE, POSTGRES_ALONE) };
        if written.starts_with(theirs) {
            return None;
        }
        let text = written.strip_prefix(ours).unwrap_or(written).to_owned();
        Some(WORDS.into_iter().fold(text, |text, (word, sqlite, postgres)| {
            text.replace(word, if is_postgres { postgres } else { sqlite })
        }))
    }
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let backend = ConnectionTrait::get_database_backend(connection);
        for written in self.statements {
            if let Some(statement) = Self::statement(written, backend) {
                connection.execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }
}
