//! An invitation is shown with how far its newest mail came.
use std::collections::HashMap;

use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    count::Count,
    email::Email,
    invitation::{Invitation, InvitationId, Purpose},
    message::Delivery,
    organization::{Organization, OrganizationId},
    page::{Listing, Page, Position, SortKey},
    port::{Invitations, PortError},
    text::fold,
    time::Timestamp,
    view::{InvitationCounts, InvitationFilter, InvitationView, ListedDelivery, ListedState},
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{SeaOrmMoment, count::count_each, padded};
use crate::{
    delivery::is_undelivered,
    entity::{account, block, invitation, message},
    error::unavailable,
    list::{End, Holds, Keyset, contains, is},
    rows::{
        self,
        invitation::{ACCEPTED, DECLINED, PENDING, REVOKED},
        message::INVITATION,
        present,
    },
};

use invitation::Column;

const NEWEST_FIRST: Keyset<Column> =
    Keyset { key: Column::CreatedAt, holds: Holds::Times, id: Column::Id, from: End::Greatest };

/// A row of the list, with the inviter that it joins.
type Joined = (invitation::Model, Option<account::Model>);

#[async_trait]
impl Invitations for SeaOrmMoment {
    async fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, PortError> {
        self.one_invitation(invitation::Entity::find_by_id(id.uuid())).await
    }
    async fn pending(
        &self,
        within: OrganizationId,
        purpose: Purpose,
        email: &Email,
    ) -> Result<Option<Invitation>, PortError> {
        let query = invitation::Entity::find()
            .filter(Column::Organization.eq(within.uuid()))
            .filter(Column::Purpose.eq(purpose.key()))
            .filter(Column::EmailKey.eq(email.canonical()))
            .filter(is(Column::State, PENDING));
        self.one_invitation(query).await
    }
    async fn pending_by(
        &self,
        inviter: AccountId,
        within: OrganizationId,
        after: Option<InvitationId>,
        limit: u16,
    ) -> Result<Vec<Invitation>, PortError> {
        let query = invitation::Entity::find()
            .filter(Column::Inviter.eq(inviter.uuid()))
            .filter(Column::Organization.eq(within.uuid()))
            .filter(is(Column::State, PENDING))
            .filter(Condition::all().add_option(after.map(|it| Column::Id.gt(it.uuid()))))
            .order_by_asc(Column::Id)
            .limit(u64::from(limit));
        let rows = query.all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(rows::invitation::aggregate).collect()
    }
    async fn open_invitations(
        &self,
        at: &Email,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError> {
        let open = invitation::Entity::find()
            .filter(Column::EmailKey.eq(at.canonical()))
            .filter(listed(ListedState::Pending, now));
        let rows = NEWEST_FIRST.page(open, page).find_also_related(account::Entity);
        let views = self.invitation_views(rows.all(&self.0).await.map_err(unavailable)?).await?;
        Ok(Listing::from_surplus(views, page.size, position))
    }
    async fn is_blocked(&self, organization: OrganizationId, email: &Email) -> Result<bool, PortError> {
        let row = block::Entity::find_by_id((organization.uuid(), email.canonical().to_owned()));
        Ok(row.one(&self.0).await.map_err(unavailable)?.is_some())
    }
    async fn invitation_view(&self, id: InvitationId) -> Result<Option<InvitationView>, PortError> {
        let query = invitation::Entity::find_by_id(id.uuid()).find_also_related(account::Entity);
        let row = query.one(&self.0).await.map_err(unavailable)?;
        Ok(self.invitation_views(row.into_iter().collect()).await?.into_iter().next())
    }
    async fn invitations(
        &self,
        of: OrganizationId,
        filter: &InvitationFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError> {
        let shown = invitation::Entity::find()
            .filter(Column::Organization.eq(of.uuid()))
            .filter(passes(&self.0, filter, now));
        let rows = NEWEST_FIRST.page(shown, page).find_also_related(account::Entity);
        let views = self.invitation_views(rows.all(&self.0).await.map_err(unavailable)?).await?;
        Ok(Listing::from_surplus(views, page.size, position))
    }
    async fn invitations_by(
        &self,
        inviter: AccountId,
        page: &Page,
    ) -> Result<Listing<Invitation>, PortError> {
        self.bare_invitations(Column::Inviter.eq(inviter.uuid()), page).await
    }
    async fn invitations_to(&self, email: &Email, page: &Page) -> Result<Listing<Invitation>, PortError> {
        self.bare_invitations(Column::EmailKey.eq(email.canonical()), page).await
    }
    async fn count_invitations(
        &self,
        of: OrganizationId,
        now: Timestamp,
    ) -> Result<InvitationCounts, PortError> {
        let open = |state, undelivered| {
            invitation::Entity::find()
                .filter(Column::Organization.eq(of.uuid()))
                .filter(listed(state, now))
                .filter(is_undelivered(undelivered))
        };
        // Those that expired in two parts, each of which is a range of one index.
        let open = [
            open(ListedState::Pending, false),
            open(ListedState::Pending, true),
            open(ListedState::Expired, false),
            open(ListedState::Expired, true),
        ];
        let [pending, failed, expired, expired_and_failed] = count_each(&self.0, open).await?;
        let [pending, failed, expired] = [pending, failed, expired + expired_and_failed].map(Count::of);
        Ok(InvitationCounts { pending, failed, expired })
    }
}

impl SeaOrmMoment {
    async fn one_invitation(
        &self,
        query: Select<invitation::Entity>,
    ) -> Result<Option<Invitation>, PortError> {
        query.one(&self.0).await.map_err(unavailable)?.map(rows::invitation::aggregate).transpose()
    }
    async fn bare_invitations(&self, those: Expr, page: &Page) -> Result<Listing<Invitation>, PortError> {
        let rows = NEWEST_FIRST.page(invitation::Entity::find().filter(those), page).all(&self.0).await;
        let found = rows.map_err(unavailable)?.into_iter().map(rows::invitation::aggregate);
        let position = |it: &Invitation| {
            let parts = it.parts();
            Position { key: SortKey::Time(parts.created_at), id: parts.id.uuid() }
        };
        Ok(Listing::from_surplus(found.collect::<Result<_, PortError>>()?, page.size, position))
    }
    async fn invitation_views(&self, joined: Vec<Joined>) -> Result<Vec<InvitationView>, PortError> {
        if joined.is_empty() {
            return Ok(Vec::new());
        }
        let organizations = self.organizations(joined.iter().map(|(row, _)| row.organization)).await?;
        let mut deliveries = self.deliveries(joined.iter().map(|(row, _)| row.id)).await?;
        joined.into_iter().map(|it| invitation_view(it, &organizations, &mut deliveries)).collect()
    }
    /// Of the newest mail to each, in one query: read from old to new, the last one stays.
    async fn deliveries(
        &self,
        of: impl IntoIterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, Delivery>, PortError> {
        let mails = message::Entity::find()
            .filter(is(message::Column::Kind, INVITATION))
            .filter(message::Column::Subject.is_in(padded(of)))
            .order_by_asc(message::Column::Generation)
            .order_by_asc(message::Column::At)
            .order_by_asc(message::Column::Id);
        let newest = mails.all(&self.0).await.map_err(unavailable)?;
        let newest = newest.into_iter().filter_map(|row| row.subject.map(|subject| (subject, row)));
        let newest = newest.collect::<HashMap<_, _>>();
        newest.into_iter().map(|(subject, row)| Ok((subject, rows::message::delivery(row)?))).collect()
    }
}

fn invitation_view(
    (row, inviter): Joined,
    organizations: &HashMap<Uuid, Organization>,
    deliveries: &mut HashMap<Uuid, Delivery>,
) -> Result<InvitationView, PortError> {
    let organization = organizations.get(&row.organization).cloned();
    Ok(InvitationView {
        organization: present(organization, "organization", row.organization)?,
        inviter: rows::account::person(present(inviter, "account", row.inviter)?)?,
        delivery: present(deliveries.remove(&row.id), "message", row.id)?,
        invitation: rows::invitation::aggregate(row)?,
    })
}

fn position(of: &InvitationView) -> Position {
    let parts = of.invitation.parts();
    Position { key: SortKey::Time(parts.created_at), id: parts.id.uuid() }
}

fn passes(connection: &impl ConnectionTrait, filter: &InvitationFilter, now: Timestamp) -> Condition {
    let InvitationFilter { state, purpose, delivery, email } = filter;
    Condition::all()
        .add_option(state.map(|it| listed(it, now)))
        .add_option(purpose.map(|it| Column::Purpose.eq(it.key())))
        .add_option(delivery.map(|it| is_undelivered(it == ListedDelivery::Failed)))
        .add_option(email.as_deref().map(|it| contains(connection, Column::SearchKey, &fold(it))))
}

/// An instant equal to the expiry is expired.
fn listed(state: ListedState, now: Timestamp) -> Condition {
    let all = Condition::all();
    match state {
        ListedState::Pending => all.add(is(Column::State, PENDING)).add(Column::ExpiresAt.gt(now.micros())),
        ListedState::Expired => all.add(is(Column::State, PENDING)).add(Column::ExpiresAt.lte(now.micros())),
        ListedState::Accepted => all.add(is(Column::State, ACCEPTED)),
        ListedState::Declined => all.add(is(Column::State, DECLINED)),
        ListedState::Revoked => all.add(is(Column::State, REVOKED)),
    }
}
