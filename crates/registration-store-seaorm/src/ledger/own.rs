//! What is somebody's own is written like everything else, and goes with them.
use registration_domain::{account::AccountId, email_change::EmailChange};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, Set,
};
use uuid::Uuid;

use super::row;
use crate::{
    entity::{email_change, notification, password_reset, session, sign_in},
    error::Failure,
    rows,
};

pub(super) async fn update_email_change(
    to: &DatabaseTransaction,
    change: EmailChange,
) -> Result<(), Failure> {
    let (id, read) = (change.id().uuid(), change.parts().revision);
    let mut row = rows::email_change::row(change).into_active_model().reset_all();
    row.revision = Set(row::next(read));
    row::update(to, row, (email_change::Column::Id, id), (email_change::Column::Revision, read)).await
}

pub(super) async fn forget(to: &DatabaseTransaction, account: AccountId) -> Result<(), Failure> {
    let id = account.uuid();
    forget_in::<session::Entity>(to, session::Column::Account, id).await?;
    forget_in::<sign_in::Entity>(to, sign_in::Column::Account, id).await?;
    forget_in::<password_reset::Entity>(to, password_reset::Column::Account, id).await?;
    forget_in::<email_change::Entity>(to, email_change::Column::Account, id).await?;
    forget_in::<notification::Entity>(to, notification::Column::Account, id).await
}

async fn forget_in<E: EntityTrait>(
    to: &DatabaseTransaction,
    whose: E::Column,
    account: Uuid,
) -> Result<(), Failure> {
    E::delete_many().filter(whose.eq(account)).exec(to).await?;
    Ok(())
}
