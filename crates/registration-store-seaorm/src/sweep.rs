//! Only what is long over goes, and a bounded part of it at a time.
use std::time::Duration;

use async_trait::async_trait;
use registration_domain::{
    port::{PortError, Sweeper},
    receipt::KEPT,
    sign_in_log::SIGN_INS_KEPT,
    time::{DAY, Timestamp},
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, Iterable, PrimaryKeyToColumn, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};

use crate::{
    entity::{
        act, counted, email_change, notification, password_reset, receipt, session, setup_link, sign_in,
        sign_up,
    },
    error::{Failure, failed},
    store::SeaOrmStore,
    write::Write,
};

/// How many rows go at once.
const BATCH: u64 = 1_000;
/// How long over is long: whoever asks late whether something was written still learns it.
const LONG: Duration = DAY;
/// An ended session is kept longer, for by it a device is known again.
const LONG_FOR_SESSIONS: Duration = Duration::from_hours(90 * 24);
/// What somebody was told may be read for a year.
const LONG_FOR_NOTIFICATIONS: Duration = Duration::from_hours(365 * 24);
/// A link that came to nothing says so for a month to whoever still finds its mail.
const LONG_FOR_RESETS: Duration = Duration::from_hours(30 * 24);

#[async_trait]
impl Sweeper for SeaOrmStore {
    async fn sweep(&self, now: Timestamp) -> Result<u64, PortError> {
        self.writer.write(Sweep { now }).await.map_err(failed)
    }
}

struct Sweep {
    now: Timestamp,
}

#[async_trait]
impl Write for Sweep {
    type Answer = u64;
    async fn apply(&self, to: &DatabaseTransaction) -> Result<u64, Failure> {
        let (over, sessions_over) = (self.now.minus(LONG), self.now.minus(LONG_FOR_SESSIONS));
        let mut room = BATCH;
        room -= drop_some::<receipt::Entity>(to, receipt::Column::At, over.minus(KEPT), room).await?;
        room -= drop_some::<counted::Entity>(to, counted::Column::OverAt, over, room).await?;
        room -= drop_some::<act::Entity>(to, act::Column::At, over, room).await?;
        room -= drop_some::<setup_link::Entity>(to, setup_link::Column::ExpiresAt, over, room).await?;
        room -= drop_some::<session::Entity>(to, session::Column::ExpiresAt, sessions_over, room).await?;
        let told_before = self.now.minus(LONG_FOR_NOTIFICATIONS);
        room -= drop_some::<notification::Entity>(to, notification::Column::At, told_before, room).await?;
        let kept = self.now.minus(SIGN_INS_KEPT);
        room -= drop_some::<sign_in::Entity>(to, sign_in::Column::At, kept, room).await?;
        let resets_over = self.now.minus(LONG_FOR_RESETS);
        let expiry = password_reset::Column::ExpiresAt;
        room -= drop_some::<password_reset::Entity>(to, expiry, resets_over, room).await?;
        room -= drop_some::<sign_up::Entity>(to, sign_up::Column::ExpiresAt, over, room).await?;
        room -= drop_some::<email_change::Entity>(to, email_change::Column::ExpiresAt, over, room).await?;
        Ok(BATCH - room)
    }
}

/// The oldest ones whose time is not after `over`, at most so many. Answers how many went.
async fn drop_some<E: EntityTrait>(
    to: &DatabaseTransaction,
    time: E::Column,
    over: Timestamp,
    most: u64,
) -> Result<u64, Failure> {
    let key = || E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column);
    let oldest = E::find()
        .select_only()
        .columns(key())
        .filter(time.lte(over.micros()))
        .order_by_asc(time)
        .limit(most)
        .into_query();
    let key = Expr::tuple(key().map(Expr::col));
    let gone = E::delete_many().filter(key.in_subquery(oldest)).exec(to).await?;
    Ok(gone.rows_affected)
}
