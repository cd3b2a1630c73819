//! A guess at a password is spent before it is compared, and what came of it is written down in one commit.
use crate::{
    account::{Account, AccountId},
    change::{Change, ChangeSet},
    limit::Limit,
    message::{Letter, Message, SecurityLetter},
    password::{Password, PasswordHash},
    platform::Platform,
    port::{CommitError, Moment, PortError},
    receipt::Digest,
    secret::Secret,
    session::{Device, SessionId},
    sign_in_log::{SignInAttempt, SignInOutcome},
    time::Timestamp,
};

/// Whose guesses are counted together.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose<'a> {
    /// Those of everybody, at one account.
    Account(AccountId),
    /// Those of everybody, at a name that no account has. They cost the same.
    Name(&'a str),
    /// Those on the device of a session: no stranger can use them up.
    Device(SessionId),
}

/// A count of guesses, and how many it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guesses {
    in_all: Limit,
    in_a_row: Limit,
    subject: Digest,
}

/// A guess that was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guess {
    of: Guesses,
    at: Timestamp,
}

/// A guess that led nowhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failed<'a> {
    /// The account that it was about, if there is one.
    pub(crate) account: Option<&'a Account>,
    /// On what.
    pub(crate) device: &'a Device,
    /// What stands in the sign-in log, where somebody tried to sign in.
    pub(crate) logged: Option<SignInOutcome>,
}

impl Guesses {
    fn spend(&self, at: Timestamp) -> ChangeSet {
        let [in_all, in_a_row] = [self.in_all, self.in_a_row].map(|it| it.spend(&self.subject, at));
        ChangeSet::new().with(in_all).with(in_a_row)
    }
    /// Counts them from nothing again.
    pub(crate) fn forgiven(&self) -> [Change; 2] {
        [self.in_all, self.in_a_row].map(|it| it.forgive(&self.subject))
    }
    /// How many wrong ones there may be before one has to wait.
    pub(crate) async fn left(&self, moment: &dyn Moment, now: Timestamp) -> Result<u32, PortError> {
        let free = self.in_a_row.what.pace().map_or(u32::MAX, |it| it.free);
        let in_all = self.in_all.max.saturating_sub(number(moment, &self.in_all, &self.subject, now).await?);
        let in_a_row = free.saturating_sub(number(moment, &self.in_a_row, &self.subject, now).await?);
        Ok(in_all.min(in_a_row))
    }
}

impl Guess {
    /// It was right: it cost nothing, and the next wrong one is the first in a row.
    pub(crate) fn given_back(&self) -> [Change; 2] {
        [self.of.in_all.refund(&self.of.subject, self.at), self.of.in_a_row.forgive(&self.of.subject)]
    }
    /// It was never compared.
    fn undone(&self) -> ChangeSet {
        [self.of.in_all, self.of.in_a_row].iter().map(|it| it.refund(&self.of.subject, self.at)).collect()
    }
    /// Those that it was counted among.
    pub(crate) fn of(&self) -> &Guesses {
        &self.of
    }
}

async fn number(
    moment: &dyn Moment,
    limit: &Limit,
    subject: &Digest,
    now: Timestamp,
) -> Result<u32, PortError> {
    Ok(moment.counted(&limit.tally(subject)).await?.number(limit.length, now))
}

impl Platform {
    pub(crate) fn guesses(&self, whose: Whose<'_>) -> Guesses {
        let limits = &self.settings.limits;
        let (purpose, text, [in_all, in_a_row]) = match whose {
            Whose::Account(id) => ("sign-in", id.to_string(), limits.sign_ins()),
            Whose::Name(name) => ("sign-in", name.to_owned(), limits.sign_ins()),
            Whose::Device(id) => ("sign-in on a device", id.to_string(), limits.sign_ins_on_a_device()),
        };
        Guesses { in_all, in_a_row, subject: self.ports.fingerprints.fingerprint(purpose, text.as_bytes()) }
    }

    /// Commits a guess.
    ///
    /// # Errors
    /// [`CommitError::Spent`] where it came too soon or too often.
    pub(crate) async fn spend_guess(&self, of: Guesses, now: Timestamp) -> Result<Guess, CommitError> {
        self.commit(of.spend(now), now).await?;
        Ok(Guess { of, at: now })
    }

    /// Whether this is the password. Without a hash the same work is done; what could not be compared costs
    /// nothing, unless it cannot be given back either.
    ///
    /// # Errors
    /// What the hasher said.
    pub(crate) async fn compare(
        &self,
        guess: &Guess,
        typed: &Secret,
        hash: Option<&PasswordHash>,
    ) -> Result<bool, PortError> {
        let Some(attempt) = Password::attempt(typed.expose()) else { return Ok(false) };
        let compared = self.ports.passwords.verify(&attempt, hash).await;
        self.unless_lost(guess, compared).await
    }

    /// The hash of the password that follows a right guess.
    ///
    /// # Errors
    /// What the hasher said.
    pub(crate) async fn hash_after(
        &self,
        guess: &Guess,
        password: &Password,
    ) -> Result<PasswordHash, PortError> {
        let hashed = self.ports.passwords.hash(password).await;
        self.unless_lost(guess, hashed).await
    }

    async fn unless_lost<T>(&self, guess: &Guess, worked: Result<T, PortError>) -> Result<T, PortError> {
        if worked.is_err() {
            drop(self.commit(guess.undone(), guess.at).await);
        }
        worked
    }

    /// Writes down what came of a guess, and once a day that there are no more of them.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub(crate) async fn settle_failure(&self, guess: &Guess, failed: Failed<'_>) -> Result<(), PortError> {
        let now = self.ports.clock.now();
        let moment = self.ports.reads.moment().await?;
        let Guesses { in_all, subject, .. } = guess.of();
        let counted = moment.counted(&in_all.tally(subject)).await?;
        drop(moment);
        let line = failed.logged.map(|it| self.line(&failed, it, now));
        if let Err(room_at) = counted.and(in_all, now) {
            let warning = self.warning(&failed, subject, room_at, now).with_all(line.clone());
            match self.commit(warning, now).await {
                Err(CommitError::Spent { .. }) => {}
                other => return other.or_else(CommitError::failure),
            }
        }
        self.commit(ChangeSet::new().with_all(line), now).await.or_else(CommitError::failure)
    }

    /// Writes down that somebody came too soon or too often: so many times a day, for nobody shall fill the log.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub(crate) async fn note_lock(&self, of: &Guesses, failed: Failed<'_>) -> Result<(), PortError> {
        let now = self.ports.clock.now();
        let line = failed.logged.map(|_| self.line(&failed, SignInOutcome::Locked, now));
        let noted = self.settings.limits.locked_sign_ins().spend(&of.subject, now);
        self.commit(ChangeSet::new().with(noted).with_all(line), now).await.or_else(CommitError::failure)
    }

    fn line(&self, failed: &Failed<'_>, outcome: SignInOutcome, now: Timestamp) -> Change {
        let (id, account) = (self.ports.ids.fresh(), failed.account.map(Account::id));
        Change::LogSignIn(SignInAttempt::that_failed(id, account, failed.device, outcome, now))
    }

    /// A mail to whoever is concerned, and the same work where nobody is.
    fn warning(&self, failed: &Failed<'_>, counted: &Digest, until: Timestamp, now: Timestamp) -> ChangeSet {
        let limits = &self.settings.limits;
        let subject = failed.account.map_or_else(|| counted.to_string(), |it| it.id().to_string());
        let address = failed.account.map_or(subject.clone(), |it| it.parts().email.canonical().to_owned());
        let mail = failed.account.filter(|it| it.is_active()).map(|account| {
            let (it, Device { label, fingerprint: _, origin }) = (account.parts(), failed.device.clone());
            let (person, device) = (it.name.clone(), label);
            let letter =
                SecurityLetter::TriesUsedUp { account: it.id, person, device, origin, at: now, until };
            let (id, letter) = (self.ports.ids.fresh(), Letter::Security(letter));
            Message { id, to: it.email.clone(), locale: it.locale.clone(), at: now, letter }
        });
        ChangeSet::new()
            .with(limits.lockout_mails().spend(&subject, now))
            .with_all(limits.mails().map(|it| it.spend(&address, now)))
            .with_all(mail.map(Change::Send))
    }
}
