//! Sign-ups are found by their ids, and those that await their codes by their address.
use async_trait::async_trait;
use registration_domain::{
    email::Email,
    port::{PortError, SignUps},
    sign_up::{SignUp, SignUpId},
    time::Timestamp,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::SeaOrmMoment;
use crate::{
    entity::sign_up::{Column, Entity},
    error::unavailable,
    list::is,
    rows::{self, sign_up::AWAITING_CODE},
};

#[async_trait]
impl SignUps for SeaOrmMoment {
    async fn sign_up(&self, id: SignUpId) -> Result<Option<SignUp>, PortError> {
        let row = Entity::find_by_id(id.uuid()).one(&self.0).await.map_err(unavailable)?;
        row.map(rows::sign_up::aggregate).transpose()
    }
    async fn awaiting_sign_ups(&self, at: &Email, now: Timestamp) -> Result<Vec<SignUp>, PortError> {
        let query = Entity::find()
            .filter(Column::EmailKey.eq(at.canonical()))
            .filter(is(Column::State, AWAITING_CODE))
            .filter(Column::ExpiresAt.gt(now.micros()))
            .order_by_asc(Column::Id);
        let rows = query.all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(rows::sign_up::aggregate).collect()
    }
}
