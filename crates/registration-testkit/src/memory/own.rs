//! What is somebody's own: one wish for another address at a time, and nothing of it is left once they are gone.
use registration_domain::{
    account::{Account, AccountId, AccountState},
    email_change::{EmailChange, EmailChangeState},
    join_request::JoinRequest,
    port::{CommitError, Unique},
    time::Timestamp,
};

use super::{
    Tables,
    apply::{Applied, new, refuse_if},
    row::Seat,
};

impl Tables {
    pub(super) fn add_email_change(&mut self, change: EmailChange) -> Applied {
        new(self.email_changes.find(&change.id()))?;
        let waits = self.waiting(change.parts().account).is_some();
        refuse_if(waits, CommitError::Taken(Unique::WaitingEmailChange))?;
        self.email_changes.put(change.id(), change);
        Ok(())
    }
    pub(super) fn waiting(&self, of: AccountId) -> Option<&EmailChange> {
        self.email_changes.rows().find(|it| {
            let waits = matches!(it.parts().state, EmailChangeState::AwaitingCode | EmailChangeState::Decoy);
            waits && it.parts().account == of
        })
    }
    pub(super) fn unattached(&self, account: AccountId, at: Timestamp) -> Applied {
        let member = |it: &Seat| it.is_active() && it.membership.parts().account == account;
        let asks = |it: &JoinRequest| it.parts().account == account && it.clone().open(at).is_ok();
        let is_attached = self.seats.rows().any(member) || self.join_requests.rows().any(asks);
        refuse_if(is_attached, CommitError::Conflict)
    }
    /// Nobody who is gone comes in anywhere, or asks to.
    pub(super) fn not_gone(&self, account: AccountId) -> Applied {
        let is_gone = |it: &Account| matches!(it.parts().state, AccountState::Closed { .. });
        refuse_if(self.accounts.find(&account).is_some_and(is_gone), CommitError::Conflict)
    }
    pub(super) fn forget_own(&mut self, account: AccountId) {
        let all = usize::MAX;
        self.sessions.drop_some(all, |it| it.session.parts().account == account);
        self.sign_ins.drop_some(all, |it| it.account == Some(account));
        self.password_resets.drop_some(all, |it| it.parts().account == account);
        self.email_changes.drop_some(all, |it| it.parts().account == account);
        self.notifications.drop_some(all, |it| it.notification.account == account);
    }
}
