//! The contract, executable: the store that every other one must agree with.
//!
//! It is written to be read: every rule of the ports stands here once, in the plainest form that there is,
//! and lists are scans. All rows of one moment are shared, never copied, until somebody writes.
mod apply;
mod joining;
mod list;
mod notification;
mod outbox;
mod own;
mod read;
mod row;
mod sweep;
mod table;

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use registration_domain::{
    account::{Account, AccountId},
    audit::{AuditEvent, AuditEventId},
    change::{ActId, ChangeSet, Review},
    email_change::{EmailChange, EmailChangeId},
    email_domain::EmailDomainId,
    employee_code::{CountedCode, EmployeeCodeId},
    invitation::{Invitation, InvitationId},
    join_request::{JoinRequest, JoinRequestId},
    limit::{Counted, Tally},
    membership::MembershipId,
    message::MessageId,
    notification::NotificationId,
    organization::{Organization, OrganizationId},
    password_reset::{PasswordReset, ResetRequest},
    port::{Act, CommitError, Ledger, Moment, PortError, Reads},
    receipt::{Digest, Receipt},
    session::{SeenSession, SessionId},
    setup::{Founding, SetupLink, SetupLinkId},
    sign_in_log::{SignInAttempt, SignInAttemptId},
    sign_up::{SignUp, SignUpId},
    time::Timestamp,
};

use notification::Told;
use outbox::Queued;
use row::{CheckedDomain, Seat};
use table::Table;

/// A store in memory, which forgets all when it is dropped.
///
/// ```
/// use registration_domain::{
///     change::{Change, ChangeSet},
///     port::{Act, Ids, Ledger, Reads},
///     setup::SetupLink,
///     time::HOUR,
/// };
/// use registration_testkit::{memory::MemoryStore, stub::{CountingIds, NOW}};
///
/// # pollster::block_on(async {
/// let (store, ids): (_, &dyn Ids) = (MemoryStore::default(), &CountingIds::default());
/// let link = SetupLink::issue(ids.fresh(), HOUR, NOW);
/// store.commit(Act { id: ids.fresh(), at: NOW }, ChangeSet::new().with(Change::AddSetupLink(link))).await?;
/// assert_eq!(store.moment().await?.setup_link(link.id).await?, Some(link));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Tables>);

/// All rows. A clone shares them.
#[derive(Debug, Clone, Default)]
struct Tables {
    acts: Table<ActId, Timestamp>,
    receipts: Table<(Digest, String), Receipt>,
    counts: Table<Tally, Count>,
    setup_links: Table<SetupLinkId, SetupLink>,
    founding: Option<Founding>,
    sign_ups: Table<SignUpId, SignUp>,
    email_changes: Table<EmailChangeId, EmailChange>,
    accounts: Table<AccountId, Account>,
    sessions: Table<SessionId, SeenSession>,
    sign_ins: Table<SignInAttemptId, SignInAttempt>,
    password_resets: Table<AccountId, PasswordReset>,
    reset_requests: Table<String, ResetRequest>,
    organizations: Table<OrganizationId, Organization>,
    seats: Table<MembershipId, Seat>,
    invitations: Table<InvitationId, Invitation>,
    employee_codes: Table<EmployeeCodeId, CountedCode>,
    join_requests: Table<JoinRequestId, JoinRequest>,
    blocks: Table<(OrganizationId, String), ()>,
    reviews: Vec<Review>,
    email_domains: Table<EmailDomainId, CheckedDomain>,
    outbox: Table<MessageId, Queued>,
    notifications: Table<NotificationId, Told>,
    audit: Table<AuditEventId, AuditEvent>,
}

/// What was counted, and when none of it counts any more.
#[derive(Debug, Clone)]
struct Count {
    counted: Counted,
    over_at: Timestamp,
}

impl MemoryStore {
    /// A poisoned lock is no reason to stop: tables are replaced whole, so none is ever half written.
    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Ledger for MemoryStore {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        let mut current = self.tables();
        let next = current.clone().after(act, changes)?;
        *current = next;
        Ok(())
    }
}

#[async_trait]
impl Reads for MemoryStore {
    async fn moment(&self) -> Result<Box<dyn Moment>, PortError> {
        Ok(Box::new(self.tables().clone()))
    }
}
