//! An operator signs everybody out, one account a commit, when tokens may be in wrong hands.
use crate::{
    account::{Account, AccountId},
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    page::{Page, PageSize},
    platform::Platform,
    port::{Moment, PortError},
    session::Origin,
    settings::Settings,
    time::Timestamp,
};

/// How many accounts are read at once.
const BATCH: u16 = 100;

impl Platform {
    /// Ends all sessions of all accounts, and with them whatever else rests on their generation. Answers how many
    /// accounts had any. Whoever signs in meanwhile may stay; it can be done again at any time.
    ///
    /// # Errors
    /// [`PortError`] where the store failed; those who were signed out until then stay so.
    pub async fn end_everybodys_sessions(&self, from: &Origin) -> Result<u64, PortError> {
        let (mut after, mut ended) = (None, 0);
        loop {
            let now = self.ports.clock.now();
            let batch = self.ports.reads.moment().await?.signed_in_accounts(after, now, BATCH).await?;
            let Some(last) = batch.last() else { return Ok(ended) };
            after = Some(*last);
            for id in batch {
                ended += u64::from(self.sign_out_everywhere(id, from).await?);
            }
        }
    }

    async fn sign_out_everywhere(&self, id: AccountId, from: &Origin) -> Result<bool, PortError> {
        loop {
            let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
            let Some(account) = signed_in(&*moment, id, &self.settings, now).await? else {
                return Ok(false);
            };
            drop(moment);
            let changes = ended(account, from, self.ports.ids.fresh(), now);
            if self.commit_if_first(changes, now).await? {
                return Ok(true);
            }
        }
    }
}

/// The account, where a session admits it.
async fn signed_in(
    moment: &dyn Moment,
    id: AccountId,
    settings: &Settings,
    now: Timestamp,
) -> Result<Option<Account>, PortError> {
    let Some(account) = moment.account(id).await? else { return Ok(None) };
    let one = Page::first(PageSize::new(1).unwrap_or(PageSize::DEFAULT));
    let live = moment.live_sessions(&account, &settings.lifetimes, now, &one).await?;
    Ok((!live.rows.is_empty()).then_some(account))
}

fn ended(account: Account, from: &Origin, id: AuditEventId, now: Timestamp) -> ChangeSet {
    let (of, label) = (account.id(), account.parts().email.clone());
    let event = AuditEvent::unnamed(from, id, Action::SessionsEnded, of, &label, now);
    ChangeSet::new().with(Change::UpdateAccount(account.in_a_new_generation())).with(Change::Record(event))
}
