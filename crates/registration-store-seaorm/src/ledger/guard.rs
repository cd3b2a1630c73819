//! What makes a commit fail: a repeat, a moved revision, a spent limit. Each is decided by the rows themselves.
use super::row;
use crate::{
    entity::{account, counted, email_domain, join_request, membership, organization, receipt},
    error::Failure,
    list::is,
    rows::{self, join_request::PENDING, membership::ACTIVE},
};
use registration_domain::{
    account::AccountId,
    change::Expectation,
    limit::{Counted, Limit, Tally},
    port::CommitError,
    receipt::Receipt,
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
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
        Expectation::Unattached(account, at) => return unattached(to, account, at).await,
    };
    if stored == Some(read.0.into()) { Ok(()) } else { Err(CommitError::Conflict.into()) }
}

/// Whoever adds either holds the account's row meanwhile, and so does whoever expects this.
async fn unattached(to: &DatabaseTransaction, account: AccountId, at: Timestamp) -> Result<(), Failure> {
    let member = membership::Entity::find().filter(membership::Column::Account.eq(account.uuid()));
    let waiting = join_request::Entity::find().filter(join_request::Column::Account.eq(account.uuid()));
    let waiting = waiting.filter(join_request::Column::ExpiresAt.gt(at.micros()));
    let is_attached = member.filter(is(membership::Column::State, ACTIVE)).count(to).await? > 0
        || waiting.filter(is(join_request::Column::State, PENDING)).count(to).await? > 0;
    if is_attached { Err(CommitError::Conflict.into()) } else { Ok(()) }
}

/// Counts and checks under a lock on the row, so that a thousand parallel tries get no more than there are. Mostly
/// there is no row, and one statement does it.
pub(super) async fn spend(
    to: &DatabaseTransaction,
    limit: &Limit,
    subject: String,
    at: Timestamp,
) -> Result<(), Failure> {
    let spent = |until| CommitError::Spent { what: limit.what, until };
    let first = Counted::default().and(limit, at).map_err(spent)?;
    let row = counted_row(limit, &subject, &first);
    let kept = OnConflict::columns([counted::Column::What, counted::Column::Subject]).do_nothing().to_owned();
    let insert = counted::Entity::insert(row.into_active_model()).on_conflict(kept);
    if insert.exec_without_returning(to).await? == 1 {
        return Ok(());
    }
    // It may be swept away in between: then whoever wants to count reads again.
    let found = locked(to, &limit.tally(&subject)).await?.ok_or(CommitError::Conflict)?;
    let counted = rows::counted::aggregate(&found)?.and(limit, at).map_err(spent)?;
    write(to, counted_row(limit, &subject, &counted)).await
}

fn counted_row(limit: &Limit, subject: &str, counted: &Counted) -> counted::Model {
    let over_at = counted.instants().last().map_or(0, |it| it.plus(limit.length).micros());
    let instants = rows::counted::octets(counted);
    counted::Model { what: limit.what.key().to_owned(), subject: subject.to_owned(), instants, over_at }
}

async fn locked(
    to: &DatabaseTransaction,
    Tally { what, subject }: &Tally,
) -> Result<Option<counted::Model>, Failure> {
    let this = counted::Entity::find_by_id((what.key().to_owned(), subject.clone()));
    Ok(this.lock(LockType::Update).one(to).await?)
}

/// What was never counted cannot be taken back.
pub(super) async fn refund(to: &DatabaseTransaction, tally: Tally, at: Timestamp) -> Result<(), Failure> {
    if let Some(found) = locked(to, &tally).await? {
        let counted = rows::counted::aggregate(&found)?.without(at);
        leave(to, found, &counted).await?;
    }
    Ok(())
}

pub(super) async fn forgive(to: &DatabaseTransaction, tally: Tally) -> Result<(), Failure> {
    if let Some(found) = locked(to, &tally).await? {
        leave(to, found, &Counted::default()).await?;
    }
    Ok(())
}

/// The row stays: whoever waits for it finds it.
async fn leave(to: &DatabaseTransaction, row: counted::Model, left: &Counted) -> Result<(), Failure> {
    write(to, counted::Model { instants: rows::counted::octets(left), ..row }).await
}

async fn write(to: &DatabaseTransaction, row: counted::Model) -> Result<(), Failure> {
    let counted::Model { what, subject, instants, over_at } = row;
    counted::Entity::update_many()
        .col_expr(counted::Column::Instants, Expr::value(instants))
        .col_expr(counted::Column::OverAt, Expr::value(over_at))
        .filter(counted::Column::What.eq(what))
        .filter(counted::Column::Subject.eq(subject))
        .exec(to)
        .await?;
    Ok(())
}
