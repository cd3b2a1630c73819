//! A request is shown with who decided it and what backs it, all of a page in one query each.
mod code;
mod history;

use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    count::Count,
    join_request::{JoinRequest, JoinRequestId},
    organization::OrganizationId,
    page::{Listing, Page, Position, SortKey},
    port::{JoinRequests, PortError},
    time::Timestamp,
    view::{JoinRequestFilter, JoinRequestView, ListedRequestState, RequesterHistory},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::{SeaOrmMoment, count::count_each};
use crate::{
    entity::{account, join_request},
    error::unavailable,
    list::{End, Holds, Keyset, is},
    rows::{
        self,
        join_request::{APPROVED, EXPIRED, PENDING, REJECTED, SETTLED, WITHDRAWN},
        present,
    },
};

use join_request::{Column, Entity};

const OLDEST_FIRST: Keyset<Column> =
    Keyset { key: Column::CreatedAt, holds: Holds::Times, id: Column::Id, from: End::Smallest };
const NEWEST_FIRST: Keyset<Column> =
    Keyset { key: Column::CreatedAt, holds: Holds::Times, id: Column::Id, from: End::Greatest };

/// A row of a list, with the requester that it joins.
type Joined = (join_request::Model, Option<account::Model>);

#[async_trait]
impl JoinRequests for SeaOrmMoment {
    async fn join_request(&self, id: JoinRequestId) -> Result<Option<JoinRequest>, PortError> {
        self.one_request(Entity::find_by_id(id.uuid())).await
    }
    async fn pending_request(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError> {
        self.one_request(requests_of(of, within).filter(is(Column::State, PENDING))).await
    }
    async fn last_rejection(
        &self,
        of: AccountId,
        within: OrganizationId,
    ) -> Result<Option<JoinRequest>, PortError> {
        let rejected = requests_of(of, within).filter(is(Column::State, REJECTED));
        self.one_request(rejected.order_by_desc(Column::EndedAt).order_by_desc(Column::Id).limit(1)).await
    }
    async fn join_request_view(&self, id: JoinRequestId) -> Result<Option<JoinRequestView>, PortError> {
        let query = Entity::find_by_id(id.uuid()).find_also_related(account::Entity);
        let row = query.one(&self.0).await.map_err(unavailable)?;
        Ok(self.request_views(row.into_iter().collect()).await?.into_iter().next())
    }
    async fn join_requests(
        &self,
        of: OrganizationId,
        filter: &JoinRequestFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        let JoinRequestFilter { state } = filter;
        let shown = Entity::find()
            .filter(Column::Organization.eq(of.uuid()))
            .filter(Condition::all().add_option(state.map(|it| listed(it, now))));
        self.listed_requests(shown, OLDEST_FIRST, page).await
    }
    async fn join_requests_by(
        &self,
        account: AccountId,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        self.listed_requests(Entity::find().filter(Column::Account.eq(account.uuid())), NEWEST_FIRST, page)
            .await
    }
    async fn count_join_requests(&self, of: OrganizationId, now: Timestamp) -> Result<Count, PortError> {
        let waiting = Entity::find()
            .filter(Column::Organization.eq(of.uuid()))
            .filter(listed(ListedRequestState::Pending, now));
        let [count] = count_each(&self.0, [waiting]).await?;
        Ok(Count::of(count))
    }
    async fn requester_histories(
        &self,
        within: OrganizationId,
        of: &[AccountId],
    ) -> Result<Vec<RequesterHistory>, PortError> {
        let mut histories = Vec::with_capacity(of.len());
        for account in of {
            histories.push(self.history(*account, within).await?);
        }
        Ok(histories)
    }
    async fn requests_to_warn_of(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError> {
        self.pending_requests(Column::WarnAt, now, limit).await
    }
    async fn lapsed_requests(&self, now: Timestamp, limit: u16) -> Result<Vec<JoinRequest>, PortError> {
        self.pending_requests(Column::ExpiresAt, now, limit).await
    }
}

impl SeaOrmMoment {
    async fn one_request(&self, query: Select<Entity>) -> Result<Option<JoinRequest>, PortError> {
        query.one(&self.0).await.map_err(unavailable)?.map(rows::join_request::aggregate).transpose()
    }
    /// Those whose time for something has come, the longest first.
    async fn pending_requests(
        &self,
        time: Column,
        now: Timestamp,
        limit: u16,
    ) -> Result<Vec<JoinRequest>, PortError> {
        let query = Entity::find()
            .filter(is(Column::State, PENDING))
            .filter(time.is_not_null())
            .filter(time.lte(now.micros()))
            .order_by_asc(time)
            .order_by_asc(Column::Id)
            .limit(u64::from(limit));
        let rows = query.all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(rows::join_request::aggregate).collect()
    }
    async fn listed_requests(
        &self,
        shown: Select<Entity>,
        order: Keyset<Column>,
        page: &Page,
    ) -> Result<Listing<JoinRequestView>, PortError> {
        let rows = order.page(shown, page).find_also_related(account::Entity);
        let views = self.request_views(rows.all(&self.0).await.map_err(unavailable)?).await?;
        let position = |it: &JoinRequestView| {
            let parts = it.request.parts();
            Position { key: SortKey::Time(parts.created_at), id: parts.id.uuid() }
        };
        Ok(Listing::from_surplus(views, page.size, position))
    }
    async fn request_views(&self, joined: Vec<Joined>) -> Result<Vec<JoinRequestView>, PortError> {
        if joined.is_empty() {
            return Ok(Vec::new());
        }
        let organizations = self.organizations(joined.iter().map(|(row, _)| row.organization)).await?;
        let people = self.people(joined.iter().filter_map(|(row, _)| row.decided_by)).await?;
        let codes = self.codes(joined.iter().filter_map(|(row, _)| row.code)).await?;
        let views = joined.into_iter().map(|(row, account)| {
            let organization = organizations.get(&row.organization).cloned();
            let decider = row.decided_by.map(|id| present(people.get(&id).cloned(), "account", id));
            let code = row.code.map(|id| present(codes.get(&id).cloned(), "employee_code", id));
            Ok(JoinRequestView {
                organization: present(organization, "organization", row.organization)?,
                account: rows::account::aggregate(present(account, "account", row.account)?)?,
                decided_by: decider.transpose()?,
                code: code.transpose()?,
                request: rows::join_request::aggregate(row)?,
            })
        });
        views.collect()
    }
}

fn requests_of(of: AccountId, within: OrganizationId) -> Select<Entity> {
    Entity::find().filter(Column::Organization.eq(within.uuid())).filter(Column::Account.eq(of.uuid()))
}

/// An instant equal to the expiry is expired; one that was closed for it stays so.
fn listed(state: ListedRequestState, now: Timestamp) -> Condition {
    let all = Condition::all();
    match state {
        ListedRequestState::Pending => {
            all.add(is(Column::State, PENDING)).add(Column::ExpiresAt.gt(now.micros()))
        }
        ListedRequestState::Approved => all.add(is(Column::State, APPROVED)),
        ListedRequestState::Rejected => all.add(is(Column::State, REJECTED)),
        ListedRequestState::Withdrawn => all.add(is(Column::State, WITHDRAWN)),
        ListedRequestState::Settled => all.add(is(Column::State, SETTLED)),
        ListedRequestState::Expired => {
            let lapsed = all.add(is(Column::State, PENDING)).add(Column::ExpiresAt.lte(now.micros()));
            Condition::any().add(is(Column::State, EXPIRED)).add(lapsed)
        }
    }
}
