//! Who may review join requests, by who signed in last: a few probes of an index, however many members there are.
use std::{cmp::Reverse, collections::HashMap};

use registration_domain::{access::RoleKey, account::Account, organization::OrganizationId, port::PortError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use super::{has_active_account, holding};
use crate::{
    entity::{
        account,
        membership::{Column, Entity},
    },
    error::unavailable,
    list::is,
    read::{SeaOrmMoment, padded},
    rows::{self, membership::ACTIVE, present},
};

/// When somebody signed in last, their membership, and their account.
type Seen = (i64, Uuid, Uuid);

impl SeaOrmMoment {
    pub(super) async fn last_reviewers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Account>, PortError> {
        let chosen = Expr::cust("',' || substr(access, 8) || ',' LIKE '%,join_requests.review,%'");
        let mut found = Vec::new();
        for reviewing in holding(roles, chosen) {
            found.extend(self.last_seen(of, reviewing, limit).await?);
        }
        found.sort_unstable_by_key(|it| Reverse(*it));
        found.truncate(limit.into());
        self.accounts_of(found.into_iter().map(|(_, _, account)| account).collect()).await
    }

    async fn last_seen(
        &self,
        of: OrganizationId,
        those: Condition,
        most: u16,
    ) -> Result<Vec<Seen>, PortError> {
        let query = Entity::find()
            .select_only()
            .columns([Column::LastSignInAt, Column::Id, Column::Account])
            .filter(Column::Organization.eq(of.uuid()))
            .filter(is(Column::State, ACTIVE))
            .filter(those)
            .filter(has_active_account())
            .order_by_desc(Column::LastSignInAt)
            .order_by_desc(Column::Id)
            .limit(u64::from(most));
        query.into_tuple().all(&self.0).await.map_err(unavailable)
    }

    /// In the order of these ids.
    pub(super) async fn accounts_of(&self, ids: Vec<Uuid>) -> Result<Vec<Account>, PortError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let query = account::Entity::find().filter(account::Column::Id.is_in(padded(ids.iter().copied())));
        let rows = query.all(&self.0).await.map_err(unavailable)?;
        let mut rows = rows.into_iter().map(|row| (row.id, row)).collect::<HashMap<_, _>>();
        ids.into_iter()
            .map(|id| rows::account::aggregate(present(rows.remove(&id), "account", id)?))
            .collect()
    }
}
