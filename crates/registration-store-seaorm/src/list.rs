//! A page is one probe of an index: from behind a key and an id, in the index's own order.
use registration_domain::page::{Page, SortKey};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    Select, Value,
    sea_query::{Expr, Func},
};

use crate::{
    database::position_function,
    rows::{NEVER, holds},
};

/// The order of a list: by a column, and by ids where that is equal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keyset<C> {
    pub(crate) key: C,
    pub(crate) holds: Holds,
    pub(crate) id: C,
    pub(crate) from: End,
}

/// From which end a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Smallest,
    Greatest,
}

/// What the column of a key holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Times,
    Texts,
}

/// Where a key lies among those of a column.
enum Place {
    At(Value),
    BeforeAll,
    BehindAll,
}

impl<C: ColumnTrait> Keyset<C> {
    /// One row more than the page takes.
    pub(crate) fn page<E>(&self, select: Select<E>, page: &Page) -> Select<E>
    where
        E: EntityTrait<Column = C>,
    {
        let direction = match self.from {
            End::Smallest => Order::Asc,
            End::Greatest => Order::Desc,
        };
        let rest = match self.behind(page) {
            Some(condition) => select.filter(condition),
            None => select,
        };
        let rows = u64::from(page.size.rows()) + 1;
        rest.order_by(self.key, direction.clone()).order_by(self.id, direction).limit(rows)
    }

    fn behind(&self, page: &Page) -> Option<Expr> {
        let after = page.after.as_ref()?;
        let nothing = || Some(Expr::val(1).eq(0));
        match (place(self.holds, &after.key), self.from) {
            (Place::At(key), from) => {
                let row = Expr::tuple([column(self.key), column(self.id)]);
                let last = Expr::tuple([Expr::val(key), Expr::val(after.id)]);
                Some(if from == End::Smallest { row.gt(last) } else { row.lt(last) })
            }
            (Place::BeforeAll, End::Smallest) | (Place::BehindAll, End::Greatest) => None,
            (Place::BeforeAll, End::Greatest) | (Place::BehindAll, End::Smallest) => nothing(),
        }
    }
}

/// A position of another list is as [`SortKey`] orders it: never, times, texts.
fn place(holds: Holds, key: &SortKey) -> Place {
    match (holds, key) {
        (Holds::Times, SortKey::Never) => Place::At(NEVER.into()),
        (Holds::Times, SortKey::Time(at)) => Place::At(at.micros().into()),
        (Holds::Times, SortKey::Text(_)) => Place::BehindAll,
        (Holds::Texts, SortKey::Never | SortKey::Time(_)) => Place::BeforeAll,
        (Holds::Texts, SortKey::Text(text)) => Place::At(text.as_str().into()),
    }
}

fn column(column: impl ColumnTrait) -> Expr {
    Expr::col(column.as_column_ref())
}

/// Whether this column holds this word. The word stands in the statement itself, because a partial index is
/// only thought of where the planner sees it.
pub(crate) fn is(this: impl ColumnTrait, word: &'static str) -> Expr {
    column(this).eq(Expr::Constant(word.into()))
}

/// Whether this column holds another word.
pub(crate) fn is_not(this: impl ColumnTrait, word: &'static str) -> Expr {
    column(this).ne(Expr::Constant(word.into()))
}

/// Whether this column holds this text somewhere. No pattern, so nothing in it needs an escape.
pub(crate) fn contains(connection: &impl ConnectionTrait, this: impl ColumnTrait, text: &str) -> Expr {
    if !holds(text) {
        return Expr::val(1).eq(0);
    }
    let position = Func::cust(position_function(connection)).args([column(this), Expr::val(text)]);
    Expr::from(position).gt(0)
}
