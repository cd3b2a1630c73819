//! The audit log is read newest first, each line with who did it.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    audit::SubjectKind,
    count::Count,
    organization::OrganizationId,
    page::{Listing, Page, Position, SortKey},
    port::{AuditTrail, PortError},
    view::{AuditFilter, AuditView, Involved},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};

use super::{SeaOrmMoment, count::count_each};
use crate::{
    entity::{
        audit_event::{Column, Entity},
        membership,
    },
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
        self.lines(shown, page).await
    }
    async fn count_audit_events(&self, of: OrganizationId, filter: &AuditFilter) -> Result<Count, PortError> {
        let shown = Entity::find().filter(Column::Organization.eq(of.uuid())).filter(passes(filter));
        let [count] = count_each(&self.0, [shown]).await?;
        Ok(Count::of(count))
    }
    async fn audit_events_of(
        &self,
        account: AccountId,
        involved: Involved,
        page: &Page,
    ) -> Result<Listing<AuditView>, PortError> {
        let shown = match involved {
            Involved::Acting => Entity::find().filter(Column::Actor.eq(account.uuid())),
            Involved::Concerned => {
                let by_others =
                    Condition::any().add(Column::Actor.is_null()).add(Column::Actor.ne(account.uuid()));
                let theirs = membership::Entity::find()
                    .select_only()
                    .column(membership::Column::Id)
                    .filter(membership::Column::Account.eq(account.uuid()));
                let about = Condition::any()
                    .add(is_about(SubjectKind::Account).add(Column::Subject.eq(account.uuid())))
                    .add(
                        is_about(SubjectKind::Membership)
                            .add(Column::Subject.in_subquery(theirs.into_query())),
                    );
                Entity::find().filter(about).filter(by_others)
            }
        };
        self.lines(shown, page).await
    }
}

impl SeaOrmMoment {
    async fn lines(&self, shown: Select<Entity>, page: &Page) -> Result<Listing<AuditView>, PortError> {
        let rows = NEWEST_FIRST.page(shown, page).all(&self.0).await.map_err(unavailable)?;
        let actors = self.people(rows.iter().filter_map(|it| it.actor)).await?;
        let views = rows.into_iter().map(|row| {
            let actor = row.actor.map(|id| present(actors.get(&id).cloned(), "account", id)).transpose()?;
            Ok(AuditView { event: rows::audit_event::aggregate(row)?, actor })
        });
        let position = |it: &AuditView| Position { key: SortKey::Time(it.event.at), id: it.event.id.uuid() };
        Ok(Listing::from_surplus(views.collect::<Result<_, PortError>>()?, page.size, position))
    }
}

fn is_about(kind: SubjectKind) -> Condition {
    Condition::all().add(Column::SubjectKind.eq(kind.key()))
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
