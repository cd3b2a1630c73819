//! A sign-up is no account: it holds neither address nor username, and ends after an hour.
use crate::{
    account::{Account, NewAccount},
    email::Email,
    id::Id,
    revision::{Generation, Revision},
    settings::Lifetimes,
    time::Timestamp,
    username::Username,
    verification_code::{CodeFor, CodePurpose, CodeTerm, TooSoon},
};

/// The id of a sign-up.
pub type SignUpId = Id<SignUp>;

/// What a person has filled in and not yet verified.
///
/// ```
/// use registration_domain::{
///     account::NewAccount, email::Email, id::Id, password::PasswordHash, person_name::{NamePart, PersonName},
///     settings::Lifetimes, sign_up::{Holder, SignUp}, time::{HOUR, Timestamp}, username::Username,
/// };
/// use uuid::Uuid;
///
/// let typed = NewAccount {
///     id: Id::new(Uuid::from_u128(1)),
///     email: Email::parse("ana@example.org")?,
///     username: Username::parse("ana.ruiz")?,
///     name: PersonName::new(NamePart::parse("Ana")?, NamePart::parse("Ruiz")?),
///     password: PasswordHash::from_phc("$argon2id$…".into()),
///     locale: None,
/// };
/// let (now, lifetimes) = (Timestamp::from_micros(0), Lifetimes::default());
/// let sign_up = SignUp::start(Id::new(Uuid::from_u128(2)), typed, Holder::Nobody, &lifetimes, now);
/// let code = sign_up.parts().code.generation;
/// let confirmed = sign_up.clone().open(now)?.confirm(code, now)?;
/// assert_eq!(confirmed.into_account(None, now).0.parts().username.as_str(), "ana.ruiz");
/// assert!(sign_up.open(now.plus(HOUR)).is_err(), "an instant equal to the expiry is expired");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp(SignUpParts);

/// The fields of a stored sign-up, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUpParts {
    /// Its id.
    pub id: SignUpId,
    /// What was typed into it, and nothing else ever becomes its account.
    pub typed: NewAccount,
    /// The newest of its codes.
    pub code: CodeTerm,
    /// When it was started.
    pub created_at: Timestamp,
    /// Until when it can be verified. That instant itself is expired.
    pub expires_at: Timestamp,
    /// What became of it.
    pub state: SignUpState,
    /// How often it was written.
    pub revision: Revision,
}

/// What became of a sign-up. That it expired is never stored: time decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignUpState {
    /// Nothing yet.
    AwaitingCode,
    /// Its address has an account, which nobody is told but who reads mail there: it looks as if it waited for
    /// a code, and none is ever right.
    Decoy,
    /// It is an account now.
    Verified {
        /// Since when.
        at: Timestamp,
    },
}

/// Who has the address that somebody signs up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// Nobody, as far as is known.
    Nobody,
    /// Somebody who has an account.
    AnAccount,
}

/// Proof that a sign-up was not verified and has not expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSignUp(SignUp);

/// Proof that the right code was given, in time, for an address without an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmedSignUp(SignUp);

/// Why nothing can be done with a sign-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotOpen {
    /// It is an account.
    #[error("this address is confirmed already; sign in")]
    Verified,
    /// Its time is over.
    #[error("this sign-up has expired; start again")]
    Expired,
}

/// Why a code confirms nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotConfirmed {
    /// Its time is over.
    #[error("the code has expired")]
    Expired,
    /// A newer one was sent, or none is right.
    #[error("the code is not right")]
    Incorrect,
}

impl SignUp {
    /// A new one, whose first code is on its way.
    pub fn start(
        id: SignUpId,
        typed: NewAccount,
        holder: Holder,
        lifetimes: &Lifetimes,
        now: Timestamp,
    ) -> Self {
        let expires_at = now.plus(lifetimes.sign_up);
        let state = SignUpState::of(holder);
        let code = CodeTerm::first(lifetimes, now).within(expires_at);
        Self(SignUpParts { id, typed, code, created_at: now, expires_at, state, revision: Revision::FIRST })
    }
    /// For whoever holds it: that it was verified is told before that it expired.
    ///
    /// # Errors
    /// [`NotOpen`].
    pub fn open(self, now: Timestamp) -> Result<OpenSignUp, NotOpen> {
        match self.0.state {
            SignUpState::Verified { .. } => Err(NotOpen::Verified),
            SignUpState::AwaitingCode | SignUpState::Decoy if now >= self.0.expires_at => {
                Err(NotOpen::Expired)
            }
            SignUpState::AwaitingCode | SignUpState::Decoy => Ok(OpenSignUp(self)),
        }
    }
    /// Whether a code of this generation could still make an account of it: so is its mail sent, or not.
    pub fn awaits(&self, code: Generation, now: Timestamp) -> bool {
        self.0.state == SignUpState::AwaitingCode && self.is_newest(code, now)
    }
    /// Whether this is its newest code, and in time.
    pub fn is_newest(&self, code: Generation, now: Timestamp) -> bool {
        self.0.code.generation == code && !self.0.code.has_expired(now)
    }
    /// Its id.
    pub fn id(&self) -> SignUpId {
        self.0.id
    }
    /// The address that it is to be confirmed for.
    pub fn email(&self) -> &Email {
        &self.0.typed.email
    }
    /// What its newest code stands for.
    pub fn code(&self) -> CodeFor {
        let (subject, generation) = (self.0.id.uuid(), self.0.code.generation);
        CodeFor { purpose: CodePurpose::SignUp, subject, generation }
    }

    /// For adapters: a stored sign-up.
    pub fn from_parts(parts: SignUpParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &SignUpParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> SignUpParts {
        self.0
    }
    fn into_state(self, state: SignUpState) -> Self {
        Self(SignUpParts { state, ..self.0 })
    }
}

impl SignUpState {
    fn of(holder: Holder) -> Self {
        match holder {
            Holder::Nobody => Self::AwaitingCode,
            Holder::AnAccount => Self::Decoy,
        }
    }
}

impl OpenSignUp {
    /// The sign-up.
    pub fn sign_up(&self) -> &SignUp {
        &self.0
    }
    /// A new code, which voids the older one. Whether it can be right, whoever has the address now decides.
    ///
    /// # Errors
    /// [`TooSoon`] after the last one.
    pub fn resend(self, holder: Holder, lifetimes: &Lifetimes, now: Timestamp) -> Result<SignUp, TooSoon> {
        let code = self.0.0.code.next(lifetimes, now)?.within(self.0.0.expires_at);
        Ok(SignUp(SignUpParts { code, state: SignUpState::of(holder), ..self.0.0 }))
    }
    /// The code of this generation was given, and is right.
    ///
    /// # Errors
    /// [`NotConfirmed`]: no code is right for a decoy, nor an older one for anything.
    pub fn confirm(self, code: Generation, now: Timestamp) -> Result<ConfirmedSignUp, NotConfirmed> {
        if self.0.0.code.has_expired(now) {
            Err(NotConfirmed::Expired)
        } else if self.0.awaits(code, now) {
            Ok(ConfirmedSignUp(self.0))
        } else {
            Err(NotConfirmed::Incorrect)
        }
    }
    /// Another sign-up of the same address became an account: this one ends, and looks as it did.
    #[must_use]
    pub fn eclipse(self) -> SignUp {
        self.0.into_state(SignUpState::Decoy)
    }
}

impl ConfirmedSignUp {
    /// What was typed, as an account; with another username where somebody took that one meanwhile.
    #[must_use]
    pub fn into_account(self, username: Option<Username>, now: Timestamp) -> (Account, SignUp) {
        let typed = self.0.0.typed.clone();
        let new = NewAccount { username: username.unwrap_or(typed.username), ..typed };
        (Account::open(new, now), self.0.into_state(SignUpState::Verified { at: now }))
    }
}
