//! A request that is sent twice is done once, and the repeat is told the first outcome.
use std::{fmt, time::Duration};

use crate::{
    account::AccountId,
    email_change::EmailChangeId,
    email_domain::EmailDomainId,
    employee_code::EmployeeCodeId,
    invitation::InvitationId,
    join_request::JoinRequestId,
    membership::MembershipId,
    organization::OrganizationId,
    session::SessionId,
    sign_up::SignUpId,
    time::{DAY, Timestamp},
};

/// How long a key is kept.
pub const KEPT: Duration = DAY;

/// A keyed digest of 256 bits: without the keyring nothing can be found out from it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

/// Whose key this is, and on which route; two callers may use the same key. A keyed digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Scope(pub Digest);

/// A caller's key, and a digest of everything that they asked for with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// Whose, and on which route.
    pub scope: Scope,
    /// The key: 1 to 255 visible ASCII characters.
    pub key: String,
    /// Of the whole request.
    pub fingerprint: Digest,
}

/// What came of a verb: ids only. Bodies and statuses belong to the driving adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The platform has its first account, organization and session.
    SetUp {
        /// The first administrator.
        account: AccountId,
        /// The first organization.
        organization: OrganizationId,
        /// Their session.
        session: SessionId,
    },
    /// Somebody signed in.
    SignedIn {
        /// The session.
        session: SessionId,
    },
    /// Somebody filled in the form of a sign-up, or asked for a new code.
    SignUp {
        /// The sign-up.
        sign_up: SignUpId,
    },
    /// Somebody confirmed their address.
    SignedUp {
        /// Their account.
        account: AccountId,
    },
    /// Somebody asked for another address, or for a new code, or confirmed it.
    EmailChange {
        /// The change of address.
        change: EmailChangeId,
    },
    /// An organization was founded.
    Founded {
        /// The organization.
        organization: OrganizationId,
        /// Its founder's place in it.
        membership: MembershipId,
    },
    /// An invitation was made, sent again, amended or revoked.
    Invitation {
        /// The invitation.
        invitation: InvitationId,
    },
    /// Somebody new came in.
    Registered {
        /// Their account.
        account: AccountId,
        /// Their place in the organization.
        membership: MembershipId,
        /// Their session.
        session: SessionId,
    },
    /// Somebody with an account came in.
    Joined {
        /// Their place in the organization.
        membership: MembershipId,
    },
    /// The ownership went from one member to another.
    HandedOver {
        /// Who had it.
        from: MembershipId,
        /// Who has it.
        to: MembershipId,
    },
    /// An e-mail domain was added, verified or changed.
    EmailDomain {
        /// The e-mail domain.
        domain: EmailDomainId,
    },
    /// A password was changed.
    PasswordChanged {
        /// The session that goes on.
        session: SessionId,
    },
    /// Employee codes were made.
    EmployeeCodes {
        /// The first of them, by which all that were made together are found.
        batch: EmployeeCodeId,
    },
    /// A join request was made, decided, withdrawn, or its reviewers reminded.
    JoinRequest {
        /// The request.
        request: JoinRequestId,
    },
    /// A verb that has nothing to show but that it was done.
    Done,
}

/// That a request was done, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The request.
    pub once: Once,
    /// What came of it.
    pub outcome: Outcome,
    /// When; a receipt older than [`KEPT`] counts no more.
    pub at: Timestamp,
}

/// What a second use of a key is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// The same request: what came of it.
    Done(Outcome),
    /// Another one.
    KeyReused,
}

impl Receipt {
    /// What a second use of this key is told.
    pub fn answer(&self, fingerprint: Digest) -> Repeat {
        if self.once.fingerprint == fingerprint { Repeat::Done(self.outcome) } else { Repeat::KeyReused }
    }
    /// Whether its key may be used anew.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.at.plus(KEPT)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({:02x}{:02x}…)", self.0[0], self.0[1])
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
