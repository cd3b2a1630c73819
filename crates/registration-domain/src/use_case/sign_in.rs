//! Whoever knows the password of an account is in; a guess is spent before it is compared.
use std::fmt;

use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Expectation},
    email::Email,
    message::{Letter, Message, MessageId},
    platform::{Answer, Platform, VerbError, shown},
    port::{CommitError, Devices, Moment, PortError},
    receipt::{Digest, Once, Outcome},
    refusal::{Refusal, RefusalKind},
    secret::Secret,
    session::{Caller, Device, Session, SessionId},
    settings::Settings,
    sign_in_log::{SignInMethod, SignInOutcome},
    time::Timestamp,
    use_case::guess::{Failed, Guess, Guesses, Whose},
    username::Username,
};

/// Starts a session.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// An address or a username, as it was typed.
    pub identifier: String,
    /// The password, as it was typed.
    pub password: Secret,
    /// What the person uses.
    pub device: Device,
    /// What that device was given when its owner signed in on it before, if it still has it.
    pub known: Option<Secret>,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// A session, begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Who signed in.
    pub account: Account,
    /// The session.
    pub session: SessionId,
    /// What proves it.
    pub token: Secret,
}

/// All that the decision rests on, once the password was compared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The account at the address or of the username.
    pub account: Option<Account>,
    /// What is known of its devices.
    pub devices: Devices,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub session: SessionId,
    pub message: MessageId,
    pub event: AuditEventId,
}

/// Nobody is signed in, whatever the reason: nothing tells whether there is such an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address, username or password is not right")]
pub struct InvalidCredentials;

impl Platform {
    /// Starts a session for whoever knows the password.
    ///
    /// # Errors
    /// [`InvalidCredentials`], or what every verb may meet: `too_many_tries` where one has to wait.
    pub async fn sign_in(&self, command: SignIn) -> Result<Answer<Begun>, VerbError<InvalidCredentials>> {
        if let Some(first) = self.signed_in_before(&command).await? {
            return Ok(Answer { what: first, repeated: true });
        }
        let guessed = self.ports.clock.now();
        let (account, guesses) = self.whose_guess(&command).await?;
        let failed =
            |outcome| Failed { account: account.as_ref(), device: &command.device, logged: Some(outcome) };
        let guess = match self.spend_guess(guesses.clone(), guessed).await {
            Err(spent @ CommitError::Spent { .. }) => {
                self.note_lock(&guesses, failed(SignInOutcome::Locked)).await?;
                return Err(spent.into());
            }
            other => other?,
        };
        // Whoever is unknown costs the same work.
        let hash = account.as_ref().map(|it| &it.parts().password);
        if !self.compare(&guess, &command.password, hash).await? {
            self.settle_failure(&guess, failed(SignInOutcome::WrongPassword)).await?;
            return Err(VerbError::Refused(InvalidCredentials));
        }
        match self.begin(&command, account.as_ref(), &guess).await {
            Err(VerbError::Refused(InvalidCredentials)) => {
                let is_suspended = account.as_ref().is_some_and(|it| !it.is_active());
                let outcome =
                    if is_suspended { SignInOutcome::Suspended } else { SignInOutcome::WrongPassword };
                self.settle_failure(&guess, failed(outcome)).await?;
                Err(VerbError::Refused(InvalidCredentials))
            }
            other => other,
        }
    }

    /// The session of somebody whose password was right.
    async fn begin(
        &self,
        command: &SignIn,
        account: Option<&Account>,
        guess: &Guess,
    ) -> Result<Answer<Begun>, VerbError<InvalidCredentials>> {
        let ids = &self.ports.ids;
        let fresh = Fresh { session: ids.fresh(), message: ids.fresh(), event: ids.fresh() };
        let outcome = Outcome::SignedIn { session: fresh.session };
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, account, command.device.fingerprint).await?;
            let changes = decide(&snapshot, account, command, &self.settings, now, fresh);
            Ok(changes.map_err(VerbError::Refused)?.with_all(guess.given_back()))
        });
        let answer = settled.await?;
        let begun = self.begun(answer.what).await?;
        Ok(answer.map(|_| begun))
    }

    async fn signed_in_before(
        &self,
        command: &SignIn,
    ) -> Result<Option<Begun>, VerbError<InvalidCredentials>> {
        match self.answered_before(command.once.as_ref()).await? {
            None => Ok(None),
            Some(first) => self.begun(first.what).await.map(Some),
        }
    }

    /// Whom a guess is about, and what it is counted among.
    async fn whose_guess(&self, command: &SignIn) -> Result<(Option<Account>, Guesses), PortError> {
        let moment = self.ports.reads.moment().await?;
        let (account, name) = match Identifier::parse(&command.identifier) {
            Identifier::Email(email) => (moment.account_at(&email).await?, email.canonical().to_owned()),
            Identifier::Username(name) => (moment.account_named(&name).await?, name.as_str().to_owned()),
            Identifier::Neither(text) => (None, text),
        };
        let device = match command.known.as_ref().and_then(|it| self.session_of_device(it)) {
            Some(id) => moment.session(id).await?,
            None => None,
        };
        let whose = match (&account, device) {
            (Some(it), Some((seen, owner))) if it.id() == owner.id() && seen.is_of_now(&owner) => {
                Whose::Device(seen.session.id())
            }
            (Some(it), _) => Whose::Account(it.id()),
            (None, _) => Whose::Name(&name),
        };
        let guesses = self.guesses(whose);
        Ok((account, guesses))
    }

    async fn begun(&self, outcome: Outcome) -> Result<Begun, VerbError<InvalidCredentials>> {
        let Outcome::SignedIn { session } = outcome else { return Err(VerbError::KeyReused) };
        let found = self.ports.reads.session(session).await?;
        let (_, account) = shown(found, "session", &session)?;
        Ok(Begun { account, session, token: self.session_token(session) })
    }
}

/// What somebody signs in as. Whatever it is, it costs the same.
enum Identifier {
    Email(Email),
    Username(Username),
    Neither(String),
}

impl Identifier {
    fn parse(text: &str) -> Self {
        let text = text.trim();
        let known = if text.contains('@') {
            Email::parse(text).ok().map(Self::Email)
        } else {
            Username::parse_any(text).ok().map(Self::Username)
        };
        known.unwrap_or_else(|| Self::Neither(text.chars().take(256).collect()))
    }
}

async fn gather(
    moment: &dyn Moment,
    account: Option<&Account>,
    device: Digest,
) -> Result<Snapshot, PortError> {
    let Some(account) = account else { return Ok(Snapshot { account: None, devices: Devices::None }) };
    Ok(Snapshot {
        account: moment.account(account.id()).await?,
        devices: moment.devices(account.id(), device).await?,
    })
}

/// The password was right for the account as it was read before; it must still be that account.
///
/// # Errors
/// [`InvalidCredentials`] where it was suspended, closed, or given another password since.
pub fn decide(
    snapshot: &Snapshot,
    compared: Option<&Account>,
    command: &SignIn,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, InvalidCredentials> {
    let account = snapshot.account.as_ref().filter(|it| it.is_active()).ok_or(InvalidCredentials)?;
    if compared.is_none_or(|it| it.parts().password != account.parts().password) {
        return Err(InvalidCredentials);
    }
    let (id, parts) = (account.id(), account.parts());
    let session = Session::start(fresh.session, account, command.device.clone(), now, &settings.lifetimes);
    let by = Caller { account: id, origin: command.device.origin.clone() };
    let notice = (snapshot.devices == Devices::Others).then(|| Message {
        id: fresh.message,
        to: parts.email.clone(),
        locale: parts.locale.clone(),
        at: now,
        letter: Letter::NewDevice {
            session: fresh.session,
            person: parts.name.clone(),
            device: command.device.label.clone(),
            origin: command.device.origin.clone(),
            at: now,
        },
    });
    Ok(ChangeSet::new()
        .expecting(Expectation::Account(id, parts.revision))
        .admitting(session, SignInMethod::Password)
        .with_all(notice.map(Change::Send))
        .with(Change::Record(AuditEvent::by(
            &by,
            fresh.event,
            Action::SignedIn,
            fresh.session,
            &parts.email,
            now,
        ))))
}

/// Without the identifier: people type passwords there.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn").field("device", &self.device).finish_non_exhaustive()
    }
}

impl Refusal for InvalidCredentials {
    fn told(&self) -> (RefusalKind, &'static str) {
        (RefusalKind::Unauthenticated, "invalid_credentials")
    }
}
