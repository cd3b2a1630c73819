//! What the lists and pages show: aggregates, and what belongs beside them, read in one moment.
mod joining;

use crate::{
    account::{Account, AccountId},
    audit::AuditEvent,
    count::Count,
    email::Email,
    email_domain::EmailDomain,
    invitation::{Invitation, Purpose},
    membership::Membership,
    message::{Delivery, DeliveryState},
    notification::Notification,
    organization::{Organization, OrganizationId},
    organization_name::OrganizationName,
    person_name::PersonName,
    sign_in_log::SignInOutcome,
    time::Timestamp,
    username::Username,
};

pub use joining::{
    CodeFilter, EmployeeCodeView, EndedMembership, JoinRequestFilter, JoinRequestView, ListedCodeState,
    ListedRequestState, RequesterHistory,
};

/// Who somebody is, for those who may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their account.
    pub id: AccountId,
    /// Their address.
    pub email: Email,
    /// Their username.
    pub username: Username,
    /// Their name.
    pub name: PersonName,
}

impl From<&Account> for Person {
    fn from(account: &Account) -> Self {
        let it = account.parts();
        Self { id: it.id, email: it.email.clone(), username: it.username.clone(), name: it.name.clone() }
    }
}

/// A membership, as an organization sees it: removed ones too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    /// The membership.
    pub membership: Membership,
    /// Whose it is.
    pub account: Account,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// Who let them in: the inviter, the reviewer of their request, the maker of their code; none for a founder.
    pub joined_by: Option<Person>,
    /// Who ended it: themselves where they left; none while it is active.
    pub removed_by: Option<Person>,
}

/// Who changed a member's access last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// Who; none where nobody did, but the platform itself.
    pub by: Option<Person>,
    /// When.
    pub at: Timestamp,
}

/// A membership, as its holder sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipView {
    /// The membership.
    pub membership: Membership,
    /// Where it is.
    pub organization: Organization,
    /// Whose it is.
    pub account: Account,
}

/// An organization that lets itself be found, as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscoverableOrganization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: OrganizationName,
}

/// An invitation, as the inviting side sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// The invitation.
    pub invitation: Invitation,
    /// Where it leads.
    pub organization: Organization,
    /// Who made it.
    pub inviter: Person,
    /// How far its newest mail came.
    pub delivery: Delivery,
}

/// An e-mail domain, as those see it who may change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailDomainView {
    /// The e-mail domain.
    pub domain: EmailDomain,
    /// Who added it.
    pub added_by: Person,
    /// Who chose the access that it admits with, where it does.
    pub maker: Option<Person>,
    /// When DNS was last asked for its proof.
    pub checked_at: Option<Timestamp>,
}

/// A line of the audit log, with who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditView {
    /// The line.
    pub event: AuditEvent,
    /// Who did it.
    pub actor: Option<Person>,
}

/// A notification, as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationView {
    /// The notification.
    pub notification: Notification,
    /// Where it happened.
    pub organization: Option<Organization>,
    /// When they read it, if they did.
    pub read_at: Option<Timestamp>,
}

/// How somebody is involved in what the audit log tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Involved {
    /// They did it.
    Acting,
    /// Somebody else did it, and it is about their account or a membership of theirs.
    Concerned,
}

/// Which members a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MemberFilter {
    /// Those whose name, username or address holds this text, folded as [`fold`](crate::text::fold) does.
    pub query: Option<String>,
    /// Active ones, or removed ones.
    pub removed: bool,
    /// In which order.
    pub order: MemberOrder,
}

/// In which order members are listed; ids decide between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum MemberOrder {
    /// By name: last, first, folded.
    #[default]
    Name,
    /// By name, from the end.
    NameReversed,
    /// Who signed in longest ago first; who never did before all.
    LastSignIn,
    /// Who signed in last first.
    LastSignInReversed,
    /// Who came first.
    Joined,
    /// Who came last.
    JoinedReversed,
    /// By what they may do, see [`Access::rank`](crate::access::Access::rank): Owners first.
    Access,
    /// The same, from the end.
    AccessReversed,
}

/// Which invitations a list shows; newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvitationFilter {
    /// In this state.
    pub state: Option<ListedState>,
    /// To be this.
    pub purpose: Option<Purpose>,
    /// Whose newest mail came so far.
    pub delivery: Option<ListedDelivery>,
    /// Whose address holds this text, folded as [`fold`](crate::text::fold) does.
    pub email: Option<String>,
}

/// The state of an invitation as lists name it: of the pending ones, those that expired are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListedState {
    /// Open, and in time.
    Pending,
    /// Somebody came in.
    Accepted,
    /// The invitee did not want to.
    Declined,
    /// The inviting side closed it.
    Revoked,
    /// Open, and out of time.
    Expired,
}

/// How far the newest mail of an invitation came, as lists tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListedDelivery {
    /// It was given up.
    Failed,
    /// It was not: it came, or may still come.
    NotFailed,
}

/// How many people belong to an organization, and how many are invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeopleCounts {
    /// Who belong, and who did.
    pub members: MemberCounts,
    /// Who are invited; nothing for those who may not see invitations.
    pub invitations: Option<InvitationCounts>,
    /// How many of the members are Owners who can act: an organization with one depends on them.
    pub owners: u32,
}

/// How many memberships an organization has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberCounts {
    /// Who belong.
    pub active: Count,
    /// Who did; somebody who came twice and left twice counts twice.
    pub removed: Count,
}

/// How many open invitations an organization has: each is in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationCounts {
    /// In time, and the newest mail did not fail.
    pub pending: Count,
    /// In time, and the newest mail was given up.
    pub failed: Count,
    /// Out of time, whatever became of the mail.
    pub expired: Count,
}

/// Which attempts to sign in a list shows; newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignInFilter {
    /// That this came of.
    pub outcome: Option<SignInOutcome>,
    /// Not before.
    pub since: Option<Timestamp>,
}

/// Which lines of the audit log a list shows; newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditFilter {
    /// Of this action.
    pub action: Option<crate::audit::Action>,
    /// By this account.
    pub actor: Option<AccountId>,
    /// About whatever people call just so: what happened to one address, invited and member, is one history.
    pub about: Option<String>,
    /// Not before.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

impl ListedState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Accepted, Self::Declined, Self::Revoked, Self::Expired];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
            Self::Expired => "expired",
        }
    }
    /// Nothing for any other word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
    /// How an invitation is listed at this time.
    pub fn of(invitation: &Invitation, now: Timestamp) -> Self {
        use crate::invitation::InvitationState;
        match invitation.parts().state {
            InvitationState::Pending if invitation.has_expired(now) => Self::Expired,
            InvitationState::Pending => Self::Pending,
            InvitationState::Accepted { .. } => Self::Accepted,
            InvitationState::Declined { .. } => Self::Declined,
            InvitationState::Revoked { .. } => Self::Revoked,
        }
    }
}

impl ListedDelivery {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Failed, Self::NotFailed];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::NotFailed => "not_failed",
        }
    }
    /// Nothing for any other word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
    /// How a mail that came so far is listed.
    pub fn of(delivery: DeliveryState) -> Self {
        match delivery {
            DeliveryState::Failed => Self::Failed,
            DeliveryState::Queued | DeliveryState::Held | DeliveryState::Sent | DeliveryState::Superseded => {
                Self::NotFailed
            }
        }
    }
}

impl MemberOrder {
    /// Every order.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::NameReversed,
        Self::LastSignIn,
        Self::LastSignInReversed,
        Self::Joined,
        Self::JoinedReversed,
        Self::Access,
        Self::AccessReversed,
    ];

    /// As a list is asked for it: a minus sorts from the end.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::NameReversed => "-name",
            Self::LastSignIn => "last_sign_in_at",
            Self::LastSignInReversed => "-last_sign_in_at",
            Self::Joined => "joined_at",
            Self::JoinedReversed => "-joined_at",
            Self::Access => "access",
            Self::AccessReversed => "-access",
        }
    }
    /// Nothing for any other word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
    /// Whether it sorts from the end.
    pub fn is_reversed(self) -> bool {
        self.key().starts_with('-')
    }
}
