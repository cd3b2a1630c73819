//! Outboxes that send twice, too soon, or on the word of whoever holds nothing.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use registration_domain::{
    message::MessageId,
    platform::Ports,
    port::{Claimed, Lease, LeaseId, Outbox, PortError, Settlement},
    time::Timestamp,
};

/// What it is too hasty for.
#[derive(PartialEq, Eq)]
enum For {
    Leases,
    Holders,
    Waiting,
    Counting,
}

/// Remembers what was claimed, and makes wrong use of it.
pub(super) struct Hasty {
    outbox: Arc<dyn Outbox>,
    held: Mutex<HashMap<MessageId, (LeaseId, Claimed)>>,
    too_hasty: For,
}

impl Hasty {
    fn new(sound: &Ports, too_hasty: For) -> Self {
        Self { outbox: Arc::clone(&sound.outbox), held: Mutex::default(), too_hasty }
    }
    pub(super) fn forgetting_leases(sound: &Ports) -> Self {
        Self::new(sound, For::Leases)
    }
    pub(super) fn settling_for_anyone(sound: &Ports) -> Self {
        Self::new(sound, For::Holders)
    }
    pub(super) fn trying_at_once(sound: &Ports) -> Self {
        Self::new(sound, For::Waiting)
    }
    pub(super) fn counting_nothing(sound: &Ports) -> Self {
        Self::new(sound, For::Counting)
    }
    fn held(&self) -> MutexGuard<'_, HashMap<MessageId, (LeaseId, Claimed)>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Outbox for Hasty {
    async fn claim(&self, lease: Lease, limit: u16) -> Result<Vec<Claimed>, PortError> {
        let mut claimed = self.outbox.claim(lease, limit).await?;
        let mut held = self.held();
        if self.too_hasty == For::Leases {
            claimed.extend(held.values().map(|(_, it)| it.clone()));
        }
        if self.too_hasty == For::Counting {
            for it in &mut claimed {
                it.attempt = 1;
            }
        }
        held.extend(claimed.iter().map(|it| (it.message.id, (lease.id, it.clone()))));
        Ok(claimed)
    }

    async fn settle(
        &self,
        message: MessageId,
        lease: LeaseId,
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<bool, PortError> {
        let holder = self.held().remove(&message).map_or(lease, |(holder, _)| holder);
        let lease = if self.too_hasty == For::Holders { holder } else { lease };
        let settlement = match settlement {
            Settlement::Retry { reply, .. } if self.too_hasty == For::Waiting => {
                Settlement::Retry { after: now, reply }
            }
            Settlement::Retry { .. }
            | Settlement::Sent { .. }
            | Settlement::Dead { .. }
            | Settlement::Superseded => settlement,
        };
        self.outbox.settle(message, lease, settlement, now).await
    }
}
