//! What somebody is told on their own pages, and that they read it.
use crate::{
    account::AccountId,
    change::{Change, ChangeSet},
    count::Count,
    notification::{Notification, NotificationId, NotificationKind, Reading, Which},
    organization::OrganizationId,
    page::{Listing, Page},
    platform::{Answer, Platform, VerbError},
    port::PortError,
    receipt::{Once, Outcome},
    session::Caller,
    time::Timestamp,
    use_case::authenticate::NotSignedIn,
    view::NotificationView,
};

impl Platform {
    /// What the caller was told, newest first.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn list_notifications(
        &self,
        by: &Caller,
        page: &Page,
    ) -> Result<Listing<NotificationView>, PortError> {
        self.ports.reads.moment().await?.notifications(by.account, page).await
    }

    /// How much of it they have not read.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn count_unread(&self, by: &Caller) -> Result<Count, PortError> {
        self.ports.reads.moment().await?.count_unread(by.account).await
    }

    /// The caller read one, or all that came so far. To read again is to have read; what is not theirs, or not
    /// there, is passed over.
    ///
    /// # Errors
    /// What every verb may meet.
    pub async fn read_notifications(
        &self,
        by: &Caller,
        which: Which,
        once: Option<&Once>,
    ) -> Result<Answer<()>, VerbError<NotSignedIn>> {
        let account = by.account;
        let settled = self.settle(Outcome::Done, once, move |_, at| async move {
            Ok(ChangeSet::new().with(Change::MarkRead(Reading { account, which, at })))
        });
        Ok(settled.await?.map(|_| ()))
    }
}

/// Told to somebody about what happened in an organization.
pub(crate) fn notify(
    id: NotificationId,
    account: AccountId,
    organization: OrganizationId,
    kind: NotificationKind,
    at: Timestamp,
) -> Change {
    Change::Notify(Notification { id, account, organization: Some(organization), at, kind })
}
