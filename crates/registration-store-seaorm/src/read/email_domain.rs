//! A removed e-mail domain is found by its id and by nothing else.
use std::collections::HashMap;

use async_trait::async_trait;
use registration_domain::{
    domain_name::DomainName,
    email_domain::{EmailDomain, EmailDomainId},
    organization::OrganizationId,
    page::{Listing, Page, Position, SortKey},
    port::{EmailDomains, PortError},
    time::Timestamp,
    view::{EmailDomainView, Person},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::SeaOrmMoment;
use crate::{
    entity::email_domain::{Column, Entity, Model},
    error::unavailable,
    list::{End, Holds, Keyset, is, is_not},
    rows::{
        self,
        email_domain::{REMOVED, VERIFIED},
        moment, present,
    },
};

const OLDEST_FIRST: Keyset<Column> =
    Keyset { key: Column::CreatedAt, holds: Holds::Times, id: Column::Id, from: End::Smallest };

#[async_trait]
impl EmailDomains for SeaOrmMoment {
    async fn email_domain(&self, id: EmailDomainId) -> Result<Option<EmailDomain>, PortError> {
        self.one_email_domain(Entity::find_by_id(id.uuid())).await
    }
    async fn email_domain_of(
        &self,
        organization: OrganizationId,
        name: &DomainName,
    ) -> Result<Option<EmailDomain>, PortError> {
        let query = Entity::find()
            .filter(Column::Organization.eq(organization.uuid()))
            .filter(Column::Name.eq(name.as_str()))
            .filter(is_not(Column::State, REMOVED));
        self.one_email_domain(query).await
    }
    async fn verified_email_domain(&self, name: &DomainName) -> Result<Option<EmailDomain>, PortError> {
        let query = Entity::find().filter(Column::Name.eq(name.as_str())).filter(is(Column::State, VERIFIED));
        self.one_email_domain(query).await
    }
    async fn email_domain_view(&self, id: EmailDomainId) -> Result<Option<EmailDomainView>, PortError> {
        let row = Entity::find_by_id(id.uuid()).one(&self.0).await.map_err(unavailable)?;
        Ok(self.email_domain_views(row.into_iter().collect()).await?.into_iter().next())
    }
    async fn email_domains(
        &self,
        of: OrganizationId,
        page: &Page,
    ) -> Result<Listing<EmailDomainView>, PortError> {
        let shown =
            Entity::find().filter(Column::Organization.eq(of.uuid())).filter(is_not(Column::State, REMOVED));
        let rows = OLDEST_FIRST.page(shown, page).all(&self.0).await.map_err(unavailable)?;
        let views = self.email_domain_views(rows).await?;
        let position = |it: &EmailDomainView| {
            let parts = it.domain.parts();
            Position { key: SortKey::Time(parts.created_at), id: parts.id.uuid() }
        };
        Ok(Listing::from_surplus(views, page.size, position))
    }
    async fn email_domains_to_check(
        &self,
        before: Timestamp,
        limit: u16,
    ) -> Result<Vec<EmailDomain>, PortError> {
        let due = Entity::find()
            .filter(is(Column::State, VERIFIED))
            .filter(Column::CheckedAt.lte(before.micros()))
            .order_by_asc(Column::CheckedAt)
            .order_by_asc(Column::Id)
            .limit(u64::from(limit));
        let rows = due.all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(rows::email_domain::aggregate).collect()
    }
}

impl SeaOrmMoment {
    async fn one_email_domain(&self, query: Select<Entity>) -> Result<Option<EmailDomain>, PortError> {
        query.one(&self.0).await.map_err(unavailable)?.map(rows::email_domain::aggregate).transpose()
    }
    async fn email_domain_views(&self, rows: Vec<Model>) -> Result<Vec<EmailDomainView>, PortError> {
        let people = rows.iter().flat_map(|row| [Some(row.added_by), row.maker]).flatten();
        let people = self.people(people.collect::<Vec<_>>()).await?;
        rows.into_iter().map(|row| email_domain_view(row, &people)).collect()
    }
}

fn email_domain_view(row: Model, people: &HashMap<Uuid, Person>) -> Result<EmailDomainView, PortError> {
    let person = |id| present(people.get(&id).cloned(), "account", id);
    Ok(EmailDomainView {
        added_by: person(row.added_by)?,
        maker: row.maker.map(person).transpose()?,
        checked_at: moment(row.checked_at),
        domain: rows::email_domain::aggregate(row)?,
    })
}
