//! All reads of a moment come from one transaction, whose snapshot is taken before anything is asked of it.
pub(crate) mod account;
mod audit;
mod count;
mod email_domain;
mod invitation;
mod joining;
mod membership;
mod notification;
mod organization;
mod own;
mod platform;
mod security;
mod sign_up;

use std::collections::HashMap;

use registration_domain::{organization::Organization, port::PortError, view::Person};
use sea_orm::{ColumnTrait, DatabaseConnection, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use crate::{
    database::begin,
    entity::{account as account_row, founding, organization as organization_row},
    error::unavailable,
    rows,
};

/// A read transaction; it ends as it is dropped.
pub(crate) struct SeaOrmMoment(DatabaseTransaction);

impl SeaOrmMoment {
    pub(crate) async fn take(from: &DatabaseConnection) -> Result<Self, PortError> {
        let transaction = begin(from).await.map_err(unavailable)?;
        // Both databases take the snapshot with the first row that is asked for.
        let first = founding::Entity::find().select_only().column(founding::Column::One).into_tuple::<i64>();
        first.one(&transaction).await.map_err(unavailable)?;
        Ok(Self(transaction))
    }

    /// These organizations, in one query.
    async fn organizations(
        &self,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, Organization>, PortError> {
        let these = organization_row::Entity::find();
        let these = these.filter(organization_row::Column::Id.is_in(padded(ids)));
        let rows = these.all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(|row| Ok((row.id, rows::organization::aggregate(row)?))).collect()
    }

    /// Who these accounts belong to, in one query.
    async fn people(&self, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Person>, PortError> {
        let ids = padded(ids);
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = account_row::Entity::find().filter(account_row::Column::Id.is_in(ids)).all(&self.0).await;
        rows.map_err(unavailable)?.into_iter().map(|row| Ok((row.id, rows::account::person(row)?))).collect()
    }
}

/// Distinct, and filled up to a power of two: a statement of each width would drive the others out of the cache of
/// prepared ones.
fn padded(ids: impl IntoIterator<Item = Uuid>) -> Vec<Uuid> {
    let mut ids = ids.into_iter().collect::<Vec<_>>();
    ids.sort_unstable();
    ids.dedup();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    ids
}
