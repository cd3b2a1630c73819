//! Whoever reads the mails of an address sets a new password for its account, by a link that works once.
mod decide;

use crate::{
    account::{Account, AccountId},
    audit::AuditEventId,
    change::{Change, ChangeSet},
    email::Email,
    link::{Link, LinkPurpose},
    message::MessageId,
    password_reset::{NotUsable, PasswordReset, ResetRequest},
    platform::{Answer, Platform, VerbError},
    port::Moment,
    receipt::{Once, Outcome},
    refusal::{FieldFault, Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    session::{Device, Origin},
    use_case::{guess::Whose, registration::HashedOnce},
};

pub use decide::{consider, decide};

/// Asks for a link to set a new password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskForReset {
    /// The address, as it was typed.
    pub email: Email,
    /// From where.
    pub origin: Origin,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// Sets a new password by a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResetPassword {
    /// From the link.
    pub token: Secret,
    /// The new password, as it was typed.
    pub password: Secret,
    /// What the person uses.
    pub device: Device,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What became of the account's links.
    pub reset: PasswordReset,
    /// The account as it is now.
    pub account: Account,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub message: MessageId,
    pub event: AuditEventId,
}

/// Why no new password was set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResetRefusal {
    /// The link cannot be used.
    #[error(transparent)]
    NotUsable(#[from] NotUsable),
    /// The password cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

/// What asking can meet: nothing of its own, for it says nothing of the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("never")]
pub enum Never {}

impl Platform {
    /// Takes down that somebody wants a link, alike for every address: whether it has an account is looked up
    /// afterwards, by [`answer_reset_requests`](Self::answer_reset_requests).
    ///
    /// # Errors
    /// What every verb may meet.
    pub async fn ask_for_reset(&self, command: AskForReset) -> Result<Answer<()>, VerbError<Never>> {
        let (id, AskForReset { email, origin, once }) = (self.ports.ids.fresh(), &command);
        let settled = self.settle(Outcome::Done, once.as_ref(), move |_, now| async move {
            let asked = ResetRequest::new(id, email.clone(), origin.clone(), now);
            Ok(ChangeSet::new().with(Change::AskReset(asked)))
        });
        Ok(settled.await?.map(|_| ()))
    }

    /// Whose password a link can set; it changes nothing, however often.
    ///
    /// # Errors
    /// [`NotUsable`], or what every verb may meet.
    pub async fn look_up_reset(&self, token: &Secret) -> Result<Account, VerbError<ResetRefusal>> {
        let (account, link) = self.reset_link(token).map_err(VerbError::Refused)?;
        let snapshot = gather(&*self.ports.reads.moment().await?, account).await?;
        let (Snapshot { reset, account }, now) = (snapshot, self.ports.clock.now());
        reset.usable(link, &account, now).map_err(|it| VerbError::Refused(it.into()))?;
        Ok(account)
    }

    /// Sets a new password, ends all sessions, and signs nobody in.
    ///
    /// # Errors
    /// [`ResetRefusal`], or what every verb may meet.
    pub async fn reset_password(
        &self,
        command: ResetPassword,
    ) -> Result<Answer<()>, VerbError<ResetRefusal>> {
        let (account, link) = self.reset_link(&command.token).map_err(VerbError::Refused)?;
        let fresh = Fresh { message: self.ports.ids.fresh(), event: self.ports.ids.fresh() };
        let forgiven = self.guesses(Whose::Account(account)).forgiven();
        let (command, forgiven, hashed) = (&command, &forgiven, &HashedOnce::default());
        let settled = self.settle(Outcome::Done, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, account).await?;
            drop(moment);
            let password = consider(&snapshot, command, link, &self.settings, now);
            let hash = hashed.of_password(&password.map_err(VerbError::Refused)?, self).await?;
            let now = self.ports.clock.now();
            let changes = decide(snapshot, command, link, hash, now, fresh).map_err(VerbError::Refused)?;
            Ok(changes.with_all(forgiven.clone()))
        });
        Ok(settled.await?.map(|_| ()))
    }

    /// The account and the generation in a link, which nobody else can have sealed.
    fn reset_link(&self, token: &Secret) -> Result<(AccountId, Generation), ResetRefusal> {
        let link = self.ports.links.open(token.expose());
        let link = link.filter(|it| it.purpose == LinkPurpose::PasswordReset).ok_or(NotUsable::Unknown)?;
        Ok((AccountId::new(link.subject), link.generation))
    }

    /// Where the mail of a reset leads.
    pub(crate) fn link_to_reset(&self, account: AccountId, generation: Generation) -> Secret {
        let (purpose, subject) = (LinkPurpose::PasswordReset, account.uuid());
        let token = self.ports.links.seal(Link { purpose, subject, generation });
        self.settings.public_url.to_token("/r", &token.0)
    }
}

pub(crate) async fn gather(
    moment: &dyn Moment,
    account: AccountId,
) -> Result<Snapshot, VerbError<ResetRefusal>> {
    let unknown = || VerbError::Refused(NotUsable::Unknown.into());
    Ok(Snapshot {
        reset: moment.password_reset(account).await?.ok_or_else(unknown)?,
        account: moment.account(account).await?.ok_or_else(unknown)?,
    })
}

impl Refusal for ResetRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotUsable(why) => why.told(),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::NotUsable(_) => Vec::new(),
            Self::Fields(faults) => faults.clone(),
        }
    }
}

impl Refusal for Never {
    fn told(&self) -> (RefusalKind, &'static str) {
        match *self {}
    }
}
