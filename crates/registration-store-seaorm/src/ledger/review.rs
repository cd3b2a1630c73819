//! A review that is asked for again is a later one, so that the end of the older one leaves it.
use registration_domain::change::Review;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter,
    sea_query::{Alias, CaseStatement, Expr, OnConflict},
};

use crate::{
    entity::review::{Column, Entity, Model},
    error::Failure,
};

pub(super) async fn ask(to: &DatabaseTransaction, review: Review) -> Result<(), Failure> {
    let Review { organization, inviter, asked_at } = review;
    let row =
        Model { organization: organization.uuid(), inviter: inviter.uuid(), asked_at: asked_at.micros() };
    let asked_before = || Expr::col((Entity, Column::AskedAt));
    let asked_now = || Expr::col((Alias::new("excluded"), Column::AskedAt));
    // Always later, whatever the clocks of two machines say.
    let later = CaseStatement::new()
        .case(asked_now().gt(asked_before()), asked_now())
        .finally(asked_before().add(1_i64));
    let again =
        OnConflict::columns([Column::Organization, Column::Inviter]).value(Column::AskedAt, later).to_owned();
    Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(to).await?;
    Ok(())
}

pub(super) async fn end(to: &DatabaseTransaction, review: Review) -> Result<(), Failure> {
    let Review { organization, inviter, asked_at } = review;
    Entity::delete_by_id((organization.uuid(), inviter.uuid()))
        .filter(Column::AskedAt.eq(asked_at.micros()))
        .exec(to)
        .await?;
    Ok(())
}
