//! An employee code works while it is neither revoked nor expired nor used up, and lets nobody in by itself
//! unless its maker said so.
mod label;
mod secret;

use std::num::NonZeroU32;

use crate::{
    access::Access,
    account::AccountId,
    id::Id,
    organization::OrganizationId,
    permit::{Grant, Permit},
    receipt::Digest,
    revision::Revision,
    time::Timestamp,
};

pub use label::{CodeLabel, NotALabel};
pub use secret::CodeSecret;

/// The id of an employee code.
pub type EmployeeCodeId = Id<EmployeeCode>;

/// A secret that an organization hands to its people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployeeCode(EmployeeCodeParts);

/// The fields of a stored employee code, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmployeeCodeParts {
    /// Its id, from which its secret is derived.
    pub id: EmployeeCodeId,
    /// Into which organization.
    pub organization: OrganizationId,
    /// The first of those that were made together with it; itself where it was made alone.
    pub batch: EmployeeCodeId,
    /// Who made it, and must still be able to give what it gives when it is used.
    pub maker: AccountId,
    /// What it is called, for the organization.
    pub label: Option<CodeLabel>,
    /// By which it is found: the secret itself is stored nowhere.
    pub digest: Digest,
    /// How often it may be used; without end where nothing is said.
    pub uses: Option<NonZeroU32>,
    /// Until when it works. That instant itself is expired.
    pub expires_at: Option<Timestamp>,
    /// What a right one opens.
    pub entry: Entry,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether it was revoked.
    pub state: EmployeeCodeState,
    /// How often it was written.
    pub revision: Revision,
}

/// What a right code opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// It backs a join request, which somebody reviews.
    Review {
        /// What its maker thinks of giving.
        suggested: Option<Access>,
    },
    /// It lets in at once, as long as its maker can still give this.
    Admit {
        /// With how much access.
        access: Access,
    },
}

/// The same, granted by the maker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantedEntry {
    /// It backs a join request.
    Review(Option<Grant>),
    /// It lets in at once.
    Admit(Grant),
}

/// Whether a code was revoked. That it expired, or is used up, is never stored: time and the count decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmployeeCodeState {
    /// It was not.
    Active,
    /// It works no more. Requests that it backed stay.
    Revoked {
        /// Since when.
        at: Timestamp,
        /// By whom.
        by: AccountId,
    },
}

/// What the maker of a code asks for; see [`EmployeeCode::issue`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeTerms {
    /// What it is called, for the organization.
    pub label: Option<CodeLabel>,
    /// How often it may be used.
    pub uses: Option<NonZeroU32>,
    /// Until when it works.
    pub expires_at: Option<Timestamp>,
}

/// An employee code, and how often it was used and refused. Both stand outside of its revision, so that those
/// who use it at the same time are counted by the row itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedCode {
    /// The code.
    pub code: EmployeeCode,
    /// How often it was used: one for each member that it let in, and for each request that it backs or that
    /// was approved.
    pub used: u32,
    /// How often it was refused.
    pub refused: RefusedTries,
}

/// How often a code was typed that did not work any more, or not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct RefusedTries {
    /// It was revoked.
    pub revoked: u32,
    /// It had expired.
    pub expired: u32,
    /// It was used up.
    pub used_up: u32,
    /// It was typed for another organization.
    pub elsewhere: u32,
}

/// Why a code does not work. Only its organization is told which it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Unusable {
    /// Somebody revoked it.
    #[error("the code was revoked")]
    Revoked,
    /// Its time is over.
    #[error("the code has expired")]
    Expired,
    /// It was used as often as it may be.
    #[error("the code is used up")]
    UsedUp,
    /// It is another organization's.
    #[error("the code was tried at another organization")]
    Elsewhere,
}

/// Proof that a code works here and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usable(EmployeeCode);

/// Proof that a code was not revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveCode(EmployeeCode);

impl EmployeeCode {
    /// Made by somebody who may, who gives no more than they hold.
    pub fn issue(
        (id, batch): (EmployeeCodeId, EmployeeCodeId),
        terms: CodeTerms,
        digest: Digest,
        permit: &Permit,
        entry: GrantedEntry,
        now: Timestamp,
    ) -> Self {
        let CodeTerms { label, uses, expires_at } = terms;
        Self(EmployeeCodeParts {
            id,
            organization: permit.organization(),
            batch,
            maker: permit.actor(),
            label,
            digest,
            uses,
            expires_at,
            entry: entry.into(),
            created_at: now,
            state: EmployeeCodeState::Active,
            revision: Revision::FIRST,
        })
    }

    /// Nothing where it was revoked already.
    pub fn active(self) -> Option<ActiveCode> {
        (self.0.state == EmployeeCodeState::Active).then_some(ActiveCode(self))
    }
    /// Whether its time is over.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.0.expires_at.is_some_and(|it| now >= it)
    }
    /// Its id.
    pub fn id(&self) -> EmployeeCodeId {
        self.0.id
    }

    /// For adapters: a stored code.
    pub fn from_parts(parts: EmployeeCodeParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &EmployeeCodeParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> EmployeeCodeParts {
        self.0
    }
}

impl ActiveCode {
    /// From now on it opens nothing.
    #[must_use]
    pub fn revoke(self, permit: &Permit, at: Timestamp) -> EmployeeCode {
        let state = EmployeeCodeState::Revoked { at, by: permit.actor() };
        EmployeeCode(EmployeeCodeParts { state, ..self.0.0 })
    }
}

impl CountedCode {
    /// For whoever types it for this organization.
    ///
    /// # Errors
    /// Why it does not work: that it is another organization's before all, then what somebody decided, then
    /// time, then the count.
    pub fn usable(&self, within: OrganizationId, now: Timestamp) -> Result<Usable, Unusable> {
        if self.code.parts().organization != within {
            return Err(Unusable::Elsewhere);
        }
        match &self.code.parts().state {
            EmployeeCodeState::Revoked { .. } => Err(Unusable::Revoked),
            EmployeeCodeState::Active if self.code.has_expired(now) => Err(Unusable::Expired),
            EmployeeCodeState::Active if self.is_used_up() => Err(Unusable::UsedUp),
            EmployeeCodeState::Active => Ok(Usable(self.code.clone())),
        }
    }
    /// Whether it was used as often as it may be.
    pub fn is_used_up(&self) -> bool {
        self.code.parts().uses.is_some_and(|it| self.used >= it.get())
    }
}

impl RefusedTries {
    /// One more of this reason.
    #[must_use]
    pub fn one_more(self, why: Unusable) -> Self {
        match why {
            Unusable::Revoked => Self { revoked: self.revoked.saturating_add(1), ..self },
            Unusable::Expired => Self { expired: self.expired.saturating_add(1), ..self },
            Unusable::UsedUp => Self { used_up: self.used_up.saturating_add(1), ..self },
            Unusable::Elsewhere => Self { elsewhere: self.elsewhere.saturating_add(1), ..self },
        }
    }
    /// All of them together.
    pub fn all(self) -> u32 {
        let Self { revoked, expired, used_up, elsewhere } = self;
        [revoked, expired, used_up, elsewhere].into_iter().fold(0, u32::saturating_add)
    }
}

impl Unusable {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Revoked, Self::Expired, Self::UsedUp, Self::Elsewhere];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Expired => "expired",
            Self::UsedUp => "used_up",
            Self::Elsewhere => "elsewhere",
        }
    }
}

impl Usable {
    /// The code.
    pub fn parts(&self) -> &EmployeeCodeParts {
        self.0.parts()
    }
}

impl Entry {
    /// What it gives, or its maker thinks of giving.
    pub fn access(&self) -> Option<&Access> {
        match self {
            Self::Review { suggested } => suggested.as_ref(),
            Self::Admit { access } => Some(access),
        }
    }
    /// Whether a right code lets in at once.
    pub fn admits(&self) -> bool {
        matches!(self, Self::Admit { .. })
    }
}

impl From<GrantedEntry> for Entry {
    fn from(granted: GrantedEntry) -> Self {
        match granted {
            GrantedEntry::Review(grant) => Self::Review { suggested: grant.map(Grant::into_access) },
            GrantedEntry::Admit(grant) => Self::Admit { access: grant.into_access() },
        }
    }
}
