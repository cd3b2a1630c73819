//! A new code voids the older one, and refills no count of tries.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    message::MessageId,
    platform::{Answer, Platform, VerbError},
    receipt::{Once, Outcome},
    refusal::{Fact, Refusal, RefusalKind},
    session::Origin,
    settings::Settings,
    sign_up::{NotOpen, SignUp, SignUpId},
    time::Timestamp,
    use_case::sign_up::{budget, label, letter, of},
    verification_code::TooSoon,
};

/// Asks for a new code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResendCode {
    /// Of which sign-up.
    pub sign_up: SignUpId,
    /// From where.
    pub origin: Origin,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The sign-up.
    pub sign_up: SignUp,
    /// Who has its address.
    pub holder: Option<Account>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub message: MessageId,
    pub event: AuditEventId,
}

/// Why no new code was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResendRefusal {
    /// Here one comes by invitation.
    #[error("sign-up is by invitation here")]
    Closed,
    /// There is no such sign-up, or its time is over.
    #[error("there is no such sign-up, or its time is over; start again")]
    Unknown,
    /// It is an account.
    #[error("this address is confirmed already; sign in")]
    AlreadyVerified,
    /// The last one was sent a moment ago.
    #[error(transparent)]
    TooSoon(#[from] TooSoon),
}

impl Platform {
    /// Sends a new code, which alone is right from now on.
    ///
    /// # Errors
    /// [`ResendRefusal`], or what every verb may meet.
    pub async fn resend_code(&self, command: ResendCode) -> Result<Answer<SignUp>, VerbError<ResendRefusal>> {
        let fresh = Fresh { message: self.ports.ids.fresh(), event: self.ports.ids.fresh() };
        let (command, outcome) = (&command, Outcome::SignUp { sign_up: command.sign_up });
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            if !self.settings.sign_up_is_open {
                return Err(VerbError::Refused(ResendRefusal::Closed));
            }
            let sign_up = moment.sign_up(command.sign_up).await?;
            let sign_up = sign_up.ok_or(VerbError::Refused(ResendRefusal::Unknown))?;
            let holder = moment.account_at(sign_up.email()).await?;
            let snapshot = Snapshot { sign_up, holder };
            decide(snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        self.answer_sign_up(settled.await?).await
    }
}

/// What a new code writes: as many rows for an address that is known as for one that is not.
///
/// # Errors
/// [`ResendRefusal`].
pub fn decide(
    snapshot: Snapshot,
    command: &ResendCode,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, ResendRefusal> {
    let Snapshot { sign_up, holder } = snapshot;
    let resent = sign_up.open(now)?.resend(of(holder.as_ref()), &settings.lifetimes, now)?;
    let (origin, action) = (&command.origin, Action::SignUpCodeResent);
    let event = AuditEvent::unnamed(origin, fresh.event, action, resent.id(), label(&resent), now);
    Ok(ChangeSet::new()
        .with_all(budget(&settings.limits, resent.email(), now))
        .with(Change::Send(letter(&resent, holder.as_ref(), fresh.message, now)))
        .with(Change::UpdateSignUp(resent))
        .with(Change::Record(event)))
}

impl From<NotOpen> for ResendRefusal {
    fn from(why: NotOpen) -> Self {
        match why {
            NotOpen::Verified => Self::AlreadyVerified,
            NotOpen::Expired => Self::Unknown,
        }
    }
}

impl Refusal for ResendRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Closed => (RefusalKind::Forbidden, "sign_up_closed"),
            Self::Unknown => (RefusalKind::NotFound, "sign_up_unknown"),
            Self::AlreadyVerified => (RefusalKind::Conflict, "already_verified"),
            Self::TooSoon(_) => (RefusalKind::Limited, "resend_too_soon"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::TooSoon(TooSoon { resend_at }) => vec![Fact::RetryAt(*resend_at)],
            Self::Closed | Self::Unknown | Self::AlreadyVerified => Vec::new(),
        }
    }
}
