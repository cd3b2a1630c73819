//! Whoever fills in the form is mailed a code; the answer is the same whoever has the address.
use crate::{
    account::Account,
    account::AccountId,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    email::Email,
    message::{Letter, Message, MessageId, SignUpLetter},
    password::PasswordHash,
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    refusal::{FieldFault, Refusal, RefusalKind},
    session::Origin,
    settings::{Limits, Settings},
    sign_up::{Holder, SignUp, SignUpId},
    time::Timestamp,
    use_case::registration::{HashedOnce, Registrant, Registration, username_taken},
};

/// Starts a sign-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartSignUp {
    /// The address, which the code is sent to.
    pub email: Email,
    /// Who they are.
    pub registration: Registration,
    /// From where.
    pub origin: Origin,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Who has the address.
    pub holder: Option<Account>,
    /// Who has the username.
    pub namesake: Option<AccountId>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub sign_up: SignUpId,
    pub account: AccountId,
    pub message: MessageId,
    pub event: AuditEventId,
}

/// Why no sign-up was started.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StartSignUpRefusal {
    /// Here one comes by invitation.
    #[error("sign-up is by invitation here")]
    Closed,
    /// Fields that cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

impl Platform {
    /// Starts a sign-up, and mails a code; to whoever has an account, that they have one.
    ///
    /// # Errors
    /// [`StartSignUpRefusal`], or what every verb may meet.
    pub async fn start_sign_up(
        &self,
        command: StartSignUp,
    ) -> Result<Answer<SignUp>, VerbError<StartSignUpRefusal>> {
        let ids = &self.ports.ids;
        let fresh =
            Fresh { sign_up: ids.fresh(), account: ids.fresh(), message: ids.fresh(), event: ids.fresh() };
        let outcome = Outcome::SignUp { sign_up: fresh.sign_up };
        let (command, hashed) = (&command, &HashedOnce::default());
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, _| async move {
            let snapshot = gather(&*moment, command).await?;
            drop(moment);
            let registrant = consider(&snapshot, command, &self.settings).map_err(VerbError::Refused)?;
            // Whoever is known costs the same work.
            let hash = hashed.of(&registrant, self).await?;
            Ok(decide(&snapshot, command, registrant, hash, &self.settings, self.ports.clock.now(), fresh))
        });
        self.answer_sign_up(settled.await?).await
    }

    /// The sign-up that a verb started or changed, as it is now.
    pub(crate) async fn answer_sign_up<R: Refusal + 'static>(
        &self,
        answer: Answer<Outcome>,
    ) -> Result<Answer<SignUp>, VerbError<R>> {
        let Outcome::SignUp { sign_up } = answer.what else { return Err(VerbError::KeyReused) };
        let found = shown(self.find_sign_up(sign_up).await?, "sign_up", &sign_up)?;
        Ok(answer.map(|_| found))
    }

    /// A sign-up, for whoever holds its id.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn find_sign_up(&self, id: SignUpId) -> Result<Option<SignUp>, PortError> {
        self.ports.reads.moment().await?.sign_up(id).await
    }
}

async fn gather(moment: &dyn Moment, command: &StartSignUp) -> Result<Snapshot, PortError> {
    let namesake = match &command.registration.username {
        Some(username) => moment.account_named(username).await?.map(|it| it.id()),
        None => None,
    };
    Ok(Snapshot { holder: moment.account_at(&command.email).await?, namesake })
}

/// Every refusal, before the password is hashed. None of them is about the address.
///
/// # Errors
/// [`StartSignUpRefusal`].
pub fn consider(
    snapshot: &Snapshot,
    command: &StartSignUp,
    settings: &Settings,
) -> Result<Registrant, StartSignUpRefusal> {
    if !settings.sign_up_is_open {
        return Err(StartSignUpRefusal::Closed);
    }
    let mut faults = Vec::new();
    let completed = command.registration.complete(&command.email, &settings.password);
    let registrant = completed.map_err(|it| faults.extend(it));
    faults.extend(snapshot.namesake.map(|_| username_taken()));
    match registrant {
        Ok(registrant) if faults.is_empty() => Ok(registrant),
        _ => Err(StartSignUpRefusal::Fields(faults)),
    }
}

/// What a sign-up writes: as many rows for an address that is known as for one that is not.
pub fn decide(
    snapshot: &Snapshot,
    command: &StartSignUp,
    registrant: Registrant,
    password: PasswordHash,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> ChangeSet {
    let typed = registrant.into_account(fresh.account, command.email.clone(), password);
    let holder = snapshot.holder.as_ref();
    let sign_up = SignUp::start(fresh.sign_up, typed, of(holder), &settings.lifetimes, now);
    let (origin, action) = (&command.origin, Action::SignUpStarted);
    let event = AuditEvent::unnamed(origin, fresh.event, action, fresh.sign_up, label(&sign_up), now);
    ChangeSet::new()
        .with_all(budget(&settings.limits, sign_up.email(), now))
        .with(Change::Send(letter(&sign_up, holder, fresh.message, now)))
        .with(Change::AddSignUp(sign_up))
        .with(Change::Record(event))
}

/// Whether an account has the address.
pub(crate) fn of(holder: Option<&Account>) -> Holder {
    holder.map_or(Holder::Nobody, |_| Holder::AnAccount)
}

/// The code, or to whoever has an account that they have one; mail goes to their stored address.
pub(crate) fn letter(sign_up: &SignUp, holder: Option<&Account>, id: MessageId, now: Timestamp) -> Message {
    let it = sign_up.parts();
    let (sign_up, generation) = (it.id, it.code.generation);
    let (to, locale, letter) = match holder.map(Account::parts) {
        None => {
            let letter = SignUpLetter::Code { sign_up, generation, expires_at: it.code.expires_at };
            (&it.typed.email, &it.typed.locale, letter)
        }
        Some(holder) => {
            (&holder.email, &holder.locale, SignUpLetter::AlreadyRegistered { sign_up, generation })
        }
    };
    Message { id, to: to.clone(), locale: locale.clone(), at: now, letter: Letter::SignUp(letter) }
}

/// Nobody is mailed more often by strangers than this, whoever signs up with their address.
pub(crate) fn budget(limits: &Limits, email: &Email, now: Timestamp) -> [Change; 2] {
    limits.mails().map(|it| it.spend(&email.canonical(), now))
}

/// The log outlasts a sign-up, and names nobody who has no account.
pub(crate) fn label(sign_up: &SignUp) -> String {
    format!("somebody at {}", sign_up.email().domain())
}

impl Refusal for StartSignUpRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Closed => (RefusalKind::Forbidden, "sign_up_closed"),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Fields(faults) => faults.clone(),
            Self::Closed => Vec::new(),
        }
    }
}
