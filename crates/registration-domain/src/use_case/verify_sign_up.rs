//! The right code makes an account of exactly what was typed into that very sign-up; a guess is spent before it is
//! compared.
mod refusal;

use crate::{
    account::{Account, AccountId},
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    platform::{Answer, Platform, VerbError, repeated, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome, Repeat},
    session::{Caller, Origin},
    settings::Settings,
    sign_up::{NotConfirmed, OpenSignUp, SignUp, SignUpId},
    time::Timestamp,
    use_case::code_guess::Guess,
    username::Username,
    verification_code::VerificationCode,
};

pub use refusal::VerifyRefusal;

/// Confirms the address of a sign-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifySignUp {
    /// Which.
    pub sign_up: SignUpId,
    /// The code that was mailed.
    pub code: VerificationCode,
    /// Another username, where somebody took the one that was typed.
    pub username: Option<Username>,
    /// From where.
    pub origin: Origin,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on, once the guess was compared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The sign-up.
    pub sign_up: SignUp,
    /// Who has its address.
    pub holder: Option<AccountId>,
    /// Who has the username that it is to have.
    pub namesake: Option<AccountId>,
    /// Those of the same address that await their codes, this one among them.
    pub awaiting: Vec<SignUp>,
    /// How many more tries there are.
    pub tries_left: u32,
}

impl Platform {
    /// Makes an account of a sign-up. It starts no session: whoever reads the mail need not know the password.
    ///
    /// # Errors
    /// [`VerifyRefusal`], or what every verb may meet: `too_many_tries` where nothing is compared any more.
    pub async fn verify_sign_up(
        &self,
        command: VerifySignUp,
    ) -> Result<Answer<Account>, VerbError<VerifyRefusal>> {
        let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
        match repeated(&*moment, command.once.as_ref(), now).await? {
            None => {}
            Some(Repeat::KeyReused) => return Err(VerbError::KeyReused),
            Some(Repeat::Done(what)) => return self.signed_up(Answer { what, repeated: true }).await,
        }
        let found = moment.sign_up(command.sign_up).await?;
        drop(moment);
        let open = consider(found, &self.settings, now).map_err(VerbError::Refused)?;
        let sign_up = open.sign_up();
        let guess = self.guess(sign_up.code(), sign_up.email(), &command.code).await?;
        let (command, guess, event) = (&command, &guess, self.ports.ids.fresh());
        let settled = self.settle_as(command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, command, guess, &self.settings, now).await?;
            drop(moment);
            decide(snapshot, command, guess, &self.settings, now, event).map_err(VerbError::Refused)
        });
        let settled = settled.await;
        if let Err(VerbError::Refused(VerifyRefusal::UsernameTaken)) = &settled {
            self.give_guess_back(guess).await;
        }
        self.signed_up(settled?).await
    }

    async fn signed_up(&self, answer: Answer<Outcome>) -> Result<Answer<Account>, VerbError<VerifyRefusal>> {
        let Outcome::SignedUp { account } = answer.what else { return Err(VerbError::KeyReused) };
        let found = self.ports.reads.moment().await?.account(account).await?;
        let found = shown(found, "account", &account)?;
        Ok(answer.map(|_| found))
    }
}

/// Every refusal for which no guess is spent.
///
/// # Errors
/// [`VerifyRefusal`].
pub fn consider(
    found: Option<SignUp>,
    settings: &Settings,
    now: Timestamp,
) -> Result<OpenSignUp, VerifyRefusal> {
    if !settings.sign_up_is_open {
        return Err(VerifyRefusal::Closed);
    }
    let open = found.ok_or(VerifyRefusal::Unknown)?.open(now)?;
    let code = open.sign_up().parts().code;
    if code.has_expired(now) {
        return Err(VerifyRefusal::CodeExpired { expires_at: code.expires_at });
    }
    Ok(open)
}

/// The same reads for every guess, right or wrong, whoever has the address.
async fn gather(
    moment: &dyn Moment,
    command: &VerifySignUp,
    guess: &Guess,
    settings: &Settings,
    now: Timestamp,
) -> Result<Snapshot, VerbError<VerifyRefusal>> {
    let sign_up = moment.sign_up(command.sign_up).await?;
    let sign_up = sign_up.ok_or(VerbError::Refused(VerifyRefusal::Unknown))?;
    let username = command.username.as_ref().unwrap_or(&sign_up.parts().typed.username);
    Ok(Snapshot {
        holder: id_of(moment.account_at(sign_up.email()).await)?,
        namesake: id_of(moment.account_named(username).await)?,
        awaiting: moment.awaiting_sign_ups(sign_up.email(), now).await?,
        tries_left: guess.tries_left(moment, &settings.limits, now).await?,
        sign_up,
    })
}

fn id_of(found: Result<Option<Account>, PortError>) -> Result<Option<AccountId>, PortError> {
    Ok(found?.map(|it| it.id()))
}

/// What the right code writes: the account, and the end of every other sign-up of its address.
///
/// # Errors
/// [`VerifyRefusal`]. Whose address has an account is told what whoever guessed wrong is told.
pub fn decide(
    snapshot: Snapshot,
    command: &VerifySignUp,
    guess: &Guess,
    settings: &Settings,
    now: Timestamp,
    event: AuditEventId,
) -> Result<(Outcome, ChangeSet), VerifyRefusal> {
    let Snapshot { sign_up, holder, namesake, awaiting, tries_left } = snapshot;
    let (id, incorrect) = (sign_up.id(), VerifyRefusal::CodeIncorrect { tries_left });
    let open = consider(Some(sign_up), settings, now)?;
    if !guess.is_right || guess.at.subject != id.uuid() || holder.is_some() {
        return Err(incorrect);
    }
    let confirmed = open.confirm(guess.at.generation, now).map_err(|why| match why {
        NotConfirmed::Expired | NotConfirmed::Incorrect => incorrect,
    })?;
    if namesake.is_some() {
        return Err(VerifyRefusal::UsernameTaken);
    }
    let (account, verified) = confirmed.into_account(command.username.clone(), now);
    let others = awaiting.into_iter().filter(|it| it.id() != id);
    let eclipsed = others.filter_map(|it| it.open(now).ok()).map(OpenSignUp::eclipse);
    let by = Caller { account: account.id(), origin: command.origin.clone() };
    let event = AuditEvent::by(&by, event, Action::SignedUp, account.id(), &account.parts().email, now);
    let outcome = Outcome::SignedUp { account: account.id() };
    let changes = ChangeSet::new()
        .with(Change::UpdateSignUp(verified))
        .with_all(eclipsed.map(Change::UpdateSignUp))
        .with(Change::AddAccount(account))
        .with_all(guess.refund(&settings.limits))
        .with(Change::Record(event));
    Ok((outcome, changes))
}
