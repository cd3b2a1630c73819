//! A message is held by one worker at a time, and only its holder writes what became of it.
use async_trait::async_trait;
use registration_domain::{
    message::{Delivery, DeliveryState, Message, MessageId},
    port::{Claimed, Lease, LeaseId, Outbox, PortError, Settlement},
    time::Timestamp,
};

use super::MemoryStore;

/// A message, and how far it came.
#[derive(Debug, Clone)]
pub(super) struct Queued {
    pub(super) message: Message,
    pub(super) delivery: Delivery,
    due: Timestamp,
    attempts: u32,
    lease: Option<Lease>,
}

impl Queued {
    pub(super) fn new(message: Message) -> Self {
        let delivery = Delivery { state: DeliveryState::Queued, reason: None, at: message.at };
        Self { due: message.at, delivery, message, attempts: 0, lease: None }
    }
    fn can_be_claimed(&self, now: Timestamp) -> bool {
        let waits = self.delivery.state == DeliveryState::Queued && self.due <= now;
        waits && self.lease.is_none_or(|it| it.until <= now)
    }
    fn held(self, lease: Lease) -> Self {
        Self { attempts: self.attempts + 1, lease: Some(lease), ..self }
    }
    fn settled(self, settlement: Settlement, now: Timestamp) -> Self {
        let (state, reason, due) = match settlement {
            Settlement::Sent { reply } => (DeliveryState::Sent, Some(reply), self.due),
            Settlement::Retry { after, reply } => (DeliveryState::Queued, Some(reply), after),
            Settlement::Dead { reply } => (DeliveryState::Failed, Some(reply), self.due),
            Settlement::Superseded => (DeliveryState::Superseded, self.delivery.reason, self.due),
        };
        Self { delivery: Delivery { state, reason, at: now }, due, lease: None, ..self }
    }
}

#[async_trait]
impl Outbox for MemoryStore {
    async fn claim(&self, lease: Lease, limit: u16) -> Result<Vec<Claimed>, PortError> {
        let mut tables = self.tables();
        let mut due =
            tables.outbox.rows().filter(|it| it.can_be_claimed(lease.at)).cloned().collect::<Vec<_>>();
        due.sort_by_key(|it| (it.message.at, it.message.id));
        due.truncate(limit.into());
        let held = due.into_iter().map(|it| it.held(lease));
        Ok(held
            .map(|it| {
                let claimed = Claimed { message: it.message.clone(), attempt: it.attempts };
                tables.outbox.put(it.message.id, it);
                claimed
            })
            .collect())
    }

    async fn settle(
        &self,
        message: MessageId,
        lease: LeaseId,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<bool, PortError> {
        let mut tables = self.tables();
        let is_holder = |it: &&Queued| it.lease.is_some_and(|held| held.id == lease);
        let Some(held) = tables.outbox.find(&message).filter(is_holder).cloned() else {
            return Ok(false);
        };
        tables.outbox.put(message, held.settled(settlement, now));
        Ok(true)
    }
}
