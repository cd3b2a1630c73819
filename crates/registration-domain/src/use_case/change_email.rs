//! Whoever wants another address is mailed a code there; the answer is the same whoever has the address.
mod refusal;

use std::time::Duration;

use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Expectation},
    email::Email,
    email_change::{EmailChange, EmailChangeId},
    message::{Letter, Message, MessageId, OwnLetter},
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    secret::Secret,
    session::Device,
    settings::Settings,
    time::{HOUR, Timestamp},
    use_case::{
        authenticate::{NotSignedIn, SignedIn},
        guess::{Failed, Whose},
        sign_up::{budget, of},
    },
};

pub use refusal::ChangeEmailRefusal;

/// How long after a sign-in nobody has to say the password again.
pub const RECENT: Duration = HOUR;

/// Asks for another address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeEmail {
    /// Who, and in which session.
    pub by: SignedIn,
    /// The new address.
    pub email: Email,
    /// Their password; needed where they did not sign in lately.
    pub password: Option<Secret>,
    /// What they use.
    pub device: Device,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// Asks for a new code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResendAddressCode {
    /// Who.
    pub by: SignedIn,
    /// Of which change.
    pub change: EmailChangeId,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decisions rest on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The account as it is now.
    pub account: Account,
    /// Who has the new address.
    pub holder: Option<Account>,
    /// The change that waits, or the one that is asked about.
    pub waiting: Option<EmailChange>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub change: EmailChangeId,
    pub message: MessageId,
    pub event: AuditEventId,
}

impl SignedIn {
    /// Whether the password has to be said again before what lets somebody into the account is changed.
    pub fn is_long_ago(&self, now: Timestamp) -> bool {
        now >= self.session.parts().started_at.plus(RECENT)
    }
}

impl Platform {
    /// Mails a code to another address; the account has it once the code is right.
    ///
    /// # Errors
    /// [`ChangeEmailRefusal`], or what every verb may meet.
    pub async fn change_email(
        &self,
        command: ChangeEmail,
    ) -> Result<Answer<EmailChange>, VerbError<ChangeEmailRefusal>> {
        if let Some(first) = self.email_change_before(command.once.as_ref()).await? {
            return Ok(first);
        }
        self.prove(&command).await?;
        let ids = &self.ports.ids;
        let fresh = Fresh { change: ids.fresh(), message: ids.fresh(), event: ids.fresh() };
        let (command, outcome) = (&command, Outcome::EmailChange { change: fresh.change });
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, &command.by, &command.email).await?;
            decide(snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        self.answer_email_change(settled.await?).await
    }

    /// Sends a new code, which alone is right from now on.
    ///
    /// # Errors
    /// [`ChangeEmailRefusal`], or what every verb may meet.
    pub async fn resend_address_code(
        &self,
        command: ResendAddressCode,
    ) -> Result<Answer<EmailChange>, VerbError<ChangeEmailRefusal>> {
        let (message, event) = (self.ports.ids.fresh(), self.ports.ids.fresh());
        let fresh = Fresh { change: command.change, message, event };
        let (command, outcome) = (&command, Outcome::EmailChange { change: command.change });
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let found = own(&*moment, &command.by, command.change).await?;
            let found = found.ok_or(VerbError::Refused(ChangeEmailRefusal::Unknown))?;
            let snapshot = gather(&*moment, &command.by, &found.parts().email).await?;
            let snapshot = Snapshot { waiting: Some(found), ..snapshot };
            resend(snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        self.answer_email_change(settled.await?).await
    }

    /// One's own change of address, in any state.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn find_email_change(
        &self,
        by: &SignedIn,
        id: EmailChangeId,
    ) -> Result<Option<EmailChange>, PortError> {
        own(&*self.ports.reads.moment().await?, by, id).await
    }
    /// The change of address that waits for its code.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn waiting_email_change(&self, by: &SignedIn) -> Result<Option<EmailChange>, PortError> {
        let waiting = self.ports.reads.moment().await?.waiting_email_change(by.account.id()).await?;
        let now = self.ports.clock.now();
        Ok(waiting.filter(|it| it.clone().open(&by.account, now).is_ok()))
    }

    pub(crate) async fn email_change_before<R: crate::refusal::Refusal + 'static>(
        &self,
        once: Option<&Once>,
    ) -> Result<Option<Answer<EmailChange>>, VerbError<R>> {
        match self.answered_before(once).await? {
            None => Ok(None),
            Some(first) => self.answer_email_change(first).await.map(Some),
        }
    }

    async fn answer_email_change<R: crate::refusal::Refusal + 'static>(
        &self,
        answer: Answer<Outcome>,
    ) -> Result<Answer<EmailChange>, VerbError<R>> {
        let Outcome::EmailChange { change } = answer.what else { return Err(VerbError::KeyReused) };
        let found = self.ports.reads.moment().await?.email_change(change).await?;
        let found = shown(found, "email_change", &change)?;
        Ok(answer.map(|_| found))
    }

    /// Whoever did not sign in lately says the password again. A guess is spent before it is compared.
    async fn prove(&self, command: &ChangeEmail) -> Result<(), VerbError<ChangeEmailRefusal>> {
        let now = self.ports.clock.now();
        let Some(password) = &command.password else {
            let is_needed = command.by.is_long_ago(now);
            return if is_needed { Err(VerbError::Refused(ChangeEmailRefusal::password())) } else { Ok(()) };
        };
        let (account, guesses) = (&command.by.account, self.guesses(Whose::Device(command.by.session.id())));
        let guess = self.spend_guess(guesses.clone(), now).await?;
        if self.compare(&guess, password, Some(&account.parts().password)).await? {
            drop(self.commit(ChangeSet::new().with_all(guess.given_back()), now).await);
            return Ok(());
        }
        let failed = Failed { account: Some(account), device: &command.device, logged: None };
        self.settle_failure(&guess, failed).await?;
        let left = guesses.left(&*self.ports.reads.moment().await?, self.ports.clock.now()).await?;
        Err(VerbError::Refused(ChangeEmailRefusal::Wrong { left }))
    }
}

/// Of this account alone.
pub(crate) async fn own(
    moment: &dyn Moment,
    by: &SignedIn,
    id: EmailChangeId,
) -> Result<Option<EmailChange>, PortError> {
    Ok(moment.email_change(id).await?.filter(|it| it.parts().account == by.account.id()))
}

/// The account must be the one that called, in the same generation.
pub(crate) async fn gather<R: From<NotSignedIn> + crate::refusal::Refusal + 'static>(
    moment: &dyn Moment,
    by: &SignedIn,
    email: &Email,
) -> Result<Snapshot, VerbError<R>> {
    let generation = by.account.parts().generation;
    let account = moment.account(by.account.id()).await?;
    let account = account.filter(|it| it.is_active() && it.parts().generation == generation);
    Ok(Snapshot {
        account: account.ok_or_else(|| VerbError::Refused(NotSignedIn.into()))?,
        holder: moment.account_at(email).await?,
        waiting: moment.waiting_email_change(by.account.id()).await?,
    })
}

/// What a wish for another address writes: as many rows for one that is known as for one that is not.
///
/// # Errors
/// [`ChangeEmailRefusal`] where it is the one that the account has.
pub fn decide(
    snapshot: Snapshot,
    command: &ChangeEmail,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, ChangeEmailRefusal> {
    let Snapshot { account, holder, waiting } = snapshot;
    if account.parts().email.is_same_mailbox(&command.email) {
        return Err(ChangeEmailRefusal::unchanged());
    }
    let email = command.email.clone();
    let change =
        EmailChange::start(fresh.change, &account, email, of(holder.as_ref()), &settings.lifetimes, now);
    Ok(asked(&account, &command.by, settings, now)
        .with_all(waiting.map(|it| Change::UpdateEmailChange(it.replaced(now))))
        .with_all(told(&change, &account, holder.as_ref(), settings, fresh, now))
        .with(Change::AddEmailChange(change))
        .with(Change::Record(event(&command.by, &account, fresh.event, now))))
}

/// What a new code writes.
///
/// # Errors
/// [`ChangeEmailRefusal`].
pub fn resend(
    snapshot: Snapshot,
    command: &ResendAddressCode,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, ChangeEmailRefusal> {
    let Snapshot { account, holder, waiting } = snapshot;
    let waiting = waiting.filter(|it| it.id() == command.change).ok_or(ChangeEmailRefusal::Unknown)?;
    let open = waiting.open(&account, now)?;
    let resent = open.resend(of(holder.as_ref()), &settings.lifetimes, now)?;
    Ok(asked(&account, &command.by, settings, now)
        .with_all(told(&resent, &account, holder.as_ref(), settings, fresh, now))
        .with(Change::UpdateEmailChange(resent))
        .with(Change::Record(event(&command.by, &account, fresh.event, now))))
}

/// It rests on the account, and nobody makes us mail strangers more often than this.
fn asked(account: &Account, by: &SignedIn, settings: &Settings, now: Timestamp) -> ChangeSet {
    let (id, revision) = (account.id(), account.parts().revision);
    ChangeSet::new()
        .expecting(Expectation::Account(id, revision))
        .with(settings.limits.email_changes().spend(&by.account.id(), now))
}

/// The code, or to whoever has the address that somebody wants it; mail goes to their stored address.
fn told(
    change: &EmailChange,
    account: &Account,
    holder: Option<&Account>,
    settings: &Settings,
    fresh: Fresh,
    now: Timestamp,
) -> Vec<Change> {
    let it = change.parts();
    let (id, generation) = (it.id, it.code.generation);
    let (to, locale, letter) = match holder.map(Account::parts) {
        None => {
            let expires_at = it.code.expires_at;
            let letter = OwnLetter::AddressCode { change: id, generation, expires_at };
            (&it.email, &account.parts().locale, letter)
        }
        Some(holder) => (&holder.email, &holder.locale, OwnLetter::AddressInUse { change: id, generation }),
    };
    let (to, locale, letter) = (to.clone(), locale.clone(), Letter::Own(letter));
    let mail = Change::Send(Message { id: fresh.message, to, locale, at: now, letter });
    budget(&settings.limits, &it.email, now).into_iter().chain([mail]).collect()
}

/// The log does not say which address: it may be somebody else's.
fn event(by: &SignedIn, account: &Account, id: AuditEventId, now: Timestamp) -> AuditEvent {
    let email = &account.parts().email;
    AuditEvent::by(&by.caller(), id, Action::AddressChangeAsked, account.id(), email, now)
}
