//! A session holds for one account in one generation, until it is ended, idle too long, or too old.
use std::fmt;

use crate::{
    account::{Account, AccountId},
    id::Id,
    receipt::Digest,
    revision::{Generation, Revision},
    settings::Lifetimes,
    time::Timestamp,
};

/// The id of a session.
pub type SessionId = Id<Session>;

/// Somebody who signed in, on one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session(SessionParts);

/// The fields of a stored session, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionParts {
    /// Its id.
    pub id: SessionId,
    /// Who signed in.
    pub account: AccountId,
    /// The generation of the account at that time; a newer one ends the session.
    pub account_generation: Generation,
    /// On what.
    pub device: Device,
    /// When.
    pub started_at: Timestamp,
    /// Until when at the latest.
    pub expires_at: Timestamp,
    /// When it was ended before that.
    pub ended_at: Option<Timestamp>,
    /// How often it was written.
    pub revision: Revision,
}

/// What somebody signed in on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// What it calls itself, as the account's owner may be shown it.
    pub label: Option<String>,
    /// A keyed digest of what it calls itself, to know it again.
    pub fingerprint: Digest,
    /// Where it asked from.
    pub origin: Origin,
}

/// Where a request came from: the client's network address, as the edge made it out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Origin(pub Option<String>);

/// Who calls, and from where: a session proved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub account: AccountId,
    /// From where.
    pub origin: Origin,
}

/// A session, and when it was last used, which no decision rests on but its idling. It stands outside of
/// the revision, so that a request that is slow cannot wake a session that was ended meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenSession {
    /// The session.
    pub session: Session,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
}

impl Session {
    /// Starts one for an account that proved itself.
    pub fn start(
        id: SessionId,
        account: &Account,
        device: Device,
        now: Timestamp,
        lifetimes: &Lifetimes,
    ) -> Self {
        Self(SessionParts {
            id,
            account: account.id(),
            account_generation: account.parts().generation,
            device,
            started_at: now,
            expires_at: now.plus(lifetimes.session),
            ended_at: None,
            revision: Revision::FIRST,
        })
    }
    /// The same under another id, where its holder proved themselves anew: who knew the older one is out.
    #[must_use]
    pub fn renewed(&self, id: SessionId, account: &Account) -> Self {
        Self(SessionParts { id, ended_at: None, revision: Revision::FIRST, ..self.0.clone() }).kept(account)
    }
    /// Goes on where all others of the account end.
    #[must_use]
    pub fn kept(self, account: &Account) -> Self {
        Self(SessionParts { account_generation: account.parts().generation, ..self.0 })
    }
    /// Signs out.
    #[must_use]
    pub fn end(self, at: Timestamp) -> Self {
        Self(SessionParts { ended_at: self.0.ended_at.or(Some(at)), ..self.0 })
    }
    /// Its id.
    pub fn id(&self) -> SessionId {
        self.0.id
    }

    /// For adapters: a stored session.
    pub fn from_parts(parts: SessionParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &SessionParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> SessionParts {
        self.0
    }
}

impl SeenSession {
    /// Whether it was started with the password that this account has, however long it is over.
    pub fn is_of_now(&self, account: &Account) -> bool {
        let it = self.session.parts();
        it.account == account.id() && it.account_generation == account.parts().generation
    }
    /// Whether it lets this account act now. An instant equal to the expiry is expired.
    pub fn admits(&self, account: &Account, now: Timestamp, lifetimes: &Lifetimes) -> bool {
        let it = self.session.parts();
        account.is_active()
            && self.is_of_now(account)
            && it.ended_at.is_none()
            && now < it.expires_at
            && now < self.last_seen_at.plus(lifetimes.session_idle)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("unknown"))
    }
}
