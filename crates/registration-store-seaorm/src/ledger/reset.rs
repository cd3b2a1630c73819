//! Who wants a reset link, and what became of the links of an account.
use registration_domain::password_reset::{PasswordReset, ResetRequest};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, Set,
    sea_query::OnConflict,
};

use super::row;
use crate::{
    entity::{password_reset, reset_request},
    error::Failure,
    rows,
};
use reset_request::Column;

/// One for each address: a newer one takes the place of the older.
pub(super) async fn ask(to: &DatabaseTransaction, request: ResetRequest) -> Result<(), Failure> {
    let newer = [Column::Email, Column::Id, Column::Origin, Column::At, Column::DueAt];
    let again = OnConflict::column(Column::EmailKey).update_columns(newer).to_owned();
    let row = rows::password_reset::request_row(request).into_active_model();
    reset_request::Entity::insert(row).on_conflict(again).exec_without_returning(to).await?;
    Ok(())
}

/// One that took its place meanwhile stays.
pub(super) async fn end(to: &DatabaseTransaction, request: ResetRequest) -> Result<(), Failure> {
    let this = reset_request::Entity::delete_by_id(request.email.canonical().to_owned());
    this.filter(Column::Id.eq(request.id.uuid())).exec(to).await?;
    Ok(())
}

pub(super) async fn update(to: &DatabaseTransaction, reset: PasswordReset) -> Result<(), Failure> {
    let (account, read) = (reset.account().uuid(), reset.parts().revision);
    let mut row = rows::password_reset::row(reset).into_active_model().reset_all();
    row.revision = Set(row::next(read));
    let key = (password_reset::Column::Account, account);
    row::update(to, row, key, (password_reset::Column::Revision, read)).await
}
