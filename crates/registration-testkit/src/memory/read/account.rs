//! Closed accounts are found by their id alone, and a device is known by the sessions on it.
use std::collections::BTreeSet;

use async_trait::async_trait;
use registration_domain::{
    account::{Account, AccountId, AccountState},
    email::Email,
    page::{Listing, Page, SortKey},
    port::{Accounts, Devices, PortError, Sessions},
    receipt::Digest,
    session::{SeenSession, SessionId},
    settings::Lifetimes,
    time::Timestamp,
    username::Username,
};

use super::{
    super::list::{self, From},
    Tables,
};

impl Tables {
    fn open_accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.rows().filter(|it| !matches!(it.parts().state, AccountState::Closed { .. }))
    }
}

#[async_trait]
impl Accounts for Tables {
    async fn account(&self, id: AccountId) -> Result<Option<Account>, PortError> {
        Ok(self.accounts.find(&id).cloned())
    }
    async fn account_at(&self, email: &Email) -> Result<Option<Account>, PortError> {
        Ok(self.open_accounts().find(|it| it.parts().email.is_same_mailbox(email)).cloned())
    }
    async fn account_named(&self, username: &Username) -> Result<Option<Account>, PortError> {
        Ok(self.open_accounts().find(|it| it.parts().username == *username).cloned())
    }
    async fn another_administrator(&self, than: AccountId) -> Result<Option<Account>, PortError> {
        let other = |it: &&Account| it.parts().administrator && it.is_active() && it.id() != than;
        Ok(self.accounts.rows().find(other).cloned())
    }
}

#[async_trait]
impl Sessions for Tables {
    async fn session(&self, id: SessionId) -> Result<Option<(SeenSession, Account)>, PortError> {
        let Some(seen) = self.sessions.find(&id).cloned() else { return Ok(None) };
        let account = self.account_of(&id, seen.session.parts().account)?;
        Ok(Some((seen, account)))
    }
    async fn devices(&self, of: AccountId, fingerprint: Digest) -> Result<Devices, PortError> {
        let sessions = self.sessions.rows().map(|it| it.session.parts()).filter(|it| it.account == of);
        let known = sessions.map(|it| it.device.fingerprint == fingerprint).collect::<Vec<_>>();
        Ok(match known.as_slice() {
            [] => Devices::None,
            known if known.contains(&true) => Devices::This,
            _ => Devices::Others,
        })
    }
    async fn signed_in_accounts(
        &self,
        after: Option<AccountId>,
        now: Timestamp,
        limit: u16,
    ) -> Result<Vec<AccountId>, PortError> {
        let open = self.sessions.rows().map(|it| it.session.parts());
        let open = open.filter(|it| it.ended_at.is_none() && it.expires_at > now);
        let accounts: BTreeSet<_> = open.map(|it| it.account).filter(|it| Some(*it) > after).collect();
        Ok(accounts.into_iter().take(limit.into()).collect())
    }
    async fn live_sessions(
        &self,
        of: &Account,
        lifetimes: &Lifetimes,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<SeenSession>, PortError> {
        let live = self.sessions.rows().filter(|it| it.admits(of, now, lifetimes));
        let keyed = live.map(|it| {
            let (started_at, id) = (it.session.parts().started_at, it.session.id().uuid());
            (SortKey::Time(started_at), id, it.clone())
        });
        Ok(list::page(keyed, From::Greatest, page))
    }
}
