//! Only what is long over goes, and a bounded part of it at a time.
use std::time::Duration;

use async_trait::async_trait;
use registration_domain::{
    port::{PortError, Sweeper},
    sign_in_log::SIGN_INS_KEPT,
    time::{DAY, Timestamp},
};

use super::{MemoryStore, Tables};

/// How many rows go at once.
const BATCH: usize = 1_000;
/// How long over is long: whoever asks late whether something was written still learns it.
const LONG: Duration = DAY;
/// An ended session is kept longer, for by it a device is known again.
const LONG_FOR_SESSIONS: Duration = Duration::from_hours(90 * 24);
/// What somebody was told may be read for a year.
const LONG_FOR_NOTIFICATIONS: Duration = Duration::from_hours(365 * 24);
/// A link that came to nothing says so for a month to whoever still finds its mail.
const LONG_FOR_RESETS: Duration = Duration::from_hours(30 * 24);

#[async_trait]
impl Sweeper for MemoryStore {
    async fn sweep(&self, now: Timestamp) -> Result<u64, PortError> {
        Ok(self.tables().sweep(now))
    }
}

impl Tables {
    fn sweep(&mut self, now: Timestamp) -> u64 {
        let (over, sessions_over) = (now.minus(LONG), now.minus(LONG_FOR_SESSIONS));
        let mut room = BATCH;
        room -= self.receipts.drop_some(room, |it| it.has_expired(over));
        room -= self.counts.drop_some(room, |it| it.over_at <= over);
        room -= self.acts.drop_some(room, |it| *it <= over);
        room -= self.setup_links.drop_some(room, |it| it.has_expired(over));
        room -= self.sessions.drop_some(room, |it| it.session.parts().expires_at <= sessions_over);
        let told_before = now.minus(LONG_FOR_NOTIFICATIONS);
        room -= self.notifications.drop_some(room, |it| it.notification.at <= told_before);
        room -= self.sign_ins.drop_some(room, |it| it.at <= now.minus(SIGN_INS_KEPT));
        let resets_over = now.minus(LONG_FOR_RESETS);
        room -= self.password_resets.drop_some(room, |it| it.parts().expires_at <= resets_over);
        room -= self.sign_ups.drop_some(room, |it| it.parts().expires_at <= over);
        room -= self.email_changes.drop_some(room, |it| it.parts().expires_at <= over);
        (BATCH - room) as u64
    }
}
