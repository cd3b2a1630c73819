//! A step is written once, in words that each database's own types stand in for.
use async_trait::async_trait;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// One step: statements in which `{uuid}` and the like stand for types.
pub(crate) struct Step {
    /// Stands in the database once it was taken, and never changes.
    pub(crate) name: &'static str,
    /// In this order.
    pub(crate) statements: &'static [&'static str],
}

/// A word, what it is on SQLite, and what on PostgreSQL.
type Word = (&'static str, &'static str, &'static str);

/// Text compares by its bytes on both, as it does in Rust: no locale moves a row or breaks an index.
const WORDS: [Word; 7] = [
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
];

impl Step {
    fn statement(written: &str, backend: DbBackend) -> String {
        WORDS.into_iter().fold(written.to_owned(), |text, (word, sqlite, postgres)| {
            text.replace(word, if backend == DbBackend::Postgres { postgres } else { sqlite })
        })
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
            connection.execute_unprepared(&Self::statement(written, backend)).await?;
        }
        Ok(())
    }
}
