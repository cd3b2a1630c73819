//! A write is a value, so that whoever has the database may run it together with others, or a second time.
mod group;
mod race;

use async_trait::async_trait;
use registration_domain::port::CommitError;
use sea_orm::DatabaseTransaction;

use crate::{database::Connections, error::Failure};

/// Everything that one port call writes, in one transaction or not at all.
#[async_trait]
pub(crate) trait Write: Send + Sync + 'static {
    type Answer: Send + 'static;
    /// Whatever fails is rolled back by the caller.
    async fn apply(&self, to: &DatabaseTransaction) -> Result<Self::Answer, Failure>;
}

/// Who writes.
#[derive(Debug)]
pub(crate) enum Writer {
    /// SQLite: one, who commits together what waits.
    Group(group::Queue),
    /// PostgreSQL: each for themselves, until nobody is in the way.
    Race(race::Racer),
}

impl Writer {
    pub(crate) fn new(connections: &Connections) -> Self {
        if connections.has_many_writers() {
            Self::Race(race::Racer(connections.write.clone()))
        } else {
            Self::Group(group::Queue::start(connections.write.clone()))
        }
    }

    pub(crate) async fn write<W: Write>(&self, write: W) -> Result<W::Answer, CommitError> {
        match self {
            Self::Group(queue) => queue.write(write).await,
            Self::Race(racer) => racer.write(&write).await,
        }
    }
}
