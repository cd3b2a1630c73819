//! A reset link works once, until it expires, and only for the password and the address that it was sent for.
mod request;

use crate::{
    account::{Account, AccountId},
    email::Email,
    refusal::{Refusal, RefusalKind},
    revision::{Generation, Revision},
    time::Timestamp,
};

pub use request::{ResetRequest, ResetRequestId};

/// What became of the links that an account was sent to set a new password. There is one for each account.
///
/// ```
/// use registration_domain::{
///     account::Account,
///     password_reset::{NotUsable, PasswordReset},
///     revision::Generation,
///     time::{HOUR, Timestamp},
/// };
///
/// # fn check(account: &Account) -> Result<(), NotUsable> {
/// let now = Timestamp::from_micros(0);
/// let first = PasswordReset::begin(account, now.plus(HOUR));
/// let second = first.again(account, now.plus(HOUR));
/// assert_eq!(second.clone().usable(Generation(0), account, now), Err(NotUsable::Superseded));
/// let used = second.usable(Generation(1), account, now)?.use_up(now);
/// assert_eq!(used.usable(Generation(1), account, now), Err(NotUsable::Used));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordReset(PasswordResetParts);

/// The fields of a stored reset, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordResetParts {
    /// Whose password.
    pub account: AccountId,
    /// The generation of the account when the newest link was made; a newer one ends the link.
    pub account_generation: Generation,
    /// The address that the newest link was sent to.
    pub email: Email,
    /// Which of its links holds.
    pub generation: Generation,
    /// Until when. That instant itself is expired.
    pub expires_at: Timestamp,
    /// What became of that link.
    pub state: ResetState,
    /// How often it was written.
    pub revision: Revision,
}

/// What became of the newest link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResetState {
    /// Nobody used it.
    Open,
    /// A new password was set by it.
    Used {
        /// When.
        at: Timestamp,
    },
}

/// Proof that a link may set a new password now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usable(PasswordReset);

/// Why a link cannot be used. Its holder may know which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NotUsable {
    /// There is no such link.
    #[error("there is no such link")]
    Unknown,
    /// A newer one was sent.
    #[error("a newer link was sent; use that one")]
    Superseded,
    /// It works once.
    #[error("this link has been used")]
    Used,
    /// Its time is over.
    #[error("this link has expired")]
    Expired,
    /// The password or the address was changed after it was sent, or the account can no longer be used.
    #[error("the password or the address was changed after this link was sent")]
    Void,
}

impl PasswordReset {
    /// The first link of an account.
    pub fn begin(account: &Account, expires_at: Timestamp) -> Self {
        let it = account.parts();
        Self(PasswordResetParts {
            account: it.id,
            account_generation: it.generation,
            email: it.email.clone(),
            generation: Generation::FIRST,
            expires_at,
            state: ResetState::Open,
            revision: Revision::FIRST,
        })
    }
    /// A new link in place of the older one, for the account as it is now.
    #[must_use]
    pub fn again(self, account: &Account, expires_at: Timestamp) -> Self {
        let PasswordResetParts { generation, revision, .. } = self.0;
        let Self(first) = Self::begin(account, expires_at);
        Self(PasswordResetParts { generation: generation.next(), revision, ..first })
    }
    /// Proof that this link may be used.
    ///
    /// # Errors
    /// [`NotUsable`]: what the link is, what became of it, its time, and what it rests on; in this order.
    pub fn usable(self, link: Generation, account: &Account, now: Timestamp) -> Result<Usable, NotUsable> {
        let it = &self.0;
        if link > it.generation {
            return Err(NotUsable::Unknown);
        }
        if link < it.generation {
            return Err(NotUsable::Superseded);
        }
        if it.state != ResetState::Open {
            return Err(NotUsable::Used);
        }
        if now >= it.expires_at {
            return Err(NotUsable::Expired);
        }
        if self.rests_on(account) { Ok(Usable(self)) } else { Err(NotUsable::Void) }
    }
    fn rests_on(&self, account: &Account) -> bool {
        let (it, now) = (&self.0, account.parts());
        account.is_active()
            && it.account == now.id
            && it.account_generation == now.generation
            && it.email.is_same_mailbox(&now.email)
    }
    /// Whose.
    pub fn account(&self) -> AccountId {
        self.0.account
    }

    /// For adapters: a stored reset.
    pub fn from_parts(parts: PasswordResetParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &PasswordResetParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> PasswordResetParts {
        self.0
    }
}

impl Usable {
    /// It works no more.
    #[must_use]
    pub fn use_up(self, now: Timestamp) -> PasswordReset {
        PasswordReset(PasswordResetParts { state: ResetState::Used { at: now }, ..self.0.0 })
    }
    /// All of it, to read.
    pub fn parts(&self) -> &PasswordResetParts {
        &self.0.0
    }
}

impl Refusal for NotUsable {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Unknown => (RefusalKind::NotFound, "reset_link_unknown"),
            Self::Superseded => (RefusalKind::Gone, "reset_link_superseded"),
            Self::Used => (RefusalKind::Conflict, "reset_link_used"),
            Self::Expired => (RefusalKind::Gone, "reset_link_expired"),
            Self::Void => (RefusalKind::Gone, "reset_link_void"),
        }
    }
}
