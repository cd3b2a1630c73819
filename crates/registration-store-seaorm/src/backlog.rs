//! How the mail stands, for whoever watches over it: what waits, what was given up, and how late the workers are.
use registration_domain::time::Timestamp;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

use crate::{
    entity::message::{Column, Entity},
    error::StoreError,
    list::is,
    rows::message::DEAD,
    store::SeaOrmStore,
};

/// How the mail stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutboxState {
    /// Messages that are not settled, held ones and those that wait for their next try too.
    pub queued: u64,
    /// Messages that were given up.
    pub dead: u64,
    /// Since when the message is due that is due longest and that nobody holds; nothing where none is.
    pub due_since: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Waiting {
    count: i64,
    due_since: Option<i64>,
}

impl SeaOrmStore {
    /// How the mail stands. Both reads are of an index that holds no message that was sent.
    ///
    /// # Errors
    /// What the database said.
    pub async fn outbox_state(&self, now: Timestamp) -> Result<OutboxState, StoreError> {
        let read = &self.connections.read;
        let waiting = Entity::find()
            .select_only()
            .column_as(Column::Id.count(), "count")
            .column_as(Column::ClaimableAt.min(), "due_since")
            .filter(Column::ClaimableAt.is_not_null())
            .into_model::<Waiting>()
            .one(read)
            .await?;
        let Waiting { count, due_since } = waiting.unwrap_or(Waiting { count: 0, due_since: None });
        let dead = Entity::find().select_only().column_as(Column::Id.count(), "count");
        let dead = dead.filter(is(Column::State, DEAD)).into_tuple::<i64>().one(read).await?;
        Ok(OutboxState {
            queued: count.unsigned_abs(),
            dead: dead.unwrap_or_default().unsigned_abs(),
            due_since: due_since.map(Timestamp::from_micros).filter(|it| *it <= now),
        })
    }
}
