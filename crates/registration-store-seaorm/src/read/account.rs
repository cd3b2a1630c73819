//! Closed accounts are found by their id alone, and a device is known by the sessions on it.
use async_trait::async_trait;
use registration_domain::{
    account::{Account, AccountId},
    email::Email,
    id::Id,
    page::{Listing, Page, Position, SortKey},
    port::{Accounts, Devices, PortError, Sessions},
    receipt::Digest,
    session::{SeenSession, SessionId},
    settings::Lifetimes,
    time::Timestamp,
    username::Username,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};
use uuid::Uuid;

use super::SeaOrmMoment;
use crate::{
    entity::{account, session},
    error::unavailable,
    list::{End, Holds, Keyset, is_not},
    rows::{self, present},
};

const NEWEST_FIRST: Keyset<session::Column> = Keyset {
    key: session::Column::StartedAt,
    holds: Holds::Times,
    id: session::Column::Id,
    from: End::Greatest,
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
    async fn another_administrator(&self, than: AccountId) -> Result<Option<Account>, PortError> {
        let administrators = account::Entity::find().filter(Expr::col(account::Column::Administrator));
        let active = administrators.filter(account::Column::State.eq(rows::account::ACTIVE));
        self.one_account(active.filter(account::Column::Id.ne(than.uuid()))).await
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
    /// The same conditions as [`SeenSession::admits`].
    async fn signed_in_accounts(
        &self,
        after: Option<AccountId>,
        now: Timestamp,
        limit: u16,
    ) -> Result<Vec<AccountId>, PortError> {
        let column = session::Column::Account;
        let open = session::Entity::find()
            .select_only()
            .column(column)
            .distinct()
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now.micros()))
            .filter(Condition::all().add_option(after.map(|it| column.gt(it.uuid()))))
            .order_by_asc(column)
            .limit(u64::from(limit));
        let found: Vec<Uuid> = open.into_tuple().all(&self.0).await.map_err(unavailable)?;
        Ok(found.into_iter().map(Id::new).collect())
    }
    async fn live_sessions(
        &self,
        of: &Account,
        lifetimes: &Lifetimes,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<SeenSession>, PortError> {
        if !of.is_active() {
            return Ok(Listing { rows: Vec::new(), next: None });
        }
        let live = session::Entity::find()
            .filter(session::Column::Account.eq(of.id().uuid()))
            .filter(session::Column::AccountGeneration.eq(i64::from(of.parts().generation.0)))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now.micros()))
            .filter(session::Column::LastSeenAt.gt(now.minus(lifetimes.session_idle).micros()));
        let rows = NEWEST_FIRST.page(live, page).all(&self.0).await.map_err(unavailable)?;
        let seen = rows.into_iter().map(rows::session::aggregate).collect::<Result<_, _>>()?;
        let position = |it: &SeenSession| {
            let started_at = SortKey::Time(it.session.parts().started_at);
            Position { key: started_at, id: it.session.id().uuid() }
        };
        Ok(Listing::from_surplus(seen, page.size, position))
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
