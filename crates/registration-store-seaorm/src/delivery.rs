//! An invitation carries a copy of whether its newest mail was given up, outside of its revision, so that lists
//! and counts need not look at the mails.
use registration_domain::message::Message;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, Value},
};
use uuid::Uuid;

use crate::{
    entity::{
        invitation::{Column, Entity},
        message,
    },
    error::Failure,
    ledger::row,
    rows::{self, message::INVITATION},
};

/// Whether the newest mail was given up. The value stands in the statement itself, as a partial index needs it.
pub(crate) fn is_undelivered(undelivered: bool) -> Expr {
    let column = Expr::col(Column::Undelivered.as_column_ref());
    column.eq(Expr::Constant(Value::Bool(Some(undelivered))))
}

/// A new message. That of an invitation's link is its newest one, and has not failed yet.
pub(crate) async fn send(to: &DatabaseTransaction, message: Message) -> Result<(), Failure> {
    let row = rows::message::row(message)?;
    let invitation = row.subject.filter(|_| row.kind == INVITATION);
    row::add(to, row).await?;
    if let Some(invitation) = invitation {
        let failed = Column::Id.eq(invitation).and(is_undelivered(true));
        mark(to, failed, false).await?;
    }
    Ok(())
}

/// A message was given up. Where a newer link was made meanwhile, its mail is another one.
pub(crate) async fn give_up(to: &DatabaseTransaction, message: Uuid) -> Result<(), Failure> {
    let found = message::Entity::find_by_id(message).one(to).await?.filter(|it| it.kind == INVITATION);
    if let Some(message::Model { subject: Some(invitation), generation: Some(generation), .. }) = found {
        let this = Column::Id.eq(invitation).and(Column::Generation.eq(generation));
        mark(to, this, true).await?;
    }
    Ok(())
}

async fn mark(to: &DatabaseTransaction, these: Expr, undelivered: bool) -> Result<(), Failure> {
    let update = Entity::update_many().col_expr(Column::Undelivered, Expr::value(undelivered));
    update.filter(these).exec(to).await?;
    Ok(())
}
