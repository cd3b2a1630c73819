//! What the hexagon asks of the outside world. The testkit's contracts say what each promise means.
mod delivery;
mod domain_proof;
mod reads;
mod secrets;

use async_trait::async_trait;
use uuid::Uuid;

use crate::{
    change::{ActId, ChangeSet},
    id::Id,
    limit::Limited,
    receipt::Repeat,
    time::Timestamp,
};

pub use delivery::{Claimed, Lease, LeaseId, Mail, Mailer, MailerError, Outbox, Settlement};
pub use domain_proof::{DomainProof, NoAnswer};
pub use reads::{
    Accounts, AuditTrail, Counts, Devices, EmailChanges, EmailDomains, EmployeeCodes, Foundings, Invitations,
    JoinRequests, Memberships, Moment, Notifications, Organizations, PasswordResets, Reads, Receipts,
    Reviews, Sessions, SignIns, SignUps,
};
pub use secrets::{Codes, CursorSealer, Fingerprints, LinkSealer, PasswordHasher};

/// The only way to write.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Applies all changes in their order, or none of them, and keeps the act's id with them.
    ///
    /// # Errors
    /// [`CommitError`]; whichever it is, nothing was written, except after [`CommitError::Unknown`].
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError>;
}

/// One decision to be written: [`Receipts::was_committed`] tells whether it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// Fresh for each try.
    pub id: ActId,
    /// When it was decided.
    pub at: Timestamp,
}

/// Removes what nobody can need any more. Nothing rests on its being run.
#[async_trait]
pub trait Sweeper: Send + Sync {
    /// Forgets receipts, counts, acts, setup links, reset links and sessions whose time is long over, lines of the
    /// sign-in log that are older than [`SIGN_INS_KEPT`](crate::sign_in_log::SIGN_INS_KEPT), and notifications of
    /// more than a year ago; a bounded part of them at a time. Answers how many rows went.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    async fn sweep(&self, now: Timestamp) -> Result<u64, PortError>;
}

/// The time.
pub trait Clock: Send + Sync {
    /// To the microsecond, in UTC.
    fn now(&self) -> Timestamp;
}

/// Fresh ids.
pub trait Ids: Send + Sync {
    /// One that never was before: a UUIDv7 in the product.
    fn uuid(&self) -> Uuid;
}

impl dyn Ids {
    /// A typed one.
    pub fn fresh<Of>(&self) -> Id<Of> {
        Id::new(self.uuid())
    }
}

/// Why an adapter could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum PortError {
    /// It did not answer, or not in time.
    #[error("what stands behind a port did not answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It has more to do than it can, and took nothing on.
    #[error("there is too much to do")]
    Overloaded,
    /// A row in no legal state is reported, never guessed at.
    #[error("{table} {row} is corrupt: {what}")]
    Corrupt {
        /// Where it lies.
        table: &'static str,
        /// Its key.
        row: String,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// A revision moved, or a race was lost.
    #[error("somebody else changed the same record first")]
    Conflict,
    /// An index was hit. The verb reads again, and finds the words for it in the rules.
    #[error("{0:?} is taken")]
    Taken(Unique),
    /// A count is at its maximum.
    #[error("the limit {} is spent", what.key())]
    Spent {
        /// Which.
        what: Limited,
        /// From when on there is room again, if nobody takes it before.
        until: Timestamp,
    },
    /// The key of the receipt was used before.
    #[error("this was asked before")]
    Repeated(Repeat),
    /// The answer was lost: it may have been written.
    #[error("whether it was written is not known")]
    Unknown(#[source] PortError),
    /// The store failed, and wrote nothing.
    #[error(transparent)]
    Port(#[from] PortError),
}

impl CommitError {
    /// What the store itself failed with. Nothing where the change set was refused: for what nobody waits for, such as
    /// a job's, whoever was faster did it.
    pub(crate) fn failure(self) -> Result<(), PortError> {
        match self {
            Self::Port(error) | Self::Unknown(error) => Err(error),
            Self::Conflict | Self::Taken(_) | Self::Spent { .. } | Self::Repeated(_) => Ok(()),
        }
    }
}

/// What an index keeps unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unique {
    /// One account for each canonical address.
    Email,
    /// One account for each username.
    Username,
    /// One active membership for each organization and account.
    Membership,
    /// One waiting change of address for each account.
    WaitingEmailChange,
    /// One pending invitation for each organization, purpose and canonical address.
    PendingInvitation,
    /// One pending join request for each organization and account.
    PendingJoinRequest,
    /// One employee code for each digest.
    EmployeeCode,
    /// One founding of the platform.
    Founding,
    /// One e-mail domain that was not removed for each organization and domain.
    EmailDomain,
    /// One verified e-mail domain for each domain, in all organizations.
    VerifiedEmailDomain,
}
