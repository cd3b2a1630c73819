//! A change of address waits for the code at the new one; until then the account stays as it is.
use crate::{
    account::{Account, AccountId},
    email::Email,
    id::Id,
    revision::{Generation, Revision},
    settings::Lifetimes,
    sign_up::Holder,
    time::Timestamp,
    verification_code::{CodeFor, CodePurpose, CodeTerm, TooSoon},
};

/// The id of a change of address.
pub type EmailChangeId = Id<EmailChange>;

/// An account's wish for another address. Of one account there is one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailChange(EmailChangeParts);

/// The fields of a stored change of address, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailChangeParts {
    /// Its id.
    pub id: EmailChangeId,
    /// Whose address.
    pub account: AccountId,
    /// The generation of the account when it was asked for: a newer one ends it.
    pub account_generation: Generation,
    /// The new address.
    pub email: Email,
    /// The newest of its codes.
    pub code: CodeTerm,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Until when it can be verified. That instant itself is expired.
    pub expires_at: Timestamp,
    /// What became of it.
    pub state: EmailChangeState,
    /// How often it was written.
    pub revision: Revision,
}

/// What became of a change of address. That it expired is never stored: time decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmailChangeState {
    /// Nothing yet.
    AwaitingCode,
    /// Another account has the address, which nobody is told but who reads mail there: it looks as if it waited
    /// for a code, and none is ever right.
    Decoy,
    /// The account has the address.
    Verified {
        /// Since when.
        at: Timestamp,
    },
    /// Its owner asked for another one instead.
    Replaced {
        /// When.
        at: Timestamp,
    },
}

/// Proof that a change of address was neither verified nor replaced, and has not expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenEmailChange(EmailChange);

/// Why nothing can be done with a change of address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpen {
    /// It is done.
    #[error("the address is changed already")]
    Verified,
    /// A newer one took its place, the account changed since, or its time is over.
    #[error("there is no such change of address, or its time is over; start again")]
    Over,
}

impl EmailChange {
    /// A new one, whose first code is on its way.
    pub fn start(
        id: EmailChangeId,
        of: &Account,
        email: Email,
        holder: Holder,
        lifetimes: &Lifetimes,
        now: Timestamp,
    ) -> Self {
        let expires_at = now.plus(lifetimes.sign_up);
        Self(EmailChangeParts {
            id,
            account: of.id(),
            account_generation: of.parts().generation,
            email,
            code: CodeTerm::first(lifetimes, now).within(expires_at),
            created_at: now,
            expires_at,
            state: EmailChangeState::of(holder),
            revision: Revision::FIRST,
        })
    }
    /// For its owner, as they are now.
    ///
    /// # Errors
    /// [`NotOpen`].
    pub fn open(self, of: &Account, now: Timestamp) -> Result<OpenEmailChange, NotOpen> {
        match self.0.state {
            EmailChangeState::Verified { .. } => Err(NotOpen::Verified),
            EmailChangeState::Replaced { .. } => Err(NotOpen::Over),
            EmailChangeState::AwaitingCode | EmailChangeState::Decoy => {
                let stands = of.is_active()
                    && of.id() == self.0.account
                    && of.parts().generation == self.0.account_generation
                    && now < self.0.expires_at;
                if stands { Ok(OpenEmailChange(self)) } else { Err(NotOpen::Over) }
            }
        }
    }
    /// A newer one takes its place; one that is settled stays as it is.
    #[must_use]
    pub fn replaced(self, at: Timestamp) -> Self {
        match self.0.state {
            EmailChangeState::AwaitingCode | EmailChangeState::Decoy => {
                self.into_state(EmailChangeState::Replaced { at })
            }
            EmailChangeState::Verified { .. } | EmailChangeState::Replaced { .. } => self,
        }
    }
    /// Whether a code of this generation is the newest, in time, of one that waits: so is its mail sent, or not.
    pub fn awaits(&self, code: Generation, now: Timestamp) -> bool {
        let waits = matches!(self.0.state, EmailChangeState::AwaitingCode | EmailChangeState::Decoy);
        waits && self.0.code.generation == code && !self.0.code.has_expired(now)
    }
    /// Whether a code can ever be right.
    pub fn is_decoy(&self) -> bool {
        self.0.state == EmailChangeState::Decoy
    }
    /// Its id.
    pub fn id(&self) -> EmailChangeId {
        self.0.id
    }
    /// What its newest code stands for.
    pub fn code(&self) -> CodeFor {
        let (subject, generation) = (self.0.id.uuid(), self.0.code.generation);
        CodeFor { purpose: CodePurpose::EmailChange, subject, generation }
    }

    /// For adapters: a stored change of address.
    pub fn from_parts(parts: EmailChangeParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &EmailChangeParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> EmailChangeParts {
        self.0
    }
    fn into_state(self, state: EmailChangeState) -> Self {
        Self(EmailChangeParts { state, ..self.0 })
    }
}

impl EmailChangeState {
    fn of(holder: Holder) -> Self {
        match holder {
            Holder::Nobody => Self::AwaitingCode,
            Holder::AnAccount => Self::Decoy,
        }
    }
}

impl OpenEmailChange {
    /// The change.
    pub fn change(&self) -> &EmailChange {
        &self.0
    }
    /// A new code, which voids the older one. Whether it can be right, whoever has the address now decides.
    ///
    /// # Errors
    /// [`TooSoon`] after the last one.
    pub fn resend(
        self,
        holder: Holder,
        lifetimes: &Lifetimes,
        now: Timestamp,
    ) -> Result<EmailChange, TooSoon> {
        let code = self.0.0.code.next(lifetimes, now)?.within(self.0.0.expires_at);
        Ok(EmailChange(EmailChangeParts { code, state: EmailChangeState::of(holder), ..self.0.0 }))
    }
    /// The code of this generation was given, and is right. Nothing where no code is, as for a decoy, or where it
    /// was an older one.
    pub fn confirm(self, code: Generation, now: Timestamp) -> Option<EmailChange> {
        let is_right = self.0.awaits(code, now) && !self.0.is_decoy();
        is_right.then(|| self.0.into_state(EmailChangeState::Verified { at: now }))
    }
}
