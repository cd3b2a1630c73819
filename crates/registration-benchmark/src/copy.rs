//! Copies of a row, thousands at a statement: each with a number for its id, and for a word in its texts.
use anyhow::{Result, ensure};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use uuid::Uuid;

/// How many rows a statement makes.
const CHUNK: u32 = 50_000;

/// Which rows to make of which.
pub(crate) struct Copies<'a> {
    pub(crate) table: &'a str,
    /// The column that the one to copy is known by, and its value there.
    pub(crate) of: (&'a str, Uuid),
    /// What kind its ids are.
    pub(crate) kind: Kind,
    /// The word in its texts that becomes the name of a number.
    pub(crate) mark: &'a str,
    pub(crate) numbers: std::ops::Range<u32>,
    /// Columns that hold something else than the one to copy.
    pub(crate) but: &'a [(&'a str, Other)],
}

/// What a column of a copy holds.
#[derive(Clone, Copy)]
pub(crate) enum Other {
    /// The id of this kind and of the same number.
    Id(Kind),
    /// So many microseconds before, for each number.
    Earlier(u32),
}

/// What an id is of: ids of one kind and number are the same wherever they stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Account = 1,
    Session = 2,
    Membership = 3,
    Invitation = 4,
    Message = 5,
    AuditEvent = 6,
}

/// A UUIDv7 of long ago.
pub(crate) fn id(kind: Kind, number: u32) -> Uuid {
    Uuid::from_u128(prefix(kind) << 48 | u128::from(number))
}

/// The name of a number in texts.
pub(crate) fn name(number: u32) -> String {
    format!("person{number:07}")
}

fn prefix(kind: Kind) -> u128 {
    0x018f_0000_0000_7000_8000 | (kind as u128) << 32
}

impl Copies<'_> {
    pub(crate) async fn make(&self, to: &DatabaseConnection) -> Result<()> {
        let columns = columns(to, self.table).await?;
        let values = columns.iter().map(|it| self.value(to, it)).collect::<Vec<_>>().join(", ");
        let names = columns.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(", ");
        let (table, (by, original)) = (self.table, self.of);
        let original = literal(to, original);
        let mut from = self.numbers.start;
        while from < self.numbers.end {
            let behind = self.numbers.end.min(from + CHUNK);
            let statement = format!(
                "WITH RECURSIVE numbers(n) AS (SELECT CAST({from} AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {behind})
                 INSERT INTO {table} ({names}) SELECT {values} FROM numbers, {table} WHERE {table}.{by} = {original}"
            );
            let made = to.execute_unprepared(&statement).await?.rows_affected();
            ensure!(made == u64::from(behind - from), "{made} copies of {table} instead of {from}..{behind}");
            from = behind;
        }
        Ok(())
    }

    fn value(&self, to: &impl ConnectionTrait, Column { name, is_text }: &Column) -> String {
        let other = self.but.iter().find(|(column, _)| *column == name.as_str()).map(|(_, other)| *other);
        match other {
            None if name == "id" => number_id(to, self.kind),
            Some(Other::Id(kind)) => number_id(to, kind),
            Some(Other::Earlier(micros)) => format!("{name} - n * {micros}"),
            None if *is_text => format!("replace({name}, '{}', {})", self.mark, number_name(to)),
            None => name.clone(),
        }
    }
}

struct Column {
    name: String,
    is_text: bool,
}

/// As the schema has them today.
async fn columns(of: &DatabaseConnection, table: &str) -> Result<Vec<Column>> {
    let ask = if is_postgres(of) {
        format!(
            "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE table_name = '{table}'"
        )
    } else {
        format!("SELECT name, lower(type) FROM pragma_table_info('{table}')")
    };
    let rows = of.query_all_raw(raw(of, &ask)).await?;
    let columns = rows.iter().map(|row| {
        let is_text = row.try_get_by_index::<String>(1)? == "text";
        Ok(Column { name: row.try_get_by_index(0)?, is_text })
    });
    columns.collect()
}

/// The same as [`id`].
fn number_id(on: &impl ConnectionTrait, kind: Kind) -> String {
    let prefix = format!("{:020x}", prefix(kind));
    if is_postgres(on) {
        format!("('{prefix}' || lpad(to_hex(n), 12, '0'))::uuid")
    } else {
        format!("unhex('{prefix}' || printf('%012x', n))")
    }
}

/// The same as [`name`].
fn number_name(on: &impl ConnectionTrait) -> &'static str {
    if is_postgres(on) { "('person' || lpad(n::text, 7, '0'))" } else { "printf('person%07d', n)" }
}

fn literal(on: &impl ConnectionTrait, id: Uuid) -> String {
    if is_postgres(on) { format!("'{id}'::uuid") } else { format!("x'{}'", id.simple()) }
}

pub(crate) fn is_postgres(connection: &impl ConnectionTrait) -> bool {
    connection.get_database_backend() == DbBackend::Postgres
}

pub(crate) fn raw(on: &impl ConnectionTrait, statement: &str) -> Statement {
    Statement::from_string(on.get_database_backend(), statement)
}
