//! What was read stays read, since the first time; to read what is not there is no failure.
use registration_domain::notification::{Notification, Reading, Which};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, sea_query::Expr};

use super::row;
use crate::{
    entity::notification::{Column, Entity},
    error::Failure,
    rows,
};

pub(super) async fn add(to: &DatabaseTransaction, notification: Notification) -> Result<(), Failure> {
    row::add(to, rows::notification::row(notification)?).await
}

pub(super) async fn mark_read(to: &DatabaseTransaction, reading: Reading) -> Result<(), Failure> {
    let Reading { account, which, at } = reading;
    let meant = match which {
        Which::All => Column::At.lte(at.micros()),
        Which::One(id) => Column::Id.eq(id.uuid()),
    };
    Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(at.micros()))
        .filter(Condition::all().add(Column::Account.eq(account.uuid())).add(meant))
        .filter(Column::ReadAt.is_null())
        .exec(to)
        .await?;
    Ok(())
}
