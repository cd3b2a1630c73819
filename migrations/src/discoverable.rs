//! Organizations that let themselves be found stand in a list of their own, in the order of their names, with what
//! they are found by. It is made of their rows, and whoever writes those keeps it.
use async_trait::async_trait;
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager,
    sea_orm::{ConnectionTrait, DbErr, Statement, Value},
};
use uuid::Uuid;

use crate::{search::NameKeys, step::Step};

const STEP: Step = Step {
    name: "0012_discoverable_organizations",
    statements: &[
        "ALTER TABLE organization ADD COLUMN contact {text}",
        "ALTER TABLE organization ADD COLUMN joining_access {text} NOT NULL DEFAULT 'chosen:'",
        "CREATE TABLE discoverable_organization (
            {number}
            organization {uuid} NOT NULL UNIQUE REFERENCES organization (id),
            name_key {text} NOT NULL,
            search_key {text} NOT NULL,
            grams {text} NOT NULL
        ) {strict}",
        "CREATE INDEX discoverable_organization_by_name
            ON discoverable_organization (name_key, organization{, searched})",
        "{postgres} CREATE INDEX discoverable_organization_gram
            ON discoverable_organization USING gin (string_to_array(grams, ' '))",
        "{sqlite} CREATE VIRTUAL TABLE discoverable_organization_gram USING fts5 (
            grams, content='discoverable_organization', content_rowid='number',
            tokenize='ascii', detail='none', columnsize=0)",
        "{sqlite} CREATE TRIGGER discoverable_organization_added AFTER INSERT ON discoverable_organization
        BEGIN
            INSERT INTO discoverable_organization_gram (rowid, grams) VALUES (new.number, new.grams);
        END",
        "{sqlite} CREATE TRIGGER discoverable_organization_gone AFTER DELETE ON discoverable_organization
        BEGIN
            INSERT INTO discoverable_organization_gram (discoverable_organization_gram, rowid, grams)
                VALUES ('delete', old.number, old.grams);
        END",
        "{sqlite} CREATE TRIGGER discoverable_organization_changed
            AFTER UPDATE OF grams ON discoverable_organization
        BEGIN
            INSERT INTO discoverable_organization_gram (discoverable_organization_gram, rowid, grams)
                VALUES ('delete', old.number, old.grams);
            INSERT INTO discoverable_organization_gram (rowid, grams) VALUES (new.number, new.grams);
        END",
    ],
};

/// How many organizations are read at once.
const BATCH: usize = 500;

/// The step, and the list of those that let themselves be found already.
pub(crate) struct Discoverable;

impl MigrationName for Discoverable {
    fn name(&self) -> &str {
        STEP.name
    }
}

#[async_trait]
impl MigrationTrait for Discoverable {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        STEP.up(manager).await?;
        let connection = manager.get_connection();
        let backend = ConnectionTrait::get_database_backend(connection);
        let mut last = Uuid::nil();
        loop {
            let next =
                "SELECT id, name FROM organization WHERE discoverable AND id > $1 ORDER BY id LIMIT $2";
            let next = Statement::from_sql_and_values(backend, next, [last.into(), (BATCH as u64).into()]);
            let rows = connection.query_all_raw(next).await?;
            for row in &rows {
                last = row.try_get("", "id")?;
                let add = "INSERT INTO discoverable_organization (organization, name_key, search_key, grams)
                    VALUES ($1, $2, $3, $4)";
                let columns = columns(last, &row.try_get::<String>("", "name")?);
                connection.execute_raw(Statement::from_sql_and_values(backend, add, columns)).await?;
            }
            if rows.len() < BATCH {
                return Ok(());
            }
        }
    }
}

fn columns(id: Uuid, name: &str) -> [Value; 4] {
    let NameKeys { sorted, searched, grams } = NameKeys::of(name);
    [id.into(), sorted.into(), searched.into(), grams.into()]
}
