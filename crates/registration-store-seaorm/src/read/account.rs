//! Closed accounts are found by their id alone, and a device is known by the sessions on it.
use async_trait::async_trait;
use registration_domain::{
    account::{Account, AccountId},
    email::Email,
    port::{Accounts, Devices, PortError, Sessions},
    receipt::Digest,
    session::{SeenSession, SessionId},
    username::Username,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Select};
use uuid::Uuid;

use super::SeaOrmMoment;
use crate::{
    entity::{account, session},
    error::unavailable,
    list::is_not,
    rows::{self, present},
};

#[async_trait]
impl Accounts for SeaOrmMoment {
    async fn account(&self, id: AccountId) -> Result<Option<Account>, PortError> {
        self.one_account(account::Entity::find_by_id(id.uuid())).await
    }
    async fn account_at(&self, email: &Email) -> Result<Option<Account>, PortError> {
        self.one_account(open().filter(account::Column::EmailKey.eq(email.canonical()))).await
    }
    async fn account_named(&self, username: &Username) -> Result<Option<Account>, PortError> {
        self.one_account(open().filter(account::Column::Username.eq(username.as_str()))).await
    }
}

#[async_trait]
impl Sessions for SeaOrmMoment {
    async fn session(&self, id: SessionId) -> Result<Option<(SeenSession, Account)>, PortError> {
        seen_session(&self.0, id).await
    }
    async fn devices(&self, of: AccountId, Digest(fingerprint): Digest) -> Result<Devices, PortError> {
        let any = session::Entity::find().filter(session::Column::Account.eq(of.uuid()));
        let this = any.clone().filter(session::Column::DeviceFingerprint.eq(fingerprint.to_vec()));
        Ok(if self.is_any(this).await? {
            Devices::This
        } else if self.is_any(any).await? {
            Devices::Others
        } else {
            Devices::None
        })
    }
}

impl SeaOrmMoment {
    async fn one_account(&self, query: Select<account::Entity>) -> Result<Option<Account>, PortError> {
        query.one(&self.0).await.map_err(unavailable)?.map(rows::account::aggregate).transpose()
    }
    async fn is_any(&self, query: Select<session::Entity>) -> Result<bool, PortError> {
        let first = query.select_only().column(session::Column::Id).limit(1).into_tuple::<Uuid>();
        Ok(first.one(&self.0).await.map_err(unavailable)?.is_some())
    }
}

/// One statement, which is a moment by itself.
pub(crate) async fn seen_session(
    on: &impl ConnectionTrait,
    id: SessionId,
) -> Result<Option<(SeenSession, Account)>, PortError> {
    let query = session::Entity::find_by_id(id.uuid()).find_also_related(account::Entity);
    let Some((row, account)) = query.one(on).await.map_err(unavailable)? else { return Ok(None) };
    let account = present(account, "account", row.account)?;
    Ok(Some((rows::session::aggregate(row)?, rows::account::aggregate(account)?)))
}

fn open() -> Select<account::Entity> {
    account::Entity::find().filter(is_not(account::Column::State, "closed"))
}
