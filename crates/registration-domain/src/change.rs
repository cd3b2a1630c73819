//! Everything the system can write or send, as data. A ledger applies a set of changes whole or not at all.
use std::fmt::Display;

use crate::{
    account::{Account, AccountId},
    audit::AuditEvent,
    email::Email,
    email_change::EmailChange,
    email_domain::{EmailDomain, EmailDomainId},
    employee_code::{EmployeeCode, EmployeeCodeId, Unusable},
    id::Id,
    invitation::Invitation,
    join_request::JoinRequest,
    limit::{Limit, Tally},
    membership::{Membership, MembershipId},
    message::Message,
    notification::{Notification, Reading},
    organization::{Organization, OrganizationId},
    password_reset::{PasswordReset, ResetRequest},
    permit::Permit,
    receipt::Receipt,
    revision::Revision,
    session::{Session, SessionId},
    setup::{Founding, SetupLink},
    sign_in_log::{SignInAttempt, SignInMethod},
    sign_up::SignUp,
    time::Timestamp,
};

/// The id of one change set, stored with it: a commit whose answer was lost is looked up by it.
pub type ActId = Id<ChangeSet>;

/// One thing to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Unique on its scope and key, among those that have not expired at its time.
    Receipt(Receipt),
    /// Writes nothing, but holds only while this is as it was read.
    Expect(Expectation),
    /// Counts one more, unless [`Counted::and`](crate::limit::Counted::and) has no room for it: then the commit
    /// is refused as spent. A guess is spent in a commit of its own before it is compared, for one that rolls
    /// back with its failure costs nothing.
    Spend {
        /// What holds.
        limit: Limit,
        /// For whom it is counted.
        subject: String,
        /// When.
        at: Timestamp,
    },
    /// Takes one back that was counted.
    Refund {
        /// Where it was counted.
        tally: Tally,
        /// When.
        at: Timestamp,
    },
    /// Counts from nothing again.
    Forgive {
        /// What was counted.
        tally: Tally,
    },
    /// What stands outside of every revision, for no decision but an idle session's rests on it.
    Touch(Touch),
    /// A link that the server prints.
    AddSetupLink(SetupLink),
    /// There is one at the most.
    Found(Founding),
    /// What somebody filled in. It holds nothing.
    AddSignUp(SignUp),
    /// A new code, or what became of it.
    UpdateSignUp(SignUp),
    /// Unique on its canonical address and on its username.
    AddAccount(Account),
    /// An update holds only while the stored revision is the one that was read. Where the account can be used no
    /// more, its memberships move with it: whatever was decided on their grounds is a conflict.
    UpdateAccount(Account),
    /// A new session.
    AddSession(Session),
    /// Ends a session.
    UpdateSession(Session),
    /// What came of an attempt to sign in, with what it tells of.
    LogSignIn(SignInAttempt),
    /// Somebody wants a reset link. One for each canonical address: a newer one takes the place of the older.
    AskReset(ResetRequest),
    /// It was answered; one that took its place meanwhile stays.
    EndResetRequest(ResetRequest),
    /// The first reset link of an account.
    AddPasswordReset(PasswordReset),
    /// A newer link, or that it was used.
    UpdatePasswordReset(PasswordReset),
    /// A new organization.
    AddOrganization(Organization),
    /// Also with each change of its Owners, so that they cannot be changed at the same time.
    UpdateOrganization(Organization),
    /// Unique on organization and account among the active ones.
    AddMembership(Membership),
    /// A changed access, or the end of it.
    UpdateMembership(Membership),
    /// Unique on organization, purpose and canonical address among the pending ones.
    AddInvitation(Invitation),
    /// A new link, or what became of it.
    UpdateInvitation(Invitation),
    /// Unique on organization and domain among those that were not removed.
    AddEmailDomain(EmailDomain),
    /// Verified ones are unique on their domain, whichever organization has them.
    UpdateEmailDomain(EmailDomain),
    /// Unique on its digest.
    AddEmployeeCode(EmployeeCode),
    /// A code that is revoked. How often it was used and refused stays as it is.
    UpdateEmployeeCode(EmployeeCode),
    /// Counts one more use, where the code is active, in time and not used up as it is stored; else it is a
    /// conflict. It stands outside of the revision.
    UseEmployeeCode {
        /// Which.
        code: EmployeeCodeId,
        /// When.
        at: Timestamp,
    },
    /// Gives a use back: what it backed came to nothing.
    ReturnEmployeeCode(EmployeeCodeId),
    /// Counts one more try that was refused, for this reason.
    RefuseEmployeeCode {
        /// Which.
        code: EmployeeCodeId,
        /// Why.
        why: Unusable,
    },
    /// Unique on organization and account among the pending ones.
    AddJoinRequest(JoinRequest),
    /// What became of it, or that somebody was reminded of it.
    UpdateJoinRequest(JoinRequest),
    /// This organization invites this address no more. To block twice is to block.
    Block {
        /// Who invited.
        organization: OrganizationId,
        /// Who does not want to be invited by them.
        email: Email,
    },
    /// Somebody may do less than before: their open invitations are to be looked through. Where that was asked
    /// for already, `asked_at` moves forward, by a microsecond at least.
    AddReview(Review),
    /// They were, as of `asked_at`: what was asked for meanwhile stays.
    EndReview(Review),
    /// A mail, sent after the commit.
    Send(Message),
    /// A wish for another address. Unique on its account among those that wait.
    AddEmailChange(EmailChange),
    /// A new code, or what became of it.
    UpdateEmailChange(EmailChange),
    /// Deletes what is of nobody's concern but an account's owner: sessions, sign-ins, what they were told, and
    /// their wishes for another address or password.
    ForgetOwn(AccountId),
    /// What somebody finds on their own pages.
    Notify(Notification),
    /// They read some of it: no decision, and nothing stands against it.
    MarkRead(Reading),
    /// A line of the audit log.
    Record(AuditEvent),
}

/// What a decision rests on and does not change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// An account as it was read.
    Account(AccountId, Revision),
    /// A membership as it was read.
    Membership(MembershipId, Revision),
    /// An organization, and the set of its Owners, as it was read.
    Organization(OrganizationId, Revision),
    /// An e-mail domain as it was read.
    EmailDomain(EmailDomainId, Revision),
    /// An account that belongs to no organization, and has no join request that waits at this instant.
    Unattached(AccountId, Timestamp),
}

/// Whose open invitations are to be looked through, for they may no longer stand behind them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Review {
    /// Where.
    pub organization: OrganizationId,
    /// Who invited.
    pub inviter: AccountId,
    /// When this was asked for last.
    pub asked_at: Timestamp,
}

/// When something was last used. Later wins, and an ended session is not woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// A session was used.
    Session {
        /// Which.
        id: SessionId,
        /// When.
        at: Timestamp,
    },
    /// A person signed in, which each of their active memberships shows.
    SignIn {
        /// Who.
        account: AccountId,
        /// When.
        at: Timestamp,
    },
    /// DNS was asked for the proof of an e-mail domain.
    EmailDomain {
        /// Which.
        id: EmailDomainId,
        /// When.
        at: Timestamp,
    },
}

/// What one decision writes: all of it or nothing.
///
/// ```
/// use registration_domain::{
///     change::{Change, ChangeSet},
///     limit::{Limit, Limited},
///     time::{DAY, Timestamp},
/// };
///
/// let (limit, now) = (Limit { what: Limited::SignIns, max: 100, length: DAY }, Timestamp::from_micros(0));
/// let changes = ChangeSet::new().with(limit.spend(&"ana", now));
/// assert!(matches!(changes.changes(), [Change::Spend { at, .. }] if *at == now));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use = "changes take effect only once committed"]
pub struct ChangeSet(Vec<Change>);

impl ChangeSet {
    /// For an act that rests on no permission, such as signing in.
    pub fn new() -> Self {
        Self::default()
    }
    /// Whoever loses the permission before the commit makes the commit a conflict.
    pub fn under(permit: &Permit) -> Self {
        let standing = permit.standing();
        Self::new().expecting(Expectation::Membership(standing.membership, standing.revision))
    }
    /// Rests on this too.
    pub fn expecting(self, expectation: Expectation) -> Self {
        self.with(Change::Expect(expectation))
    }
    /// The receipt leads, so that a repeat is recognized before anything else can refuse it.
    pub fn once(mut self, receipt: Option<Receipt>) -> Self {
        self.0.splice(..0, receipt.map(Change::Receipt));
        self
    }
    /// In the order of application: what makes room comes before what takes it.
    pub fn with(mut self, change: Change) -> Self {
        self.0.push(change);
        self
    }
    /// The same for several, or none.
    pub fn with_all(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        self.0.extend(changes);
        self
    }
    /// Lets somebody in: the session, what their memberships show of it, and its line in the sign-in log.
    pub fn admitting(self, session: Session, by: SignInMethod) -> Self {
        let (account, at) = (session.parts().account, session.parts().started_at);
        let line = SignInAttempt::that_began(&session, by);
        self.with(Change::AddSession(session))
            .with(Change::Touch(Touch::SignIn { account, at }))
            .with(Change::LogSignIn(line))
    }
    /// What is in it, in the order of application.
    pub fn changes(&self) -> &[Change] {
        &self.0
    }
}

impl Limit {
    /// Counts one more, or makes the commit fail as spent.
    pub fn spend(&self, subject: &impl Display, now: Timestamp) -> Change {
        Change::Spend { limit: *self, subject: subject.to_string(), at: now }
    }
    /// Takes one back that was counted at this time: the guess was right.
    pub fn refund(&self, subject: &impl Display, at: Timestamp) -> Change {
        Change::Refund { tally: self.tally(subject), at }
    }
    /// Counts from nothing again.
    pub fn forgive(&self, subject: &impl Display) -> Change {
        Change::Forgive { tally: self.tally(subject) }
    }
}

impl FromIterator<Change> for ChangeSet {
    fn from_iter<I: IntoIterator<Item = Change>>(changes: I) -> Self {
        Self(changes.into_iter().collect())
    }
}

impl IntoIterator for ChangeSet {
    type Item = Change;
    type IntoIter = std::vec::IntoIter<Change>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
