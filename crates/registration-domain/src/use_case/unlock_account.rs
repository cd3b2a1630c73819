//! An operator helps somebody who cannot get in, or whose sessions are in wrong hands.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    email::Email,
    platform::{Platform, VerbError},
    receipt::Outcome,
    refusal::{Refusal, RefusalKind},
    session::Origin,
    time::Timestamp,
    use_case::guess::Whose,
};

/// Nobody has an account at this address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no account at this address")]
pub struct NoSuchAccount;

impl Platform {
    /// Counts the failed sign-ins of an account from nothing again, so that its owner may try at once.
    ///
    /// # Errors
    /// [`NoSuchAccount`], or what every verb may meet.
    pub async fn unlock_account(
        &self,
        email: &Email,
        from: &Origin,
    ) -> Result<Account, VerbError<NoSuchAccount>> {
        self.help(email, |account, event, now| {
            let forgiven = self.guesses(Whose::Account(account.id())).forgiven();
            let event = noted(account, event, Action::AccountUnlocked, from, now);
            ChangeSet::new().with_all(forgiven).with(Change::Record(event))
        })
        .await
    }

    /// Ends all sessions of an account, and with them whatever else rests on its generation.
    ///
    /// # Errors
    /// [`NoSuchAccount`], or what every verb may meet.
    pub async fn end_all_sessions(
        &self,
        email: &Email,
        from: &Origin,
    ) -> Result<Account, VerbError<NoSuchAccount>> {
        self.help(email, |account, event, now| {
            let event = noted(account, event, Action::SessionsEnded, from, now);
            ChangeSet::new()
                .with(Change::UpdateAccount(account.clone().in_a_new_generation()))
                .with(Change::Record(event))
        })
        .await
    }

    async fn help(
        &self,
        email: &Email,
        how: impl Fn(&Account, AuditEventId, Timestamp) -> ChangeSet,
    ) -> Result<Account, VerbError<NoSuchAccount>> {
        let (event, how) = (self.ports.ids.fresh(), &how);
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let account = moment.account_at(email).await?.ok_or(VerbError::Refused(NoSuchAccount))?;
            Ok(how(&account, event, now))
        });
        settled.await?;
        let found = self.ports.reads.moment().await?.account_at(email).await?;
        found.ok_or(VerbError::Refused(NoSuchAccount))
    }
}

/// By nobody of the platform: whoever runs commands on the server.
fn noted(account: &Account, id: AuditEventId, action: Action, from: &Origin, now: Timestamp) -> AuditEvent {
    AuditEvent::unnamed(from, id, action, account.id(), &account.parts().email, now)
}

impl Refusal for NoSuchAccount {
    fn told(&self) -> (RefusalKind, &'static str) {
        (RefusalKind::NotFound, "not_found")
    }
}
