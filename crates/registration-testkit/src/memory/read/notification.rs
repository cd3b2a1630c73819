//! What somebody was told is read newest first.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    count::Count,
    page::{Listing, Page, SortKey},
    port::{Notifications, PortError},
    view::NotificationView,
};

use super::super::{
    Tables,
    list::{self, From},
    notification::Told,
};

#[async_trait]
impl Notifications for Tables {
    async fn notifications(
        &self,
        of: AccountId,
        page: &Page,
    ) -> Result<Listing<NotificationView>, PortError> {
        let views = self.told_to(of).map(|Told { notification, read_at }| {
            let organization =
                notification.organization.map(|id| self.organization_of(&notification.id, id)).transpose()?;
            Ok(NotificationView { notification: notification.clone(), organization, read_at: *read_at })
        });
        let views = views.collect::<Result<Vec<_>, PortError>>()?;
        let keyed =
            views.into_iter().map(|it| (SortKey::Time(it.notification.at), it.notification.id.uuid(), it));
        Ok(list::page(keyed, From::Greatest, page))
    }
    async fn count_unread(&self, of: AccountId) -> Result<Count, PortError> {
        Ok(Count::of(self.told_to(of).filter(|it| it.read_at.is_none()).count() as u64))
    }
}

impl Tables {
    fn told_to(&self, account: AccountId) -> impl Iterator<Item = &Told> {
        self.notifications.rows().filter(move |it| it.notification.account == account)
    }
}
