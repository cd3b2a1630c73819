//! The right code gives the account its new address; the older one is told of it, and other sessions end.
mod refusal;

use crate::{
    account::{Account, AccountId},
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Touch},
    email_change::{EmailChange, EmailChangeId, OpenEmailChange},
    message::{Letter, Message, MessageId, OwnLetter},
    platform::{Answer, Platform, VerbError},
    port::Moment,
    receipt::{Once, Outcome},
    secret::Secret,
    session::{Session, SessionId},
    settings::Settings,
    time::Timestamp,
    use_case::{
        authenticate::{NotSignedIn, SignedIn},
        change_email::own,
        code_guess::Guess,
    },
    verification_code::VerificationCode,
};

pub use refusal::VerifyEmailChangeRefusal;

/// Gives an account another address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyEmailChange {
    /// Who, and in which session, which goes on.
    pub by: SignedIn,
    /// Which change.
    pub change: EmailChangeId,
    /// The code that was mailed.
    pub code: VerificationCode,
    /// Whether the session goes on under another id, so that whoever knew its token is out too.
    pub renew: bool,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// An address, changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailChanged {
    /// The change.
    pub change: EmailChange,
    /// What proves the session that goes on, where it goes on under another id.
    pub token: Option<Secret>,
}

/// All that the decision rests on, once the guess was compared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The session as it is now.
    pub session: Session,
    /// Its account as it is now.
    pub account: Account,
    /// The change.
    pub change: EmailChange,
    /// Who has its address.
    pub holder: Option<AccountId>,
    /// How many more tries there are.
    pub tries_left: u32,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub session: SessionId,
    pub message: MessageId,
    pub event: AuditEventId,
}

impl Platform {
    /// Gives the caller's account the address at which they read the code.
    ///
    /// # Errors
    /// [`VerifyEmailChangeRefusal`], or what every verb may meet: `too_many_tries` where nothing is compared.
    pub async fn verify_email_change(
        &self,
        command: VerifyEmailChange,
    ) -> Result<Answer<EmailChanged>, VerbError<VerifyEmailChangeRefusal>> {
        if let Some(first) = self.email_change_before(command.once.as_ref()).await? {
            return Ok(first.map(|change| EmailChanged { change, token: None }));
        }
        let moment = self.ports.reads.moment().await?;
        let found = own(&*moment, &command.by, command.change).await?;
        drop(moment);
        let open = consider(found, &command.by.account, self.ports.clock.now());
        let open = open.map_err(VerbError::Refused)?;
        let guess = self.guess(open.change().code(), &open.change().parts().email, &command.code).await?;
        let ids = &self.ports.ids;
        let fresh = Fresh { session: ids.fresh(), message: ids.fresh(), event: ids.fresh() };
        let (command, guess, outcome) = (&command, &guess, Outcome::EmailChange { change: command.change });
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, command, guess, &self.settings, now).await?;
            decide(snapshot, command, guess, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        let answer = settled.await?;
        let token = (command.renew && !answer.repeated).then(|| self.session_token(fresh.session));
        let change = self.find_email_change(&command.by, command.change).await?;
        let change = change.ok_or(VerbError::Refused(VerifyEmailChangeRefusal::Unknown))?;
        Ok(answer.map(|_| EmailChanged { change, token }))
    }
}

/// Every refusal for which no guess is spent.
///
/// # Errors
/// [`VerifyEmailChangeRefusal`].
pub fn consider(
    found: Option<EmailChange>,
    account: &Account,
    now: Timestamp,
) -> Result<OpenEmailChange, VerifyEmailChangeRefusal> {
    let open = found.ok_or(VerifyEmailChangeRefusal::Unknown)?.open(account, now)?;
    let code = open.change().parts().code;
    if code.has_expired(now) {
        return Err(VerifyEmailChangeRefusal::CodeExpired { expires_at: code.expires_at });
    }
    Ok(open)
}

/// The same reads for every guess, right or wrong, whoever has the address.
async fn gather(
    moment: &dyn Moment,
    command: &VerifyEmailChange,
    guess: &Guess,
    settings: &Settings,
    now: Timestamp,
) -> Result<Snapshot, VerbError<VerifyEmailChangeRefusal>> {
    let found = moment.session(command.by.session.id()).await?;
    let (seen, account) = found.ok_or(VerbError::Refused(NotSignedIn.into()))?;
    let change = own(moment, &command.by, command.change).await?;
    let change = change.ok_or(VerbError::Refused(VerifyEmailChangeRefusal::Unknown))?;
    Ok(Snapshot {
        holder: moment.account_at(&change.parts().email).await?.map(|it| it.id()),
        tries_left: guess.tries_left(moment, &settings.limits, now).await?,
        session: seen.session,
        account,
        change,
    })
}

/// What the right code writes.
///
/// # Errors
/// [`VerifyEmailChangeRefusal`]. Whose address another account has is told what whoever guessed wrong is told.
pub fn decide(
    snapshot: Snapshot,
    command: &VerifyEmailChange,
    guess: &Guess,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, VerifyEmailChangeRefusal> {
    let Snapshot { session, account, change, holder, tries_left } = snapshot;
    let stands = session.parts().ended_at.is_none()
        && session.parts().account_generation == account.parts().generation;
    if !stands {
        return Err(NotSignedIn.into());
    }
    let incorrect = VerifyEmailChangeRefusal::CodeIncorrect { tries_left };
    let open = consider(Some(change.clone()), &account, now)?;
    if !guess.is_right || guess.at.subject != change.id().uuid() || holder.is_some() {
        return Err(incorrect);
    }
    let verified = open.confirm(guess.at.generation, now).ok_or(incorrect)?;
    let before = account.parts().email.clone();
    let (id, person, locale) = (account.id(), account.parts().name.clone(), account.parts().locale.clone());
    let letter = Letter::Own(OwnLetter::AddressChanged { account: id, person, at: now });
    let notice = Message { id: fresh.message, to: before.clone(), locale, at: now, letter };
    let after = account.with_email(change.into_parts().email);
    let event = AuditEvent::by(
        &command.by.caller(),
        fresh.event,
        Action::AddressChanged,
        id,
        &after.parts().email,
        now,
    );
    let event = event.from(before).to(&after.parts().email);
    Ok(ChangeSet::new()
        .with_all(goes_on(session, &after, command.renew, fresh.session, now))
        .with(Change::UpdateAccount(after))
        .with(Change::UpdateEmailChange(verified))
        .with_all(guess.refund(&settings.limits))
        .with(Change::Send(notice))
        .with(Change::Record(event)))
}

/// All other sessions end with the generation of the account.
fn goes_on(session: Session, of: &Account, renew: bool, id: SessionId, now: Timestamp) -> Vec<Change> {
    if !renew {
        return vec![Change::UpdateSession(session.kept(of))];
    }
    vec![
        Change::AddSession(session.renewed(id, of)),
        Change::Touch(Touch::Session { id, at: now }),
        Change::UpdateSession(session.end(now)),
    ]
}
