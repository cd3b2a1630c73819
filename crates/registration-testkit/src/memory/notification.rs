//! What was read stays read, since the first time.
use registration_domain::{
    notification::{Notification, Reading, Which},
    time::Timestamp,
};

use super::Tables;

/// A notification, and when it was read.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) notification: Notification,
    pub(super) read_at: Option<Timestamp>,
}

impl Tables {
    pub(super) fn mark_read(&mut self, Reading { account, which, at }: Reading) {
        let is_meant = |it: &Notification| match which {
            Which::All => it.at <= at,
            Which::One(id) => it.id == id,
        };
        let unread = |it: &&Told| it.notification.account == account && it.read_at.is_none();
        let meant = self.notifications.rows().filter(unread).filter(|it| is_meant(&it.notification));
        for told in meant.cloned().collect::<Vec<_>>() {
            self.notifications.put(told.notification.id, Told { read_at: Some(at), ..told });
        }
    }
}
