//! Employee codes are found by their digests, and listed with who made them.
use std::collections::HashMap;

use async_trait::async_trait;
use registration_domain::{
    employee_code::{CountedCode, EmployeeCode, EmployeeCodeId},
    organization::OrganizationId,
    page::{Listing, Page, Position, SortKey},
    port::{EmployeeCodes, PortError},
    receipt::Digest,
    time::Timestamp,
    view::{CodeFilter, EmployeeCodeView, ListedCodeState},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, Select, sea_query::Expr,
};
use uuid::Uuid;

use crate::{
    entity::{
        account,
        employee_code::{self, Column, Entity},
    },
    error::unavailable,
    list::{End, Holds, Keyset, is},
    read::{SeaOrmMoment, padded},
    rows::{
        self,
        employee_code::{ACTIVE, REVOKED},
        present,
    },
};

const NEWEST_FIRST: Keyset<Column> =
    Keyset { key: Column::CreatedAt, holds: Holds::Times, id: Column::Id, from: End::Greatest };

/// A row of the list, with the maker that it joins.
type Joined = (employee_code::Model, Option<account::Model>);

#[async_trait]
impl EmployeeCodes for SeaOrmMoment {
    async fn employee_code(&self, id: EmployeeCodeId) -> Result<Option<CountedCode>, PortError> {
        self.one_code(Entity::find_by_id(id.uuid())).await
    }
    async fn employee_code_of(&self, Digest(digest): Digest) -> Result<Option<CountedCode>, PortError> {
        self.one_code(Entity::find().filter(Column::Digest.eq(digest.to_vec()))).await
    }
    async fn employee_codes_of_batch(
        &self,
        batch: EmployeeCodeId,
    ) -> Result<Vec<EmployeeCodeView>, PortError> {
        let query = Entity::find().filter(Column::Batch.eq(batch.uuid())).order_by_asc(Column::Id);
        let rows = query.find_also_related(account::Entity).all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(view).collect()
    }
    async fn employee_code_view(&self, id: EmployeeCodeId) -> Result<Option<EmployeeCodeView>, PortError> {
        let query = Entity::find_by_id(id.uuid()).find_also_related(account::Entity);
        query.one(&self.0).await.map_err(unavailable)?.map(view).transpose()
    }
    async fn employee_codes(
        &self,
        of: OrganizationId,
        filter: &CodeFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<EmployeeCodeView>, PortError> {
        let CodeFilter { state } = filter;
        let shown = Entity::find()
            .filter(Column::Organization.eq(of.uuid()))
            .filter(Condition::all().add_option(state.map(|it| listed(it, now))));
        let rows = NEWEST_FIRST.page(shown, page).find_also_related(account::Entity);
        let rows = rows.all(&self.0).await.map_err(unavailable)?;
        let position = |it: &EmployeeCodeView| {
            let parts = it.code.code.parts();
            Position { key: SortKey::Time(parts.created_at), id: parts.id.uuid() }
        };
        let views = rows.into_iter().map(view).collect::<Result<_, PortError>>()?;
        Ok(Listing::from_surplus(views, page.size, position))
    }
}

impl SeaOrmMoment {
    async fn one_code(&self, query: Select<Entity>) -> Result<Option<CountedCode>, PortError> {
        query.one(&self.0).await.map_err(unavailable)?.map(rows::employee_code::aggregate).transpose()
    }
    pub(super) async fn codes(
        &self,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<HashMap<Uuid, EmployeeCode>, PortError> {
        let ids = padded(ids);
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = Entity::find().filter(Column::Id.is_in(ids)).all(&self.0).await.map_err(unavailable)?;
        rows.into_iter().map(|row| Ok((row.id, rows::employee_code::aggregate(row)?.code))).collect()
    }
}

fn view((row, maker): Joined) -> Result<EmployeeCodeView, PortError> {
    let maker = rows::account::person(present(maker, "account", row.maker)?)?;
    Ok(EmployeeCodeView { maker, code: rows::employee_code::aggregate(row)? })
}

/// What somebody decided comes before time, and time before the count.
fn listed(state: ListedCodeState, now: Timestamp) -> Condition {
    let active = || Condition::all().add(is(Column::State, ACTIVE));
    let in_time =
        || Condition::any().add(Column::ExpiresAt.is_null()).add(Column::ExpiresAt.gt(now.micros()));
    let (used, uses) =
        (|| Expr::col(Column::Used.as_column_ref()), || Expr::col(Column::Uses.as_column_ref()));
    match state {
        ListedCodeState::Active => {
            let has_room = Condition::any().add(Column::Uses.is_null()).add(used().lt(uses()));
            active().add(in_time()).add(has_room)
        }
        ListedCodeState::UsedUp => active().add(in_time()).add(used().gte(uses())),
        ListedCodeState::Expired => active().add(Column::ExpiresAt.lte(now.micros())),
        ListedCodeState::Revoked => Condition::all().add(is(Column::State, REVOKED)),
    }
}
