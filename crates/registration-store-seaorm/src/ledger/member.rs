//! What a membership shows of its account moves with the account, in the same transaction; nobody who is gone has one.
use registration_domain::{
    account::Account, change::Touch, membership::Membership, port::CommitError, time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Set,
    sea_query::{Expr, LockType},
};
use uuid::Uuid;

use super::row;
use crate::{
    entity::{account, membership, session},
    error::Failure,
    list::is,
    rows::{
        self, NEVER,
        account::{CLOSED, member_keys},
        membership::ACTIVE,
        present,
    },
};

pub(super) async fn add(to: &DatabaseTransaction, membership: Membership) -> Result<(), Failure> {
    let account = membership.parts().account.uuid();
    // Locked as it is, or a new name could slip in between this read and that insert.
    let found = account::Entity::find_by_id(account).lock(LockType::Share).one(to).await?;
    let found = present(found, "account", account)?;
    if found.state == CLOSED {
        return Err(CommitError::Conflict.into());
    }
    let (name_key, search_key) = member_keys(&found);
    let mut row = rows::membership::row(membership);
    row.name_key = Set(name_key);
    row.search_key = Set(search_key);
    row.last_sign_in_at = Set(NEVER);
    membership::Entity::insert(row).exec_without_returning(to).await?;
    Ok(())
}

pub(super) async fn update_account(to: &DatabaseTransaction, account: Account) -> Result<(), Failure> {
    let (id, read, can_act) = (account.id().uuid(), account.parts().revision, account.is_active());
    let row = rows::account::row(account);
    let (name_key, search_key) = member_keys(&row);
    let mut row = row.into_active_model().reset_all();
    row.revision = Set(row::next(read));
    row::update(to, row, (account::Column::Id, id), (account::Column::Revision, read)).await?;
    let stale = membership::Column::NameKey.ne(&*name_key).or(membership::Column::SearchKey.ne(&*search_key));
    membership::Entity::update_many()
        .col_expr(membership::Column::NameKey, Expr::value(name_key))
        .col_expr(membership::Column::SearchKey, Expr::value(search_key))
        .filter(membership::Column::Account.eq(id))
        .filter(stale)
        .exec(to)
        .await?;
    if can_act { Ok(()) } else { move_memberships(to, id).await }
}

/// Whatever rests on what somebody may do is a conflict from the moment on at which they may do nothing. So the act
/// itself needs no look at the account, and whoever suspends pays for it.
async fn move_memberships(to: &DatabaseTransaction, account: Uuid) -> Result<(), Failure> {
    membership::Entity::update_many()
        .col_expr(membership::Column::Revision, Expr::col(membership::Column::Revision).add(1))
        .filter(membership::Column::Account.eq(account))
        .filter(is(membership::Column::State, ACTIVE))
        .exec(to)
        .await?;
    Ok(())
}

/// Later wins, and what is not there, or over, is left alone.
pub(super) async fn touch(to: &DatabaseTransaction, touch: Touch) -> Result<(), Failure> {
    match touch {
        Touch::Session { id, at } => session_seen(to, id.uuid(), at).await,
        Touch::SignIn { account, at } => signed_in(to, account.uuid(), at).await,
        Touch::EmailDomain { id, at } => super::email_domain::looked(to, id.uuid(), at).await,
    }
}

async fn session_seen(to: &DatabaseTransaction, id: Uuid, at: Timestamp) -> Result<(), Failure> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(at.micros()))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::LastSeenAt.lt(at.micros()))
        .exec(to)
        .await?;
    Ok(())
}

async fn signed_in(to: &DatabaseTransaction, account: Uuid, at: Timestamp) -> Result<(), Failure> {
    membership::Entity::update_many()
        .col_expr(membership::Column::LastSignInAt, Expr::value(at.micros()))
        .filter(membership::Column::Account.eq(account))
        .filter(is(membership::Column::State, ACTIVE))
        .filter(membership::Column::LastSignInAt.lt(at.micros()))
        .exec(to)
        .await?;
    Ok(())
}
