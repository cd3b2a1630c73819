//! Who tried to get in, what was counted, and which links set a new password.
use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    limit::{Counted, Tally},
    page::{Listing, Page, SortKey},
    password_reset::{PasswordReset, ResetRequest, ResetRequestId},
    port::{Counts, PasswordResets, PortError, SignIns},
    sign_in_log::SignInAttempt,
    time::Timestamp,
    view::SignInFilter,
};

use super::{
    super::list::{self, From},
    Tables,
};

#[async_trait]
impl SignIns for Tables {
    async fn sign_ins(
        &self,
        of: AccountId,
        filter: &SignInFilter,
        page: &Page,
    ) -> Result<Listing<SignInAttempt>, PortError> {
        let shown = self.sign_ins.rows().filter(|it| it.account == Some(of) && passes(it, filter));
        let keyed = shown.map(|it| (SortKey::Time(it.at), it.id.uuid(), it.clone()));
        Ok(list::page(keyed, From::Greatest, page))
    }
}

fn passes(attempt: &SignInAttempt, filter: &SignInFilter) -> bool {
    filter.outcome.is_none_or(|outcome| attempt.outcome == outcome)
        && filter.since.is_none_or(|since| attempt.at >= since)
}

#[async_trait]
impl PasswordResets for Tables {
    async fn password_reset(&self, of: AccountId) -> Result<Option<PasswordReset>, PortError> {
        Ok(self.password_resets.find(&of).cloned())
    }
    async fn reset_request(&self, id: ResetRequestId) -> Result<Option<ResetRequest>, PortError> {
        Ok(self.reset_requests.rows().find(|it| it.id == id).cloned())
    }
    async fn reset_requests(&self, now: Timestamp, limit: u16) -> Result<Vec<ResetRequest>, PortError> {
        let mut due = self.reset_requests.rows().filter(|it| it.due_at <= now).cloned().collect::<Vec<_>>();
        due.sort_by_key(|it| (it.due_at, it.id));
        due.truncate(limit.into());
        Ok(due)
    }
}

#[async_trait]
impl Counts for Tables {
    async fn counted(&self, tally: &Tally) -> Result<Counted, PortError> {
        Ok(self.counts.find(tally).map_or_else(Counted::default, |it| it.counted.clone()))
    }
}
