//! What is true of the whole platform, for all processes that share its database.
use async_trait::async_trait;
use registration_domain::port::PortError;
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, sea_query::OnConflict};

use crate::{
    entity::platform_fact::{Column, Entity, Model},
    error::{Failure, StoreError, failed},
    rows::corrupt,
    store::SeaOrmStore,
    write::Write,
};

const KEYRING: &str = "keyring_fingerprint";
const DEV_CLOCK: &str = "dev_clock_offset";

impl SeaOrmStore {
    /// The fingerprint of the keyring that this database was first used with.
    ///
    /// # Errors
    /// What the database said.
    pub async fn keyring_fingerprint(&self) -> Result<Option<String>, StoreError> {
        let row = Entity::find_by_id(KEYRING.to_owned()).one(&self.connections.read).await?;
        Ok(row.map(|it| it.value))
    }

    /// Remembers the fingerprint of the keyring, unless one is known. Answers the one that holds from now on:
    /// whoever gets another one than theirs has the wrong keyring.
    ///
    /// # Errors
    /// What the database said.
    pub async fn set_keyring_fingerprint(&self, fingerprint: &str) -> Result<String, StoreError> {
        let first = RememberFirst { key: KEYRING, value: fingerprint.to_owned() };
        Ok(self.writer.write(first).await.map_err(failed)?)
    }

    /// By how many seconds the clock of a development server was put forward.
    ///
    /// # Errors
    /// What the database said.
    pub async fn dev_clock_offset(&self) -> Result<u64, StoreError> {
        let row = Entity::find_by_id(DEV_CLOCK.to_owned()).one(&self.connections.read).await?;
        Ok(seconds(row)?)
    }

    /// Puts it forward by so many more, for every process on this database. Answers the whole offset.
    ///
    /// # Errors
    /// What the database said.
    pub async fn advance_dev_clock(&self, seconds: u64) -> Result<u64, StoreError> {
        Ok(self.writer.write(AdvanceClock(seconds)).await.map_err(failed)?)
    }
}

struct RememberFirst {
    key: &'static str,
    value: String,
}

#[async_trait]
impl Write for RememberFirst {
    type Answer = String;
    async fn apply(&self, to: &DatabaseTransaction) -> Result<String, Failure> {
        let row = Model { key: self.key.to_owned(), value: self.value.clone() };
        let kept = OnConflict::column(Column::Key).do_nothing_on([Column::Key]).to_owned();
        Entity::insert(row.into_active_model()).on_conflict(kept).exec_without_returning(to).await?;
        let first = Entity::find_by_id(self.key.to_owned()).one(to).await?;
        Ok(first.map_or_else(|| self.value.clone(), |it| it.value))
    }
}

struct AdvanceClock(u64);

#[async_trait]
impl Write for AdvanceClock {
    type Answer = u64;
    async fn apply(&self, to: &DatabaseTransaction) -> Result<u64, Failure> {
        // First the row, so that it can be locked: two who advance it add up.
        RememberFirst { key: DEV_CLOCK, value: "0".to_owned() }.apply(to).await?;
        let row = Entity::find_by_id(DEV_CLOCK.to_owned());
        let row = sea_orm::QuerySelect::lock_exclusive(row).one(to).await?;
        let offset = seconds(row)?.saturating_add(self.0);
        let row = Model { key: DEV_CLOCK.to_owned(), value: offset.to_string() };
        row.into_active_model().reset_all().update(to).await?;
        Ok(offset)
    }
}

fn seconds(row: Option<Model>) -> Result<u64, PortError> {
    let number = |it: Model| it.value.parse().map_err(|_| corrupt("platform_fact", &DEV_CLOCK)("value"));
    row.map_or(Ok(0), number)
}
