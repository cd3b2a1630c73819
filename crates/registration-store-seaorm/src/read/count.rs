//! Rows are counted as far as somebody reads the count, so that it costs the same however many there are.
use registration_domain::{count::Count, port::PortError};
use sea_orm::{
    ConnectionTrait, EntityTrait, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Asterisk, Expr, Func, Query, SelectStatement},
};

use crate::error::unavailable;

/// How many rows each of these has, of those that a count looks at. All in one statement.
pub(super) async fn count_each<E: EntityTrait, const N: usize>(
    connection: &impl ConnectionTrait,
    selects: [Select<E>; N],
) -> Result<[u64; N], PortError> {
    let mut counts = Query::select();
    for select in selects {
        counts.expr(Expr::SubQuery(None, Box::new(counted(select).into())));
    }
    let row = connection.query_one(&counts).await.map_err(unavailable)?;
    let mut found = [0; N];
    if let Some(row) = row {
        for (index, it) in found.iter_mut().enumerate() {
            let count: i64 = row.try_get_by_index(index).map_err(unavailable)?;
            *it = u64::try_from(count).unwrap_or_default();
        }
    }
    Ok(found)
}

fn counted<E: EntityTrait>(select: Select<E>) -> SelectStatement {
    let looked_at = select.select_only().expr(Expr::val(1)).limit(Count::LOOKS).into_query();
    let mut count = Query::select();
    count.expr(Func::count(Expr::col(Asterisk))).from_subquery(looked_at, Alias::new("looked_at"));
    count
}
