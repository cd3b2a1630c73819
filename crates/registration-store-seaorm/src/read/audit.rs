//! The audit log is read newest first, each line with who did it.
use async_trait::async_trait;
use registration_domain::{
    count::Count,
    organization::OrganizationId,
    page::{Listing, Page, Position, SortKey},
    port::{AuditTrail, PortError},
    view::{AuditFilter, AuditView},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::{SeaOrmMoment, count::count_each};
use crate::{
    entity::audit_event::{Column, Entity},
    error::unavailable,
    list::{End, Holds, Keyset},
    rows::{self, present},
};

const NEWEST_FIRST: Keyset<Column> =
    Keyset { key: Column::At, holds: Holds::Times, id: Column::Id, from: End::Greatest };

#[async_trait]
impl AuditTrail for SeaOrmMoment {
    async fn audit_events(
        &self,
        of: OrganizationId,
        filter: &AuditFilter,
        page: &Page,
    ) -> Result<Listing<AuditView>, PortError> {
        let shown = Entity::find().filter(Column::Organization.eq(of.uuid())).filter(passes(filter));
        let rows = NEWEST_FIRST.page(shown, page).all(&self.0).await.map_err(unavailable)?;
        let actors = self.people(rows.iter().filter_map(|it| it.actor)).await?;
        let views = rows.into_iter().map(|row| {
            let actor = row.actor.map(|id| present(actors.get(&id).cloned(), "account", id)).transpose()?;
            Ok(AuditView { event: rows::audit_event::aggregate(row)?, actor })
        });
        let position = |it: &AuditView| Position { key: SortKey::Time(it.event.at), id: it.event.id.uuid() };
        Ok(Listing::from_surplus(views.collect::<Result<_, PortError>>()?, page.size, position))
    }
    async fn count_audit_events(&self, of: OrganizationId, filter: &AuditFilter) -> Result<Count, PortError> {
        let shown = Entity::find().filter(Column::Organization.eq(of.uuid())).filter(passes(filter));
        let [count] = count_each(&self.0, [shown]).await?;
        Ok(Count::of(count))
    }
}

fn passes(filter: &AuditFilter) -> Condition {
    let AuditFilter { action, actor, about, since, until } = filter;
    Condition::all()
        .add_option(action.map(|it| Column::Action.eq(it.key())))
        .add_option(actor.map(|it| Column::Actor.eq(it.uuid())))
        .add_option(about.as_ref().map(|it| Column::Label.eq(it.as_str())))
        .add_option(since.map(|it| Column::At.gte(it.micros())))
        .add_option(until.map(|it| Column::At.lt(it.micros())))
}
