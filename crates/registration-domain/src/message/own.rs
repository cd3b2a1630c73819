//! What somebody is told of their own account: its address, and its end.
use crate::{
    account::AccountId, email_change::EmailChangeId, person_name::PersonName, revision::Generation,
    time::Timestamp,
};

/// A mail about somebody's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnLetter {
    /// To the new address: the code, made when it is rendered.
    AddressCode {
        /// The change.
        change: EmailChangeId,
        /// Which of its codes; an older one is not sent any more.
        generation: Generation,
        /// Until when it is right.
        expires_at: Timestamp,
    },
    /// To the owner of an account: somebody wants its address for another one.
    AddressInUse {
        /// The change.
        change: EmailChangeId,
        /// In the place of which of its codes.
        generation: Generation,
    },
    /// To the address that an account had: it has another one.
    AddressChanged {
        /// Whose.
        account: AccountId,
        /// Who.
        person: PersonName,
        /// When.
        at: Timestamp,
    },
    /// To the address that an account had: its owner closed it.
    AccountClosed {
        /// Whose.
        account: AccountId,
        /// Who.
        person: PersonName,
        /// When.
        at: Timestamp,
    },
}

impl OwnLetter {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::AddressCode { .. } => "address_code",
            Self::AddressInUse { .. } => "address_in_use",
            Self::AddressChanged { .. } => "address_changed",
            Self::AccountClosed { .. } => "account_closed",
        }
    }
}
