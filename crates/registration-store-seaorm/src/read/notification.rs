//! What somebody was told is read newest first, each with where it happened.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    count::Count,
    page::{Listing, Page, Position, SortKey},
    port::{Notifications, PortError},
    view::NotificationView,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{SeaOrmMoment, count::count_each};
use crate::{
    entity::{
        notification::{Column, Entity},
        organization,
    },
    error::unavailable,
    list::{End, Holds, Keyset},
    rows,
};

const NEWEST_FIRST: Keyset<Column> =
    Keyset { key: Column::At, holds: Holds::Times, id: Column::Id, from: End::Greatest };

#[async_trait]
impl Notifications for SeaOrmMoment {
    async fn notifications(
        &self,
        of: AccountId,
        page: &Page,
    ) -> Result<Listing<NotificationView>, PortError> {
        let shown = Entity::find().filter(Column::Account.eq(of.uuid()));
        let rows = NEWEST_FIRST.page(shown, page).find_also_related(organization::Entity);
        let rows = rows.all(&self.0).await.map_err(unavailable)?;
        let views = rows.into_iter().map(|(row, named)| rows::notification::view(row, named));
        let position = |it: &NotificationView| Position {
            key: SortKey::Time(it.notification.at),
            id: it.notification.id.uuid(),
        };
        Ok(Listing::from_surplus(views.collect::<Result<_, PortError>>()?, page.size, position))
    }
    async fn count_unread(&self, of: AccountId) -> Result<Count, PortError> {
        let unread = Entity::find().filter(Column::Account.eq(of.uuid())).filter(Column::ReadAt.is_null());
        let [unread] = count_each(&self.0, [unread]).await?;
        Ok(Count::of(unread))
    }
}
