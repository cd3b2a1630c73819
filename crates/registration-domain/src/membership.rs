//! A membership has one cause, its access was held by whoever gave it, and once removed it stays so.
use crate::{
    access::Access,
    account::AccountId,
    email_domain::EmailDomainId,
    employee_code::EmployeeCodeId,
    id::Id,
    invitation::InvitationId,
    join_request::JoinRequestId,
    note::Note,
    organization::OrganizationId,
    permit::{Grant, Standing},
    revision::Revision,
    time::Timestamp,
};

/// The id of a membership.
pub type MembershipId = Id<Membership>;

/// An account's place in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership(MembershipParts);

/// The fields of a stored membership, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembershipParts {
    /// Its id.
    pub id: MembershipId,
    /// Where.
    pub organization: OrganizationId,
    /// Who.
    pub account: AccountId,
    /// How much they may do.
    pub access: Access,
    /// How they came.
    pub cause: Cause,
    /// When they came.
    pub joined_at: Timestamp,
    /// Whether they still belong.
    pub state: MembershipState,
    /// How often it was written.
    pub revision: Revision,
}

/// How somebody came to belong: just one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// They founded the organization.
    Founding,
    /// They accepted an invitation.
    Invitation(InvitationId),
    /// They have an address at a verified e-mail domain.
    EmailDomain {
        /// Which.
        domain: EmailDomainId,
        /// Who had chosen that its people come in, and could still give what they came in with.
        maker: AccountId,
    },
    /// Their join request was approved.
    JoinRequest(JoinRequestId),
    /// They typed an employee code that lets in at once.
    EmployeeCode(EmployeeCodeId),
}

/// Whether somebody still belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MembershipState {
    /// They do.
    Active,
    /// They do not, and nothing brings this membership back.
    Removed {
        /// Since when.
        at: Timestamp,
        /// By whom: by themselves where they left.
        by: AccountId,
        /// Why.
        reason: Option<Note>,
    },
}

/// Proof that a membership is active: it can be changed and ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveMembership(Membership);

impl Membership {
    /// The founder of an organization becomes its first Owner.
    pub fn found(id: MembershipId, organization: OrganizationId, account: AccountId, now: Timestamp) -> Self {
        Self(MembershipParts {
            id,
            organization,
            account,
            access: Access::Owner,
            cause: Cause::Founding,
            joined_at: now,
            state: MembershipState::Active,
            revision: Revision::FIRST,
        })
    }
    /// Somebody comes in with what was granted, and nothing else.
    pub fn begin(id: MembershipId, account: AccountId, grant: Grant, cause: Cause, now: Timestamp) -> Self {
        Self(MembershipParts {
            id,
            organization: grant.organization(),
            account,
            access: grant.into_access(),
            cause,
            joined_at: now,
            state: MembershipState::Active,
            revision: Revision::FIRST,
        })
    }

    /// Nothing where it was removed.
    pub fn active(self) -> Option<ActiveMembership> {
        (self.0.state == MembershipState::Active).then_some(ActiveMembership(self))
    }
    /// Its id.
    pub fn id(&self) -> MembershipId {
        self.0.id
    }

    /// For adapters: a stored membership.
    pub fn from_parts(parts: MembershipParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &MembershipParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> MembershipParts {
        self.0
    }
}

impl ActiveMembership {
    /// What the member may do; a store reads it only together with an active account.
    pub fn standing(&self) -> Standing {
        let MembershipParts { id, organization, account, access, revision, .. } = &self.0.0;
        Standing {
            account: *account,
            organization: *organization,
            access: access.clone(),
            membership: *id,
            revision: *revision,
        }
    }
    /// From the next request on, the member may do what was granted.
    #[must_use]
    pub fn change_access(self, grant: Grant) -> Membership {
        Membership(MembershipParts { access: grant.into_access(), ..self.0.0 })
    }
    /// An Owner who hands over keeps everything but the acts of an Owner.
    #[must_use]
    pub fn step_down(self) -> Membership {
        Membership(MembershipParts { access: Access::All, ..self.0.0 })
    }
    /// From the next request on, the member is none.
    #[must_use]
    pub fn remove(self, by: AccountId, reason: Option<Note>, at: Timestamp) -> Membership {
        Membership(MembershipParts { state: MembershipState::Removed { at, by, reason }, ..self.0.0 })
    }
    /// All of it, to read.
    pub fn parts(&self) -> &MembershipParts {
        &self.0.0
    }
}
