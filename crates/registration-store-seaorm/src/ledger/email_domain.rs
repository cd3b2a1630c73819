//! When DNS was asked about a domain stands outside its revision, and moves forward only.
use registration_domain::{email_domain::EmailDomain, time::Timestamp};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, Set, sea_query::Expr};
use uuid::Uuid;

use super::row;
use crate::{
    entity::email_domain::{Column, Entity},
    error::Failure,
    rows::{self, NEVER},
};

pub(super) async fn add(to: &DatabaseTransaction, domain: EmailDomain) -> Result<(), Failure> {
    let mut row = rows::email_domain::row(domain);
    row.checked_at = Set(NEVER);
    Entity::insert(row).exec_without_returning(to).await?;
    Ok(())
}

pub(super) async fn update(to: &DatabaseTransaction, domain: EmailDomain) -> Result<(), Failure> {
    let (id, read) = (domain.id().uuid(), domain.parts().revision);
    let mut row = rows::email_domain::row(domain);
    row.revision = Set(row::next(read));
    row::update(to, row, (Column::Id, id), (Column::Revision, read)).await
}

pub(super) async fn looked(to: &DatabaseTransaction, id: Uuid, at: Timestamp) -> Result<(), Failure> {
    Entity::update_many()
        .col_expr(Column::CheckedAt, Expr::value(at.micros()))
        .filter(Column::Id.eq(id))
        .filter(Column::CheckedAt.lt(at.micros()))
        .exec(to)
        .await?;
    Ok(())
}
