//! A change of address is found by its id, and the one that waits by its account.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    email_change::{EmailChange, EmailChangeId},
    port::{EmailChanges, PortError},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::SeaOrmMoment;
use crate::{
    entity::email_change::{Column, Entity},
    error::unavailable,
    rows,
};

#[async_trait]
impl EmailChanges for SeaOrmMoment {
    async fn email_change(&self, id: EmailChangeId) -> Result<Option<EmailChange>, PortError> {
        let row = Entity::find_by_id(id.uuid()).one(&self.0).await.map_err(unavailable)?;
        row.map(rows::email_change::aggregate).transpose()
    }
    async fn waiting_email_change(&self, of: AccountId) -> Result<Option<EmailChange>, PortError> {
        let waiting =
            Entity::find().filter(Column::Account.eq(of.uuid())).filter(Column::SettledAt.is_null());
        let row = waiting.one(&self.0).await.map_err(unavailable)?;
        row.map(rows::email_change::aggregate).transpose()
    }
}
