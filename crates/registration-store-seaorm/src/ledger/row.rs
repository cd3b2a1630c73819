//! An update is one statement that names the revision which was read, and finds one row or none.
use registration_domain::{
    invitation::Invitation, membership::Membership, organization::Organization, port::CommitError,
    revision::Revision, session::Session, sign_up::SignUp,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait,
    IntoActiveModel, ModelTrait, QueryFilter, Set, Value, sea_query::OnConflict,
};
use uuid::Uuid;

use crate::{
    entity::{invitation, membership, organization, session, sign_up},
    error::Failure,
    rows,
};

/// A new row.
pub(crate) async fn add<M>(to: &DatabaseTransaction, row: M) -> Result<(), Failure>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    <M::Entity as EntityTrait>::insert(row.into_active_model()).exec_without_returning(to).await?;
    Ok(())
}

/// A new row, unless there is one of this key already.
pub(super) async fn add_unless_there<M>(
    to: &DatabaseTransaction,
    row: M,
    mut key: OnConflict,
) -> Result<(), Failure>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let kept = key.do_nothing().to_owned();
    let insert = <M::Entity as EntityTrait>::insert(row.into_active_model()).on_conflict(kept);
    insert.exec_without_returning(to).await?;
    Ok(())
}

/// The row of this id, if its revision is still the one that was read; `row` holds the next one.
pub(super) async fn update<A>(
    to: &DatabaseTransaction,
    row: A,
    (id_column, id): (<A::Entity as EntityTrait>::Column, Uuid),
    (revision_column, read): (<A::Entity as EntityTrait>::Column, Revision),
) -> Result<(), Failure>
where
    A: ActiveModelTrait,
{
    let this = id_column.eq(id).and(revision_column.eq(Value::from(i64::from(read.0))));
    let done = <A::Entity as EntityTrait>::update_many().set(row).filter(this).exec(to).await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(CommitError::Conflict.into()) }
}

pub(super) fn next(read: Revision) -> i64 {
    read.next().0.into()
}

/// When it was last seen stays as it is.
pub(super) async fn update_session(to: &DatabaseTransaction, session: Session) -> Result<(), Failure> {
    let (id, read) = (session.id().uuid(), session.parts().revision);
    let mut row = rows::session::row(session).into_active_model().reset_all();
    row.revision = Set(next(read));
    row.last_seen_at = NotSet;
    update(to, row, (session::Column::Id, id), (session::Column::Revision, read)).await
}

pub(super) async fn update_sign_up(to: &DatabaseTransaction, sign_up: SignUp) -> Result<(), Failure> {
    let (id, read) = (sign_up.id().uuid(), sign_up.parts().revision);
    let mut row = rows::sign_up::row(sign_up).into_active_model().reset_all();
    row.revision = Set(next(read));
    update(to, row, (sign_up::Column::Id, id), (sign_up::Column::Revision, read)).await
}

pub(super) async fn update_organization(
    to: &DatabaseTransaction,
    organization: Organization,
) -> Result<(), Failure> {
    let (id, read) = (organization.id().uuid(), organization.parts().revision);
    let mut row = rows::organization::row(organization).into_active_model().reset_all();
    row.revision = Set(next(read));
    update(to, row, (organization::Column::Id, id), (organization::Column::Revision, read)).await
}

/// What it copies from the account, and when that signed in, stay as they are.
pub(super) async fn update_membership(
    to: &DatabaseTransaction,
    membership: Membership,
) -> Result<(), Failure> {
    let (id, read) = (membership.id().uuid(), membership.parts().revision);
    let mut row = rows::membership::row(membership);
    row.revision = Set(next(read));
    update(to, row, (membership::Column::Id, id), (membership::Column::Revision, read)).await
}

/// Whether its mail was given up stays as it is.
pub(super) async fn update_invitation(
    to: &DatabaseTransaction,
    invitation: Invitation,
) -> Result<(), Failure> {
    let (id, read) = (invitation.id().uuid(), invitation.parts().revision);
    let mut row = rows::invitation::row(invitation).into_active_model().reset_all();
    row.revision = Set(next(read));
    row.undelivered = NotSet;
    update(to, row, (invitation::Column::Id, id), (invitation::Column::Revision, read)).await
}
