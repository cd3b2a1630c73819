//! The list of organizations that let themselves be found is written with the organization, in the same commit.
use registration_domain::organization::Organization;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::row;
use crate::{entity::discoverable::Entity, error::Failure, rows};

/// A new organization.
pub(super) async fn add(to: &DatabaseTransaction, organization: &Organization) -> Result<(), Failure> {
    match rows::discoverable::row(organization) {
        Some(row) => row::add(to, row).await,
        None => Ok(()),
    }
}

/// Most changes are of something else, such as the Owners, and leave the list alone.
pub(super) async fn update(to: &DatabaseTransaction, organization: &Organization) -> Result<(), Failure> {
    let id = organization.id().uuid();
    let stored = Entity::find_by_id(id).one(to).await?;
    match (stored, rows::discoverable::row(organization)) {
        (None, None) => {}
        (None, Some(row)) => row::add(to, row).await?,
        (Some(stored), Some(row)) if stored == row => {}
        (Some(_), Some(row)) => {
            row.into_active_model().reset_all().update(to).await?;
        }
        (Some(_), None) => {
            Entity::delete_by_id(id).exec(to).await?;
        }
    }
    Ok(())
}
