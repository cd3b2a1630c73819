//! What one organization knows of a requester from before, and nothing of what others know.
use registration_domain::{
    account::AccountId,
    organization::OrganizationId,
    port::PortError,
    view::{EndedMembership, Person, RequesterHistory},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::requests_of;
use crate::{
    entity::{account, join_request, membership},
    error::unavailable,
    list::{is, is_not},
    read::SeaOrmMoment,
    rows::{
        self,
        account::member_keys,
        join_request::PENDING,
        membership::{ACTIVE, REMOVED},
        present,
    },
};

/// How many of the memberships and requests of before are told.
const BEFORE: usize = 10;
/// How many people of the same name are told.
const NAMESAKES: usize = 5;

impl SeaOrmMoment {
    pub(super) async fn history(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<RequesterHistory, PortError> {
        let memberships = membership::Entity::find()
            .filter(membership::Column::Organization.eq(within.uuid()))
            .filter(membership::Column::Account.eq(of.uuid()))
            .filter(is(membership::Column::State, REMOVED))
            .order_by_desc(membership::Column::RemovedAt)
            .order_by_desc(membership::Column::Id)
            .limit(BEFORE as u64);
        let memberships = memberships.all(&self.0).await.map_err(unavailable)?;
        let removers = memberships.iter().filter_map(|it| it.removed_by).collect::<Vec<_>>();
        let people = self.people(removers).await?;
        let ended = |row: membership::Model| {
            let by = row.removed_by.unwrap_or(row.account);
            let removed_by = present(people.get(&by).cloned(), "account", by)?;
            Ok(EndedMembership { membership: rows::membership::aggregate(row)?, removed_by })
        };
        let requests = requests_of(of, within)
            .filter(is_not(join_request::Column::State, PENDING))
            .order_by_desc(join_request::Column::CreatedAt)
            .order_by_desc(join_request::Column::Id)
            .limit(BEFORE as u64);
        let requests = requests.all(&self.0).await.map_err(unavailable)?;
        Ok(RequesterHistory {
            memberships: memberships.into_iter().map(ended).collect::<Result<_, PortError>>()?,
            requests: requests.into_iter().map(rows::join_request::aggregate).collect::<Result<_, _>>()?,
            namesakes: self.namesakes(of, within).await?,
        })
    }

    /// Members, or who were, in the order in which they came first.
    async fn namesakes(&self, of: AccountId, within: OrganizationId) -> Result<Vec<Person>, PortError> {
        let account = account::Entity::find_by_id(of.uuid()).one(&self.0).await.map_err(unavailable)?;
        let (name_key, _) = member_keys(&present(account, "account", of)?);
        let query = membership::Entity::find()
            .select_only()
            .column(membership::Column::Account)
            .filter(membership::Column::Organization.eq(within.uuid()))
            .filter(membership::Column::State.is_in([ACTIVE, REMOVED]))
            .filter(membership::Column::NameKey.eq(name_key))
            .filter(membership::Column::Account.ne(of.uuid()))
            .order_by_asc(membership::Column::Id)
            .limit((NAMESAKES * BEFORE) as u64);
        // Who came twice is named once.
        let found: Vec<Uuid> = query.into_tuple().all(&self.0).await.map_err(unavailable)?;
        let mut ids = Vec::new();
        for id in found {
            if ids.len() < NAMESAKES && !ids.contains(&id) {
                ids.push(id);
            }
        }
        let mut people = self.people(ids.iter().copied()).await?;
        ids.into_iter().map(|id| present(people.remove(&id), "account", id)).collect()
    }
}
