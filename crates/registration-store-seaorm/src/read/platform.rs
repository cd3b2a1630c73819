//! What was done before, how the platform began, and whose invitations are to be looked through.
use async_trait::async_trait;
use registration_domain::{
    change::{ActId, Review},
    id::Id,
    port::{Foundings, PortError, Receipts, Reviews},
    receipt::{Receipt, Scope},
    setup::{Founding, SetupLink, SetupLinkId},
    time::Timestamp,
};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use super::SeaOrmMoment;
use crate::{
    entity::{act, founding, receipt, review, setup_link},
    error::unavailable,
    rows::{self, holds},
};

#[async_trait]
impl Receipts for SeaOrmMoment {
    async fn receipt(&self, scope: Scope, key: &str) -> Result<Option<Receipt>, PortError> {
        if !holds(key) {
            return Ok(None);
        }
        let row = receipt::Entity::find_by_id((rows::receipt::scope_bytes(scope), key.to_owned()));
        row.one(&self.0).await.map_err(unavailable)?.map(rows::receipt::aggregate).transpose()
    }
    async fn was_committed(&self, act: ActId) -> Result<bool, PortError> {
        Ok(act::Entity::find_by_id(act.uuid()).one(&self.0).await.map_err(unavailable)?.is_some())
    }
}

#[async_trait]
impl Foundings for SeaOrmMoment {
    async fn founding(&self) -> Result<Option<Founding>, PortError> {
        let row = founding::Entity::find().one(&self.0).await.map_err(unavailable)?;
        Ok(row.map(|founding::Model { one: _, at, founder }| Founding {
            at: Timestamp::from_micros(at),
            by: Id::new(founder),
        }))
    }
    async fn setup_link(&self, id: SetupLinkId) -> Result<Option<SetupLink>, PortError> {
        let row = setup_link::Entity::find_by_id(id.uuid()).one(&self.0).await.map_err(unavailable)?;
        Ok(row.map(|setup_link::Model { id, expires_at }| SetupLink {
            id: Id::new(id),
            expires_at: Timestamp::from_micros(expires_at),
        }))
    }
}

#[async_trait]
impl Reviews for SeaOrmMoment {
    async fn reviews(&self, limit: u16) -> Result<Vec<Review>, PortError> {
        let rows = review::Entity::find()
            .order_by_asc(review::Column::AskedAt)
            .order_by_asc(review::Column::Organization)
            .order_by_asc(review::Column::Inviter)
            .limit(u64::from(limit))
            .all(&self.0)
            .await;
        let review = |review::Model { organization, inviter, asked_at }| Review {
            organization: Id::new(organization),
            inviter: Id::new(inviter),
            asked_at: Timestamp::from_micros(asked_at),
        };
        Ok(rows.map_err(unavailable)?.into_iter().map(review).collect())
    }
}
