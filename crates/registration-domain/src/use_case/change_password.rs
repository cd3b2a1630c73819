//! Whoever knows the old password sets a new one, and every other session ends with the old one.
mod decide;

use std::fmt;

use crate::{
    account::Account,
    audit::AuditEventId,
    message::MessageId,
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    secret::Secret,
    session::{Device, Session, SessionId},
    use_case::{
        authenticate::{NotSignedIn, SignedIn},
        guess::{Failed, Guesses, Whose},
    },
};

pub(crate) use decide::told;
pub use decide::{consider, decide};

/// Sets a new password.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangePassword {
    /// Who, and in which session, which goes on.
    pub by: SignedIn,
    /// The password that they have, as they typed it.
    pub current: Secret,
    /// The one that they want, as they typed it.
    pub new: Secret,
    /// What they use.
    pub device: Device,
    /// Whether the session goes on under another id, so that whoever knew its token is out too.
    pub renew: bool,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// A password, changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordChanged {
    /// Whose.
    pub account: Account,
    /// The session that goes on.
    pub session: SessionId,
    /// What proves it.
    pub token: Secret,
    /// How many other sessions ended; nothing where this repeats an earlier answer.
    pub ended: Option<u32>,
}

/// All that the decision rests on, once the password was compared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The session as it is now.
    pub session: Session,
    /// Its account as it is now.
    pub account: Account,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub session: SessionId,
    pub message: MessageId,
    pub event: AuditEventId,
}

/// Why the password is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChangePasswordRefusal {
    /// Nobody is signed in any more.
    #[error(transparent)]
    NotSignedIn(#[from] NotSignedIn),
    /// The new password cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
    /// It is not the password that they have.
    #[error("the current password is not right")]
    Wrong {
        /// How many more tries there are before one has to wait.
        left: u32,
    },
}

impl Platform {
    /// Sets a new password for whoever knows the old one.
    ///
    /// # Errors
    /// [`ChangePasswordRefusal`], or what every verb may meet: `too_many_tries` where one has to wait.
    pub async fn change_password(
        &self,
        command: ChangePassword,
    ) -> Result<Answer<PasswordChanged>, VerbError<ChangePasswordRefusal>> {
        let password = consider(&command, &self.settings).map_err(VerbError::Refused)?;
        if let Some(first) = self.changed_before(&command).await? {
            return Ok(first);
        }
        let guesses = self.guesses(Whose::Device(command.by.session.id()));
        let guessed = self.ports.clock.now();
        let guess = self.spend_guess(guesses.clone(), guessed).await?;
        let account = &command.by.account;
        if !self.compare(&guess, &command.current, Some(&account.parts().password)).await? {
            let failed = Failed { account: Some(account), device: &command.device, logged: None };
            self.settle_failure(&guess, failed).await?;
            let left = self.tries_left(&guesses).await?;
            return Err(VerbError::Refused(ChangePasswordRefusal::Wrong { left }));
        }
        let ids = &self.ports.ids;
        let fresh = Fresh { session: ids.fresh(), message: ids.fresh(), event: ids.fresh() };
        let session = if command.renew { fresh.session } else { command.by.session.id() };
        let outcome = Outcome::PasswordChanged { session };
        let others = self.count_other_sessions(&command.by).await?;
        let hash = self.hash_after(&guess, &password).await?;
        let (command, guess, hash) = (&command, &guess, &hash);
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, command).await?;
            let changes = decide(snapshot, command, hash.clone(), now, fresh);
            Ok(changes.map_err(VerbError::Refused)?.with_all(guess.given_back()))
        });
        let changed = settled.await?;
        let ended = (!changed.repeated).then_some(others);
        self.changed(changed, ended).await
    }

    /// A form that is sent twice is answered alike, though the password is another one by then.
    async fn changed_before(
        &self,
        command: &ChangePassword,
    ) -> Result<Option<Answer<PasswordChanged>>, VerbError<ChangePasswordRefusal>> {
        match self.answered_before(command.once.as_ref()).await? {
            None => Ok(None),
            Some(first) => self.changed(first, None).await.map(Some),
        }
    }

    async fn changed(
        &self,
        done: Answer<Outcome>,
        ended: Option<u32>,
    ) -> Result<Answer<PasswordChanged>, VerbError<ChangePasswordRefusal>> {
        let Outcome::PasswordChanged { session } = done.what else { return Err(VerbError::KeyReused) };
        let found = self.ports.reads.session(session).await?;
        let (_, account) = shown(found, "session", &session)?;
        let token = self.session_token(session);
        Ok(done.map(|_| PasswordChanged { account, session, token, ended }))
    }

    async fn tries_left(&self, guesses: &Guesses) -> Result<u32, PortError> {
        let moment = self.ports.reads.moment().await?;
        guesses.left(&*moment, self.ports.clock.now()).await
    }
}

async fn gather(
    moment: &dyn Moment,
    command: &ChangePassword,
) -> Result<Snapshot, VerbError<ChangePasswordRefusal>> {
    let found = moment.session(command.by.session.id()).await?;
    let (seen, account) = found.ok_or(VerbError::Refused(NotSignedIn.into()))?;
    Ok(Snapshot { session: seen.session, account })
}

/// Without what was typed.
impl fmt::Debug for ChangePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangePassword").field("by", &self.by.account.id()).finish_non_exhaustive()
    }
}

impl Refusal for ChangePasswordRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn(why) => why.told(),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
            Self::Wrong { .. } => (RefusalKind::Invalid, "current_password_incorrect"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::NotSignedIn(_) => Vec::new(),
            Self::Fields(faults) => faults.clone(),
            Self::Wrong { .. } => {
                vec![FieldFault::new("current_password", "current_password_incorrect", self.to_string())]
            }
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotSignedIn(_) | Self::Fields(_) => Vec::new(),
            Self::Wrong { left } => vec![Fact::TriesLeft(*left)],
        }
    }
}
