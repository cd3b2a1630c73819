//! All reads of a verb come from one moment, in which nothing moves.
mod joining;
mod sign_ups;

use async_trait::async_trait;

use super::PortError;
use crate::{
    access::RoleKey,
    account::{Account, AccountId},
    change::{ActId, Review},
    count::Count,
    domain_name::DomainName,
    email::Email,
    email_change::{EmailChange, EmailChangeId},
    email_domain::{EmailDomain, EmailDomainId},
    invitation::{Invitation, InvitationId, Purpose},
    limit::{Counted, Tally},
    membership::{Membership, MembershipId},
    organization::{Organization, OrganizationId},
    page::{Listing, Page},
    password_reset::{PasswordReset, ResetRequest, ResetRequestId},
    permit::Standing,
    receipt::{Digest, Receipt, Scope},
    session::{SeenSession, SessionId},
    settings::Lifetimes,
    setup::{Founding, SetupLink, SetupLinkId},
    sign_in_log::SignInAttempt,
    time::Timestamp,
    username::Username,
    view::{
        AuditFilter, AuditView, DiscoverableOrganization, EmailDomainView, InvitationCounts,
        InvitationFilter, InvitationView, Involved, MemberCounts, MemberFilter, MemberView, MembershipView,
        NotificationView, Person, SignInFilter,
    },
};

pub use joining::{EmployeeCodes, JoinRequests};
pub use sign_ups::SignUps;

/// Where moments come from.
#[async_trait]
pub trait Reads: Send + Sync {
    /// A view in which nothing moves. Reads that straddle a commit would add up to a refusal that no
    /// order of events explains, and no commit would catch it, for a refusal commits nothing.
    async fn moment(&self) -> Result<Box<dyn Moment>, PortError>;

    /// The same as [`Sessions::session`] in a moment of its own. Every request begins with it, so a store may
    /// answer it in one statement, in which nothing moves either.
    async fn session(&self, id: SessionId) -> Result<Option<(SeenSession, Account)>, PortError> {
        self.moment().await?.session(id).await
    }
}

/// What was true at one moment. Dropped before the commit: nothing is held while deciding.
pub trait Moment:
    Accounts
    + EmailChanges
    + Sessions
    + SignIns
    + PasswordResets
    + SignUps
    + Organizations
    + Memberships
    + Invitations
    + Notifications
    + JoinRequests
    + EmployeeCodes
    + AuditTrail
    + Receipts
    + Counts
    + Foundings
    + Reviews
    + EmailDomains
{
}
impl<T> Moment for T where
    T: Accounts
        + EmailChanges
        + Sessions
        + SignIns
        + PasswordResets
        + SignUps
        + Organizations
        + Memberships
        + Invitations
        + Notifications
        + JoinRequests
        + EmployeeCodes
        + AuditTrail
        + Receipts
        + Counts
        + Foundings
        + Reviews
        + EmailDomains
{
}

/// Reads of accounts.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// The account of this id, in any state.
    async fn account(&self, id: AccountId) -> Result<Option<Account>, PortError>;
    /// The account at this canonical address that is not closed.
    async fn account_at(&self, email: &Email) -> Result<Option<Account>, PortError>;
    /// The account of this username that is not closed.
    async fn account_named(&self, username: &Username) -> Result<Option<Account>, PortError>;
    /// An administrator of the platform who can act and is not this one.
    async fn another_administrator(&self, than: AccountId) -> Result<Option<Account>, PortError>;
}

/// Reads of changes of address.
#[async_trait]
pub trait EmailChanges: Send + Sync {
    /// The change of this id, in any state.
    async fn email_change(&self, id: EmailChangeId) -> Result<Option<EmailChange>, PortError>;
    /// The one of this account that was neither verified nor replaced, expired or not.
    async fn waiting_email_change(&self, of: AccountId) -> Result<Option<EmailChange>, PortError>;
}

/// Reads of sessions.
#[async_trait]
pub trait Sessions: Send + Sync {
    /// The session of this id, in any state, and its account.
    async fn session(&self, id: SessionId) -> Result<Option<(SeenSession, Account)>, PortError>;
    /// What is known of the devices of an account.
    async fn devices(&self, of: AccountId, fingerprint: Digest) -> Result<Devices, PortError>;
    /// Some of the accounts that have a session which was not ended and has not expired, each once, in the order of
    /// their ids, behind this one.
    async fn signed_in_accounts(
        &self,
        after: Option<AccountId>,
        now: Timestamp,
        limit: u16,
    ) -> Result<Vec<AccountId>, PortError>;
    /// The sessions that [admit](SeenSession::admits) this account now, newest first.
    async fn live_sessions(
        &self,
        of: &Account,
        lifetimes: &Lifetimes,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<SeenSession>, PortError>;
}

/// What is known of the devices of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Devices {
    /// Nobody ever signed in.
    None,
    /// Somebody signed in, never on this one.
    Others,
    /// Somebody signed in on this one.
    This,
}

/// Reads of the sign-in log.
#[async_trait]
pub trait SignIns: Send + Sync {
    /// The attempts to sign in as this account, newest first.
    async fn sign_ins(
        &self,
        of: AccountId,
        filter: &SignInFilter,
        page: &Page,
    ) -> Result<Listing<SignInAttempt>, PortError>;
}

/// Reads of links that set a new password.
#[async_trait]
pub trait PasswordResets: Send + Sync {
    /// What became of the links of an account; nothing where it was sent none.
    async fn password_reset(&self, of: AccountId) -> Result<Option<PasswordReset>, PortError>;
    /// The request of this id, if it was neither answered nor replaced.
    async fn reset_request(&self, id: ResetRequestId) -> Result<Option<ResetRequest>, PortError>;
    /// Some of the requests that are due, those that are due longest first.
    async fn reset_requests(&self, now: Timestamp, limit: u16) -> Result<Vec<ResetRequest>, PortError>;
}

/// Reads of organizations.
#[async_trait]
pub trait Organizations: Send + Sync {
    /// The organization of this id.
    async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, PortError>;
    /// How many Owners it has who can act: both the membership and the account are active.
    async fn owners(&self, of: OrganizationId) -> Result<u32, PortError>;
    /// Those that let themselves be found, and of which one of the [`spellings`](crate::text::spellings) holds
    /// one of those of the query; ordered by the [`fold`](crate::text::fold) of their names. An empty query
    /// is part of every name.
    async fn discoverable(
        &self,
        query: &str,
        page: &Page,
    ) -> Result<Listing<DiscoverableOrganization>, PortError>;
}

/// Reads of memberships.
#[async_trait]
pub trait Memberships: Send + Sync {
    /// What an active member with an active account may do; nothing for anybody else.
    async fn standing(&self, of: AccountId, within: OrganizationId) -> Result<Option<Standing>, PortError>;
    /// The membership of this id, in any state.
    async fn membership(&self, id: MembershipId) -> Result<Option<Membership>, PortError>;
    /// The same, with what belongs beside it.
    async fn member(&self, id: MembershipId) -> Result<Option<MemberView>, PortError>;
    /// The members of an organization, in the filter's order.
    async fn members(
        &self,
        of: OrganizationId,
        filter: &MemberFilter,
        page: &Page,
    ) -> Result<Listing<MemberView>, PortError>;
    /// How many members an organization has and had.
    async fn count_members(&self, of: OrganizationId) -> Result<MemberCounts, PortError>;
    /// Some of those who may change what others may do, and whose accounts are active: Owners first, then who
    /// has all, then who has one of these roles, then who was given just that permission.
    async fn access_givers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Person>, PortError>;
    /// Some of the Owners whose accounts are active, who were members longest first.
    async fn owner_accounts(&self, of: OrganizationId, limit: u16) -> Result<Vec<Account>, PortError>;
    /// Some of those who may review join requests, and whose accounts are active: who has all, who has one of
    /// these roles, and who was given just that permission. Who signed in last comes first.
    async fn reviewers(
        &self,
        of: OrganizationId,
        roles: &[RoleKey],
        limit: u16,
    ) -> Result<Vec<Account>, PortError>;
    /// Where somebody belongs today, in the order in which they came.
    async fn memberships(&self, of: AccountId, page: &Page) -> Result<Listing<MembershipView>, PortError>;
    /// The same, and where they belonged.
    async fn all_memberships(&self, of: AccountId, page: &Page)
    -> Result<Listing<MembershipView>, PortError>;
}

/// Reads of invitations.
#[async_trait]
pub trait Invitations: Send + Sync {
    /// The invitation of this id, in any state.
    async fn invitation(&self, id: InvitationId) -> Result<Option<Invitation>, PortError>;
    /// The pending one at this canonical address, expired or not.
    async fn pending(
        &self,
        within: OrganizationId,
        purpose: Purpose,
        email: &Email,
    ) -> Result<Option<Invitation>, PortError>;
    /// Some of the pending ones of this inviter, from behind an id, in the order of ids.
    async fn pending_by(
        &self,
        inviter: AccountId,
        within: OrganizationId,
        after: Option<InvitationId>,
        limit: u16,
    ) -> Result<Vec<Invitation>, PortError>;
    /// Those that are pending at this canonical address and have not expired at this time, newest first.
    async fn open_invitations(
        &self,
        at: &Email,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError>;
    /// Whether this address wants no more invitations of this organization.
    async fn is_blocked(&self, organization: OrganizationId, email: &Email) -> Result<bool, PortError>;
    /// The same as [`invitation`](Self::invitation), with what belongs beside it.
    async fn invitation_view(&self, id: InvitationId) -> Result<Option<InvitationView>, PortError>;
    /// The invitations of an organization, newest first. What is expired, `now` tells.
    async fn invitations(
        &self,
        of: OrganizationId,
        filter: &InvitationFilter,
        now: Timestamp,
        page: &Page,
    ) -> Result<Listing<InvitationView>, PortError>;
    /// What somebody sent, into whichever organization, newest first.
    async fn invitations_by(&self, inviter: AccountId, page: &Page)
    -> Result<Listing<Invitation>, PortError>;
    /// What was sent to this canonical address, newest first.
    async fn invitations_to(&self, email: &Email, page: &Page) -> Result<Listing<Invitation>, PortError>;
    /// How many open ones an organization has at this time; the lists with the same filters have as many.
    async fn count_invitations(
        &self,
        of: OrganizationId,
        now: Timestamp,
    ) -> Result<InvitationCounts, PortError>;
}

/// Reads of what people are told on their own pages.
#[async_trait]
pub trait Notifications: Send + Sync {
    /// What somebody was told, newest first.
    async fn notifications(&self, of: AccountId, page: &Page)
    -> Result<Listing<NotificationView>, PortError>;
    /// How much of it they have not read.
    async fn count_unread(&self, of: AccountId) -> Result<Count, PortError>;
}

/// Reads of e-mail domains.
#[async_trait]
pub trait EmailDomains: Send + Sync {
    /// The e-mail domain of this id, in any state.
    async fn email_domain(&self, id: EmailDomainId) -> Result<Option<EmailDomain>, PortError>;
    /// The one that this organization has of this domain, verified or not; never a removed one.
    async fn email_domain_of(
        &self,
        organization: OrganizationId,
        name: &DomainName,
    ) -> Result<Option<EmailDomain>, PortError>;
    /// The verified one of this domain, whichever organization has it.
    async fn verified_email_domain(&self, name: &DomainName) -> Result<Option<EmailDomain>, PortError>;
    /// The same as [`email_domain`](Self::email_domain), with what belongs beside it.
    async fn email_domain_view(&self, id: EmailDomainId) -> Result<Option<EmailDomainView>, PortError>;
    /// Those of an organization that were not removed, in the order in which they were added.
    async fn email_domains(
        &self,
        of: OrganizationId,
        page: &Page,
    ) -> Result<Listing<EmailDomainView>, PortError>;
    /// Some of the verified ones for whose proof DNS was asked last at this time or before it, the longest ago
    /// first.
    async fn email_domains_to_check(
        &self,
        before: Timestamp,
        limit: u16,
    ) -> Result<Vec<EmailDomain>, PortError>;
}

/// Reads of the audit log.
#[async_trait]
pub trait AuditTrail: Send + Sync {
    /// The lines of an organization, newest first.
    async fn audit_events(
        &self,
        of: OrganizationId,
        filter: &AuditFilter,
        page: &Page,
    ) -> Result<Listing<AuditView>, PortError>;
    /// How many lines that list has.
    async fn count_audit_events(&self, of: OrganizationId, filter: &AuditFilter) -> Result<Count, PortError>;
    /// The lines in which this account is involved, in whichever log they stand, newest first.
    async fn audit_events_of(
        &self,
        account: AccountId,
        involved: Involved,
        page: &Page,
    ) -> Result<Listing<AuditView>, PortError>;
}

/// Reads of what was done before.
#[async_trait]
pub trait Receipts: Send + Sync {
    /// The receipt under this key, expired or not.
    async fn receipt(&self, scope: Scope, key: &str) -> Result<Option<Receipt>, PortError>;
    /// Whether the change set of this act was written.
    async fn was_committed(&self, act: ActId) -> Result<bool, PortError>;
}

/// Reads of what was counted.
#[async_trait]
pub trait Counts: Send + Sync {
    /// What was counted of late; nothing where nothing was.
    async fn counted(&self, tally: &Tally) -> Result<Counted, PortError>;
}

/// Reads of how the platform began.
#[async_trait]
pub trait Foundings: Send + Sync {
    /// Who founded the platform; nothing while nobody owns it.
    async fn founding(&self) -> Result<Option<Founding>, PortError>;
    /// The setup link of this id, expired or not.
    async fn setup_link(&self, id: SetupLinkId) -> Result<Option<SetupLink>, PortError>;
}

/// Reads of whose invitations are to be looked through.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// Some of them, oldest first.
    async fn reviews(&self, limit: u16) -> Result<Vec<Review>, PortError>;
}
