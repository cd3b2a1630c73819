//! What makes a commit fail: a repeat, a moved revision, a spent limit. Each is decided by the rows themselves.
use super::row;
use crate::{
    entity::{account, email_domain, membership, organization, receipt, tally},
    error::Failure,
    rows,
};
use registration_domain::{
    change::Expectation, limit::Tally, port::CommitError, receipt::Receipt, time::Timestamp,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType, OnConflict},
};

/// An expired receipt gives its key away.
pub(super) async fn keep(to: &DatabaseTransaction, new: Receipt) -> Result<(), Failure> {
    let key = (rows::receipt::scope_bytes(new.once.scope), new.once.key.clone());
    if let Some(found) = receipt::Entity::find_by_id(key.clone()).one(to).await? {
        let first = rows::receipt::aggregate(found)?;
        if !first.has_expired(new.at) {
            return Err(CommitError::Repeated(first.answer(new.once.fingerprint)).into());
        }
        receipt::Entity::delete_by_id(key).exec(to).await?;
    }
    row::add(to, rows::receipt::row(new)).await
}

pub(super) async fn expect(to: &DatabaseTransaction, expectation: Expectation) -> Result<(), Failure> {
    // PostgreSQL keeps the row as it is until the commit; SQLite has one writer.
    let (stored, read) = match expectation {
        Expectation::Account(id, read) => {
            let this = account::Entity::find_by_id(id.uuid()).select_only().column(account::Column::Revision);
            (this.lock(LockType::Share).into_tuple::<i64>().one(to).await?, read)
        }
        Expectation::Membership(id, read) => {
            let this =
                membership::Entity::find_by_id(id.uuid()).select_only().column(membership::Column::Revision);
            (this.lock(LockType::Share).into_tuple::<i64>().one(to).await?, read)
        }
        Expectation::Organization(id, read) => {
            let this = organization::Entity::find_by_id(id.uuid());
            let this = this.select_only().column(organization::Column::Revision);
            (this.lock(LockType::Share).into_tuple::<i64>().one(to).await?, read)
        }
        Expectation::EmailDomain(id, read) => {
            let this = email_domain::Entity::find_by_id(id.uuid());
            let this = this.select_only().column(email_domain::Column::Revision);
            (this.lock(LockType::Share).into_tuple::<i64>().one(to).await?, read)
        }
    };
    if stored == Some(read.0.into()) { Ok(()) } else { Err(CommitError::Conflict.into()) }
}

/// Counts and checks in one statement, so that a thousand parallel tries get no more than `max`.
pub(super) async fn spend(
    to: &DatabaseTransaction,
    Tally { what, subject, window }: Tally,
    max: u32,
    until: Timestamp,
) -> Result<(), Failure> {
    let spent = || Expr::col((tally::Entity, tally::Column::Spent));
    let one_more =
        OnConflict::columns([tally::Column::What, tally::Column::Subject, tally::Column::OpenedAt])
            .value(tally::Column::Spent, spent().add(1))
            .action_and_where(spent().lt(i64::from(max)))
            .to_owned();
    let first = tally::Model {
        what: what.key().to_owned(),
        subject,
        opened_at: window.micros(),
        closes_at: until.micros(),
        spent: 1,
    };
    let insert = tally::Entity::insert(first.into_active_model()).on_conflict(one_more);
    let counted = if max == 0 { 0 } else { insert.exec_without_returning(to).await? };
    if counted == 1 { Ok(()) } else { Err(CommitError::Spent { what, until }.into()) }
}

/// What was never counted cannot be taken back.
pub(super) async fn refund(
    to: &DatabaseTransaction,
    Tally { what, subject, window }: Tally,
) -> Result<(), Failure> {
    tally::Entity::update_many()
        .col_expr(tally::Column::Spent, Expr::col(tally::Column::Spent).sub(1))
        .filter(tally::Column::What.eq(what.key()))
        .filter(tally::Column::Subject.eq(subject))
        .filter(tally::Column::OpenedAt.eq(window.micros()))
        .filter(tally::Column::Spent.gt(0))
        .exec(to)
        .await?;
    Ok(())
}
