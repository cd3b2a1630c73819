//! Every attempt to sign in is written down with what came of it, in the commit that it tells of.
use std::time::Duration;

use crate::{
    account::AccountId,
    id::Id,
    session::{Device, Origin, Session, SessionId},
    time::Timestamp,
};

/// How long an attempt is kept, and shown.
pub const SIGN_INS_KEPT: Duration = Duration::from_hours(90 * 24);

/// The id of an attempt; of one that succeeded it is its session's.
pub type SignInAttemptId = Id<SignInAttempt>;

/// One attempt to sign in: when, on what, from where, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInAttempt {
    /// Its id.
    pub id: SignInAttemptId,
    /// Whose; nobody's where nobody has the name that was typed, which is kept nowhere, for people type passwords
    /// there.
    pub account: Option<AccountId>,
    /// When.
    pub at: Timestamp,
    /// By what.
    pub method: SignInMethod,
    /// What the device calls itself.
    pub device: Option<String>,
    /// From where.
    pub origin: Origin,
    /// What came of it.
    pub outcome: SignInOutcome,
}

/// What somebody proved themselves by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignInMethod {
    /// The password.
    Password,
    /// A mailed link, in the act that made the account.
    Invitation,
    /// The link that the server printed.
    Setup,
}

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignInOutcome {
    /// A session began.
    Success,
    /// It was not the password.
    WrongPassword,
    /// It came too soon or too often, and nothing was compared.
    Locked,
    /// It was the password of an account that is suspended.
    Suspended,
}

impl SignInAttempt {
    /// The one that began a session.
    pub fn that_began(session: &Session, method: SignInMethod) -> Self {
        let it = session.parts();
        let Device { label, fingerprint: _, origin } = it.device.clone();
        Self {
            id: SignInAttemptId::new(it.id.uuid()),
            account: Some(it.account),
            at: it.started_at,
            method,
            device: label,
            origin,
            outcome: SignInOutcome::Success,
        }
    }
    /// One with a password, that began none.
    pub fn that_failed(
        id: SignInAttemptId,
        account: Option<AccountId>,
        device: &Device,
        outcome: SignInOutcome,
        at: Timestamp,
    ) -> Self {
        let Device { label, fingerprint: _, origin } = device.clone();
        Self { id, account, at, method: SignInMethod::Password, device: label, origin, outcome }
    }
    /// Whether it began this session.
    pub fn began(&self, session: SessionId) -> bool {
        self.outcome == SignInOutcome::Success && self.id.uuid() == session.uuid()
    }
}

impl SignInMethod {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::Password, Self::Invitation, Self::Setup];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Invitation => "invitation",
            Self::Setup => "setup",
        }
    }
    /// Nothing for any other word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
}

impl SignInOutcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Success, Self::WrongPassword, Self::Locked, Self::Suspended];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::WrongPassword => "wrong_password",
            Self::Locked => "locked",
            Self::Suspended => "suspended",
        }
    }
    /// Nothing for any other word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
}
