//! Where the two databases differ in how they find the rows that have the grams of a text: SQLite keeps a full-text
//! index beside the table, PostgreSQL an inverted one on it.
use registration_migrations::search;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, EntityTrait, Statement, Value};

use crate::{database::has_row_locks, entity::discoverable};

/// What is fetched whole, to be looked through and sorted. Where more have the grams, one in a hundred has them of a
/// hundred thousand, and a walk through the names does not go far.
const FEW: usize = 1_000;

/// The organizations that let themselves be found and have all grams of one of these texts. Nothing where they are
/// not few, or nothing is sought.
pub(crate) async fn few(
    connection: &impl ConnectionTrait,
    sought: &[String],
) -> Result<Option<Vec<discoverable::Model>>, DbErr> {
    let grams = sought.iter().map(|it| search::sought(it)).filter(|it| !it.is_empty()).collect::<Vec<_>>();
    if grams.is_empty() {
        return Ok(None);
    }
    let statement = if has_row_locks(connection) { on_postgres(&grams) } else { on_sqlite(&grams) };
    let found = discoverable::Entity::find().from_raw_sql(statement).all(connection).await?;
    Ok((found.len() <= FEW).then_some(found))
}

/// The full-text index answers row by row, so that the end of what is fetched ends its search.
fn on_sqlite(grams: &[Vec<String>]) -> Statement {
    let all_of = |grams: &Vec<String>| {
        let terms = grams.iter().map(|gram| format!("\"{gram}\"")).collect::<Vec<_>>();
        format!("({})", terms.join(" AND "))
    };
    let sought = grams.iter().map(all_of).collect::<Vec<_>>().join(" OR ");
    let text = "SELECT found.* FROM discoverable_organization_gram AS gram \
        CROSS JOIN discoverable_organization AS found ON found.number = gram.rowid \
        WHERE discoverable_organization_gram MATCH $1 LIMIT $2";
    Statement::from_sql_and_values(DbBackend::Sqlite, text, [sought.into(), more_than_few()])
}

fn on_postgres(grams: &[Vec<String>]) -> Statement {
    const ALL_OF: &str = "string_to_array(grams, ' ') @> string_to_array($, ' ')";
    let condition = |(number, _): (usize, _)| ALL_OF.replace('$', &format!("${}", number + 1));
    let any = grams.iter().enumerate().map(condition).collect::<Vec<_>>().join(" OR ");
    let text = format!("SELECT * FROM discoverable_organization WHERE {any} LIMIT ${}", grams.len() + 1);
    let values = grams.iter().map(|it| Value::from(it.join(" "))).chain([more_than_few()]);
    Statement::from_sql_and_values(DbBackend::Postgres, text, values)
}

fn more_than_few() -> Value {
    Value::from(FEW as u64 + 1)
}
