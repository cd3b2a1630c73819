//! A message is held by one worker at a time, and only its holder writes what became of it.
use async_trait::async_trait;
use registration_domain::{
    message::MessageId,
    port::{Claimed, Lease, LeaseId, Outbox, PortError, Settlement},
    time::Timestamp,
};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockBehavior, LockType},
};
use uuid::Uuid;

use crate::{
    delivery,
    entity::message::{Column, Entity, Model},
    error::{Failure, failed},
    list::is,
    rows::{
        message::{DEAD, LEASED, QUEUED, SENT, SUPERSEDED, claimed},
        storable,
    },
    store::SeaOrmStore,
    write::Write,
};

#[async_trait]
impl Outbox for SeaOrmStore {
    async fn claim(&self, lease: Lease, limit: u16) -> Result<Vec<Claimed>, PortError> {
        self.writer.write(Claim { lease, limit }).await.map_err(failed)
    }
    async fn settle(
        &self,
        message: MessageId,
        lease: LeaseId,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<bool, PortError> {
        self.writer.write(Settle { message, lease, settlement, now }).await.map_err(failed)
    }
}

struct Claim {
    lease: Lease,
    limit: u16,
}

#[async_trait]
impl Write for Claim {
    type Answer = Vec<Claimed>;
    async fn apply(&self, to: &DatabaseTransaction) -> Result<Self::Answer, Failure> {
        // What another worker is just claiming is passed over; where there is one writer, nobody is.
        let due = Entity::find()
            .filter(Column::ClaimableAt.lte(self.lease.at.micros()))
            .order_by_asc(Column::At)
            .order_by_asc(Column::Id)
            .limit(u64::from(self.limit))
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
            .all(to)
            .await?;
        let mut held = Vec::with_capacity(due.len());
        let mut legible = Vec::with_capacity(due.len());
        for row in due {
            let (id, attempts) = (row.id, row.attempts.saturating_add(1));
            match claimed(Model { attempts, ..row }) {
                Ok(it) => {
                    held.push(it);
                    legible.push(id);
                }
                Err(error) => bury(to, id, &error, self.lease.at).await?,
            }
        }
        if !legible.is_empty() {
            self.hold(to, legible).await?;
        }
        Ok(held)
    }
}

impl Claim {
    async fn hold(&self, to: &DatabaseTransaction, messages: Vec<Uuid>) -> Result<(), Failure> {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(LEASED))
            .col_expr(Column::ClaimableAt, Expr::value(self.lease.until.micros()))
            .col_expr(Column::Lease, Expr::value(self.lease.id.uuid()))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Id.is_in(messages))
            .exec(to)
            .await?;
        Ok(())
    }
}

/// A message that cannot be read is given up where everybody sees it, and stands in nobody's way.
async fn bury(
    to: &DatabaseTransaction,
    message: Uuid,
    why: &PortError,
    at: Timestamp,
) -> Result<(), Failure> {
    tracing::error!(%message, error = %why, "a message cannot be read and is given up");
    Entity::update_many()
        .col_expr(Column::State, Expr::value(DEAD))
        .col_expr(Column::StateAt, Expr::value(at.micros()))
        .col_expr(Column::ClaimableAt, Expr::value(None::<i64>))
        .col_expr(Column::Lease, Expr::value(None::<Uuid>))
        .col_expr(Column::Reply, Expr::value(why.to_string()))
        .filter(Column::Id.eq(message))
        .exec(to)
        .await?;
    delivery::give_up(to, message).await
}

struct Settle {
    message: MessageId,
    lease: LeaseId,
    settlement: Settlement,
    now: Timestamp,
}

#[async_trait]
impl Write for Settle {
    type Answer = bool;
    async fn apply(&self, to: &DatabaseTransaction) -> Result<bool, Failure> {
        let (state, claimable_at, reply) = match &self.settlement {
            Settlement::Sent { reply } => (SENT, None, Some(reply)),
            Settlement::Retry { after, reply } => (QUEUED, Some(after.micros()), Some(reply)),
            Settlement::Dead { reply } => (DEAD, None, Some(reply)),
            Settlement::Superseded => (SUPERSEDED, None, None),
        };
        let mut update = Entity::update_many()
            .col_expr(Column::State, Expr::value(state))
            .col_expr(Column::StateAt, Expr::value(self.now.micros()))
            .col_expr(Column::ClaimableAt, Expr::value(claimable_at))
            .col_expr(Column::Lease, Expr::value(None::<Uuid>));
        if let Some(reply) = reply {
            update = update.col_expr(Column::Reply, Expr::value(storable(reply.clone())));
        }
        let held = update
            .filter(Column::Id.eq(self.message.uuid()))
            .filter(Column::Lease.eq(self.lease.uuid()))
            .filter(is(Column::State, LEASED));
        let settled = held.exec(to).await?.rows_affected == 1;
        if settled && state == DEAD {
            delivery::give_up(to, self.message.uuid()).await?;
        }
        Ok(settled)
    }
}
