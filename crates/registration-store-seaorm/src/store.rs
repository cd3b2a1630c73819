//! One store on one database. Opening it changes nothing in it.
use async_trait::async_trait;
use registration_domain::{
    account::Account,
    change::ChangeSet,
    port::{Act, CommitError, Ledger, Moment, PortError, Reads},
    session::{SeenSession, SessionId},
};
use registration_migrations::SchemaState;

use crate::{
    database::{Connections, StoreSettings},
    error::StoreError,
    ledger::Commit,
    read::{SeaOrmMoment, account::seen_session},
    write::Writer,
};

/// The storage ports on SQLite or PostgreSQL.
#[derive(Debug)]
pub struct SeaOrmStore {
    pub(crate) connections: Connections,
    pub(crate) writer: Writer,
}

impl SeaOrmStore {
    /// Opens a database, and makes the file where SQLite has none; the schema is for [`migrate`](Self::migrate).
    ///
    /// # Errors
    /// [`StoreError::UnknownDatabase`] for another kind of address; else what the database said.
    pub async fn open(settings: &StoreSettings) -> Result<Self, StoreError> {
        let connections = Connections::open(settings).await?;
        Ok(Self { writer: Writer::new(&connections), connections })
    }

    /// Brings the schema up to date. Several may do so at the same time.
    ///
    /// # Errors
    /// What the database said; the schema is as it was.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        Ok(registration_migrations::migrate(&self.connections.write).await?)
    }

    /// How the schema stands to this binary.
    ///
    /// # Errors
    /// What the database said.
    pub async fn schema_state(&self) -> Result<SchemaState, StoreError> {
        Ok(registration_migrations::state(&self.connections.read).await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// What it said instead.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.connections.read.ping().await?;
        Ok(self.connections.write.ping().await?)
    }

    /// Waits for what is under way, and gives all connections back.
    ///
    /// # Errors
    /// What the database said.
    pub async fn close(&self) -> Result<(), StoreError> {
        self.connections.read.close_by_ref().await?;
        Ok(self.connections.write.close_by_ref().await?)
    }
}

#[async_trait]
impl Ledger for SeaOrmStore {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        self.writer.write(Commit { act, changes }).await
    }
}

#[async_trait]
impl Reads for SeaOrmStore {
    async fn moment(&self) -> Result<Box<dyn Moment>, PortError> {
        Ok(Box::new(SeaOrmMoment::take(&self.connections.read).await?))
    }
    async fn session(&self, id: SessionId) -> Result<Option<(SeenSession, Account)>, PortError> {
        match seen_session(&self.connections.read, id).await {
            // The connection may have been dead; a moment finds one that lives.
            Err(PortError::Unavailable(_)) => self.moment().await?.session(id).await,
            known => known,
        }
    }
}
