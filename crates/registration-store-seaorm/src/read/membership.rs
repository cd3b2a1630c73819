//! Only an active member with an active account may do anything; lists come from one index and two lookups.
mod opener;
mod reviewer;

use std::collections::HashMap;

use async_trait::async_trait;
use registration_domain::{
    access::{Access, RoleKey},
    account::{Account, AccountId},
    count::Count,
    membership::{Membership, MembershipId},
    organization::OrganizationId,
    page::{Listing, Page, Position, SortKey},
    permit::Standing,
    port::{Memberships, PortError},
    text::fold,
    view::{MemberCounts, MemberFilter, MemberOrder, MemberView, MembershipView, Person},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{SeaOrmMoment, count::count_each};
use crate::{
    entity::{account, membership, organization},
    error::unavailable,
    list::{End, Holds, Keyset, contains, is},
    rows::{
        self,
        membership::{ACTIVE, OWNER, REMOVED},
        moment, present,
        text::access_text,
    },
};

use membership::Column;

/// A row of the list of members, with the account that it joins.
type Joined = (membership::Model, Option<account::Model>);

#[async_trait]
impl Memberships for SeaOrmMoment {
    async fn standing(&self, of: AccountId, within: OrganizationId) -> Result<Option<Standing>, PortError> {
        let query = membership::Entity::find()
            .inner_join(account::Entity)
            .filter(Column::Organization.eq(within.uuid()))
            .filter(Column::Account.eq(of.uuid()))
            .filter(is(Column::State, ACTIVE))
            .filter(is(account::Column::State, "active"));
        query.one(&self.0).await.map_err(unavailable)?.map(rows::membership::standing).transpose()
    }
    async fn membership(&self, id: MembershipId) -> Result<Option<Membership>, PortError> {
        let row = membership::Entity::find_by_id(id.uuid()).one(&self.0).await.map_err(unavailable)?;
        row.map(rows::membership::aggregate).transpose()
    }
    async fn member(&self, id: MembershipId) -> Result<Option<MemberView>, PortError> {
        let query = membership::Entity::find_by_id(id.uuid()).find_also_related(account::Entity);
        let row = query.one(&self.0).await.map_err(unavailable)?;
        Ok(self.member_views(row.into_iter().collect()).await?.into_iter().next().map(|(_, view)| view))
    }
    async fn members(
        &self,
        of: OrganizationId,
        filter: &MemberFilter,
        page: &Page,
    ) -> Result<Listing<MemberView>, PortError> {
        let MemberFilter { query, removed, order } = filter;
        let shown = membership::Entity::find()
            .filter(Column::Organization.eq(of.uuid()))
            .filter(is(Column::State, if *removed { REMOVED } else { ACTIVE }));
        let shown = match query {
            Some(text) => shown.filter(contains(&self.0, Column::SearchKey, &fold(text))),
            None => shown,
        };
        let rows = keyset(*order).page(shown, page).find_also_related(account::Entity);
        let views = self.member_views(rows.all(&self.0).await.map_err(unavailable)?).await?;
        let position = |(key, it): &(SortKeys, MemberView)| Position {
            key: key.of(*order),
            id: it.membership.id().uuid(),
        };
        Ok(Listing::from_surplus(views, page.size, position).map(|(_, view)| view))
    }
    async fn count_members(&self, of: OrganizationId) -> Result<MemberCounts, PortError> {
        let in_state = |state| {
            membership::Entity::find()
                .filter(Column::Organization.eq(of.uuid()))
                .filter(is(Column::State, state))
        };
        let counts = count_each(&self.0, [in_state(ACTIVE), in_state(REMOVED)]).await?;
        let [active, removed] = counts.map(Count::of);
        Ok(MemberCounts { active, removed })
    }
    async fn access_givers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Person>, PortError> {
        let chosen = Expr::cust("',' || substr(access, 8) || ',' LIKE '%,members.manage_access,%'");
        let mut found = Vec::new();
        for giving in holding(roles, chosen) {
            let room = usize::from(limit).saturating_sub(found.len());
            if room == 0 {
                break;
            }
            found.extend(self.first_accounts(of, giving, room).await?);
        }
        let mut people = self.people(found.iter().copied()).await?;
        found.into_iter().map(|id| present(people.remove(&id), "account", id)).collect()
    }
    async fn owner_accounts(&self, of: OrganizationId, limit: u16) -> Result<Vec<Account>, PortError> {
        let owner = Condition::all().add(is(Column::Access, OWNER));
        let ids = self.first_accounts(of, owner, limit.into()).await?;
        self.accounts_of(ids).await
    }
    async fn reviewers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Account>, PortError> {
        self.last_reviewers(of, roles, limit).await
    }
    async fn memberships(&self, of: AccountId, page: &Page) -> Result<Listing<MembershipView>, PortError> {
        let shown = membership::Entity::find()
            .filter(Column::Account.eq(of.uuid()))
            .filter(is(Column::State, ACTIVE));
        self.membership_views(of, shown, page).await
    }
    async fn all_memberships(
        &self,
        of: AccountId,
        page: &Page,
    ) -> Result<Listing<MembershipView>, PortError> {
        let shown = membership::Entity::find().filter(Column::Account.eq(of.uuid()));
        self.membership_views(of, shown, page).await
    }
}

/// The accesses that hold a permission, each as an index has it, with these very words: an Owner's, all of the
/// catalogue, one of these roles, and what was chosen so.
fn holding(roles: &[RoleKey], chosen: Expr) -> impl Iterator<Item = Condition> {
    let roles = roles.iter().map(|it| Access::Role(it.clone()));
    let by_access = [Access::Owner, Access::All].into_iter().chain(roles).map(|it| {
        Condition::all()
            .add(Column::Access.eq(access_text(&it)))
            .add(Expr::cust("access NOT LIKE 'chosen:%'"))
    });
    by_access.chain([Condition::all().add(chosen)])
}

impl SeaOrmMoment {
    async fn membership_views(
        &self,
        of: AccountId,
        shown: Select<membership::Entity>,
        page: &Page,
    ) -> Result<Listing<MembershipView>, PortError> {
        let rows = keyset(MemberOrder::Joined).page(shown, page).find_also_related(organization::Entity);
        let rows = rows.all(&self.0).await.map_err(unavailable)?;
        if rows.is_empty() {
            return Ok(Listing { rows: Vec::new(), next: None });
        }
        let account = account::Entity::find_by_id(of.uuid()).one(&self.0).await.map_err(unavailable)?;
        let account = rows::account::aggregate(present(account, "account", of)?)?;
        let views = rows.into_iter().map(|(row, organization)| {
            let organization = present(organization, "organization", row.organization)?;
            Ok(MembershipView {
                membership: rows::membership::aggregate(row)?,
                organization: rows::organization::aggregate(organization)?,
                account: account.clone(),
            })
        });
        let position = |it: &MembershipView| {
            let parts = it.membership.parts();
            Position { key: SortKey::Time(parts.joined_at), id: parts.id.uuid() }
        };
        Ok(Listing::from_surplus(views.collect::<Result<_, PortError>>()?, page.size, position))
    }
    /// Whose memberships are the oldest of those who are active here and meet a condition.
    async fn first_accounts(
        &self,
        of: OrganizationId,
        those: Condition,
        most: usize,
    ) -> Result<Vec<Uuid>, PortError> {
        let query = membership::Entity::find()
            .select_only()
            .column(Column::Account)
            .filter(Column::Organization.eq(of.uuid()))
            .filter(is(Column::State, ACTIVE))
            .filter(those)
            .filter(has_active_account())
            .order_by_asc(Column::Id)
            .limit(most as u64);
        query.into_tuple().all(&self.0).await.map_err(unavailable)
    }
    /// Who let them in is looked up for all of them at once.
    async fn member_views(&self, joined: Vec<Joined>) -> Result<Vec<(SortKeys, MemberView)>, PortError> {
        let openers = self.openers(joined.iter().map(|(row, _)| row)).await?;
        let admitters = joined.iter().filter_map(|(row, _)| row.let_in_by);
        let removers = joined.iter().filter_map(|(row, _)| row.removed_by);
        let known = openers.values().copied().chain(admitters).chain(removers);
        let people = self.people(known.collect::<Vec<_>>()).await?;
        joined.into_iter().map(|(row, account)| member_view(row, account, &openers, &people)).collect()
    }
}

/// Not as a join: SQLite would begin with the accounts, of which there are many more.
pub(super) fn has_active_account() -> Expr {
    let id = Expr::col(account::Column::Id.as_column_ref());
    let active = account::Entity::find()
        .filter(id.eq(Expr::col(Column::Account.as_column_ref())))
        .filter(is(account::Column::State, "active"));
    Expr::exists(active.into_query())
}

fn member_view(
    row: membership::Model,
    account: Option<account::Model>,
    openers: &HashMap<Uuid, Uuid>,
    people: &HashMap<Uuid, Person>,
) -> Result<(SortKeys, MemberView), PortError> {
    let keys = SortKeys {
        name: row.name_key.clone(),
        last_sign_in_at: row.last_sign_in_at,
        joined_at: row.joined_at,
        access: row.access_rank.clone(),
    };
    let person = |id| present(people.get(&id).cloned(), "account", id);
    let joined_by = match row.invitation.or(row.source) {
        Some(id) => Some(person(present(openers.get(&id).copied(), "cause", id)?)),
        None => row.let_in_by.map(person),
    };
    let removed_by = row.removed_by.map(person);
    let account = rows::account::aggregate(present(account, "account", row.account)?)?;
    let view = MemberView {
        account,
        last_sign_in_at: moment(row.last_sign_in_at),
        joined_by: joined_by.transpose()?,
        removed_by: removed_by.transpose()?,
        membership: rows::membership::aggregate(row)?,
    };
    Ok((keys, view))
}

/// What a member's row is sorted by, in each order.
struct SortKeys {
    name: String,
    last_sign_in_at: i64,
    joined_at: i64,
    access: String,
}

impl SortKeys {
    fn of(&self, order: MemberOrder) -> SortKey {
        let time = |micros| moment(micros).map_or(SortKey::Never, SortKey::Time);
        match order {
            MemberOrder::Name | MemberOrder::NameReversed => SortKey::Text(self.name.clone()),
            MemberOrder::LastSignIn | MemberOrder::LastSignInReversed => time(self.last_sign_in_at),
            MemberOrder::Joined | MemberOrder::JoinedReversed => time(self.joined_at),
            MemberOrder::Access | MemberOrder::AccessReversed => SortKey::Text(self.access.clone()),
        }
    }
}

fn keyset(order: MemberOrder) -> Keyset<Column> {
    let (key, holds) = match order {
        MemberOrder::Name | MemberOrder::NameReversed => (Column::NameKey, Holds::Texts),
        MemberOrder::LastSignIn | MemberOrder::LastSignInReversed => (Column::LastSignInAt, Holds::Times),
        MemberOrder::Joined | MemberOrder::JoinedReversed => (Column::JoinedAt, Holds::Times),
        MemberOrder::Access | MemberOrder::AccessReversed => (Column::AccessRank, Holds::Texts),
    };
    Keyset {
        key,
        holds,
        id: Column::Id,
        from: if order.is_reversed() { End::Greatest } else { End::Smallest },
    }
}
