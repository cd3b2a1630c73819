//! An organization is found by its grams where few have them, and else on a walk through the names, which soon meets
//! one of many.
use std::collections::HashMap;

use async_trait::async_trait;
use registration_domain::{
    id::Id,
    organization::{Organization, OrganizationId},
    organization_name::OrganizationName,
    page::{Listing, Page, Position, SortKey},
    port::{Organizations, PortError},
    text::spellings,
    view::DiscoverableOrganization,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{SeaOrmMoment, membership::has_active_account, padded};
use crate::{
    entity::{discoverable, membership, organization},
    error::unavailable,
    grams,
    list::{End, Holds, Keyset, contains, is},
    rows::{
        self, corrupt, holds,
        membership::{ACTIVE, OWNER},
        present,
    },
};

use discoverable::Column;

const BY_NAME: Keyset<Column> =
    Keyset { key: Column::NameKey, holds: Holds::Texts, id: Column::Organization, from: End::Smallest };

#[async_trait]
impl Organizations for SeaOrmMoment {
    async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, PortError> {
        let row = organization::Entity::find_by_id(id.uuid()).one(&self.0).await.map_err(unavailable)?;
        row.map(rows::organization::aggregate).transpose()
    }
    async fn owners(&self, of: OrganizationId) -> Result<u32, PortError> {
        let owners = membership::Entity::find()
            .filter(membership::Column::Organization.eq(of.uuid()))
            .filter(is(membership::Column::State, ACTIVE))
            .filter(is(membership::Column::Access, OWNER))
            .filter(has_active_account());
        let count = owners.count(&self.0).await.map_err(unavailable)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }
    async fn discoverable(
        &self,
        query: &str,
        page: &Page,
    ) -> Result<Listing<DiscoverableOrganization>, PortError> {
        let sought = spellings(query);
        if !sought.iter().all(|it| holds(it)) {
            return Ok(Listing { rows: Vec::new(), next: None });
        }
        let found = match grams::few(&self.0, &sought).await.map_err(unavailable)? {
            Some(few) => sorted_page(few, &sought, page),
            None => self.walk(&sought, page).await?,
        };
        let position = |it: &discoverable::Model| Position {
            key: SortKey::Text(it.name_key.clone()),
            id: it.organization,
        };
        self.named(Listing::from_surplus(found, page.size, position)).await
    }
}

impl SeaOrmMoment {
    /// Through all names in their order, up to one more than the page takes.
    async fn walk(&self, sought: &[String], page: &Page) -> Result<Vec<discoverable::Model>, PortError> {
        let parts = sought.iter().filter(|it| !it.is_empty());
        let held = parts.map(|it| contains(&self.0, Column::SearchKey, it)).reduce(ExprTrait::or);
        let passes = Condition::all().add_option(held);
        let found = BY_NAME.page(discoverable::Entity::find().filter(passes), page);
        found.all(&self.0).await.map_err(unavailable)
    }

    /// With their names as they are written.
    async fn named(
        &self,
        found: Listing<discoverable::Model>,
    ) -> Result<Listing<DiscoverableOrganization>, PortError> {
        let Listing { rows, next } = found;
        let names = organization::Entity::find()
            .select_only()
            .columns([organization::Column::Id, organization::Column::Name])
            .filter(organization::Column::Id.is_in(padded(rows.iter().map(|it| it.organization))));
        let names = names.into_tuple::<(Uuid, String)>().all(&self.0).await.map_err(unavailable)?;
        let mut names = names.into_iter().collect::<HashMap<_, _>>();
        let shown = |discoverable::Model { organization: id, .. }| {
            let name = present(names.remove(&id), "organization", id)?;
            let name = OrganizationName::parse(&name).map_err(|_| corrupt("organization", &id)("name"))?;
            Ok(DiscoverableOrganization { id: Id::new(id), name })
        };
        Ok(Listing { rows: rows.into_iter().map(shown).collect::<Result<_, PortError>>()?, next })
    }
}

/// Of the few that may hold what is sought, those that do and belong on this page, and one more.
fn sorted_page(few: Vec<discoverable::Model>, sought: &[String], page: &Page) -> Vec<discoverable::Model> {
    let key = |it: &discoverable::Model| (SortKey::Text(it.name_key.clone()), it.organization);
    let after = page.after.as_ref().map(|it| (it.key.clone(), it.id));
    let holds = |it: &discoverable::Model| sought.iter().any(|part| it.search_key.contains(part));
    let mut found = few
        .into_iter()
        .filter(|it| holds(it) && after.as_ref().is_none_or(|last| key(it) > *last))
        .collect::<Vec<_>>();
    found.sort_by_cached_key(key);
    found
}
