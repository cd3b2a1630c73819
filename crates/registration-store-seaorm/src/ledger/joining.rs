//! A use of a code is one statement that names all that the code must be, and finds one row or none.
use registration_domain::{
    employee_code::{EmployeeCode, EmployeeCodeId, Unusable},
    join_request::JoinRequest,
    port::CommitError,
    time::Timestamp,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::NotSet,
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    QuerySelect, Set,
    sea_query::{Expr, LockType},
};
use uuid::Uuid;

use super::row;
use crate::{
    entity::{
        account,
        employee_code::{Column, Entity},
        join_request,
    },
    error::Failure,
    list::{is, is_not},
    rows::{self, account::CLOSED, employee_code::ACTIVE},
};

/// How often it was used and refused stays as it is.
pub(super) async fn update_employee_code(
    to: &DatabaseTransaction,
    code: EmployeeCode,
) -> Result<(), Failure> {
    let (id, read) = (code.id().uuid(), code.parts().revision);
    let mut row = rows::employee_code::row(code).into_active_model().reset_all();
    row.revision = Set(row::next(read));
    row.used = NotSet;
    row.refused_revoked = NotSet;
    row.refused_expired = NotSet;
    row.refused_used_up = NotSet;
    row.refused_elsewhere = NotSet;
    row::update(to, row, (Column::Id, id), (Column::Revision, read)).await
}

pub(super) async fn use_employee_code(
    to: &DatabaseTransaction,
    code: EmployeeCodeId,
    at: Timestamp,
) -> Result<(), Failure> {
    let in_time = Condition::any().add(Column::ExpiresAt.is_null()).add(Column::ExpiresAt.gt(at.micros()));
    let has_room =
        Condition::any().add(Column::Uses.is_null()).add(Expr::col(Column::Used).lt(Expr::col(Column::Uses)));
    let done = Entity::update_many()
        .col_expr(Column::Used, Expr::col(Column::Used).add(1))
        .filter(Column::Id.eq(code.uuid()))
        .filter(is(Column::State, ACTIVE))
        .filter(in_time)
        .filter(has_room)
        .exec(to)
        .await?;
    if done.rows_affected == 1 { Ok(()) } else { Err(CommitError::Conflict.into()) }
}

/// What was never used cannot be given back.
pub(super) async fn return_employee_code(
    to: &DatabaseTransaction,
    code: EmployeeCodeId,
) -> Result<(), Failure> {
    Entity::update_many()
        .col_expr(Column::Used, Expr::col(Column::Used).sub(1))
        .filter(Column::Id.eq(code.uuid()))
        .filter(Column::Used.gt(0))
        .exec(to)
        .await?;
    Ok(())
}

pub(super) async fn refuse_employee_code(
    to: &DatabaseTransaction,
    code: EmployeeCodeId,
    why: Unusable,
) -> Result<(), Failure> {
    let count = match why {
        Unusable::Revoked => Column::RefusedRevoked,
        Unusable::Expired => Column::RefusedExpired,
        Unusable::UsedUp => Column::RefusedUsedUp,
        Unusable::Elsewhere => Column::RefusedElsewhere,
    };
    Entity::update_many()
        .col_expr(count, Expr::col(count).add(1))
        .filter(Column::Id.eq(code.uuid()))
        .exec(to)
        .await?;
    Ok(())
}

/// Nobody who is gone asks for anything.
pub(super) async fn add_join_request(to: &DatabaseTransaction, request: JoinRequest) -> Result<(), Failure> {
    let open = account::Entity::find_by_id(request.parts().account.uuid());
    let open = open.filter(is_not(account::Column::State, CLOSED)).select_only().column(account::Column::Id);
    if open.lock(LockType::Share).into_tuple::<Uuid>().one(to).await?.is_none() {
        return Err(CommitError::Conflict.into());
    }
    row::add(to, rows::join_request::row(request)).await
}

pub(super) async fn update_join_request(
    to: &DatabaseTransaction,
    request: JoinRequest,
) -> Result<(), Failure> {
    let (id, read) = (request.id().uuid(), request.parts().revision);
    let mut row = rows::join_request::row(request).into_active_model().reset_all();
    row.revision = Set(row::next(read));
    row::update(to, row, (join_request::Column::Id, id), (join_request::Column::Revision, read)).await
}
