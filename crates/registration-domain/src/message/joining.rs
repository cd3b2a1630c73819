//! What people are told who ask to join, and those who decide it.
use crate::{
    access::Access, domain_name::DomainName, email::Email, join_request::JoinRequestId,
    membership::MembershipId, note::Note, organization::OrganizationId, organization_name::OrganizationName,
    person_name::PersonName, time::Timestamp,
};

/// A mail about joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoiningLetter {
    /// To a reviewer: somebody asks to join.
    Requested(Asking),
    /// To a reviewer: the requester asks again to decide.
    RequestReminder(Asking),
    /// To a reviewer: a request expires that nobody decided.
    RequestExpiring(Asking),
    /// To a requester: they belong now.
    Approved {
        /// Which request.
        request: JoinRequestId,
        /// Where.
        organization: OrganizationId,
        /// What it is called.
        name: OrganizationName,
        /// With how much access.
        access: Access,
    },
    /// To a requester: the organization does not want it.
    Rejected {
        /// Which request.
        request: JoinRequestId,
        /// What the organization is called.
        name: OrganizationName,
        /// Why.
        reason: Option<Note>,
        /// From when on they may ask again.
        ask_again_at: Timestamp,
    },
    /// To a requester: nobody decided in time.
    Expired {
        /// Which request.
        request: JoinRequestId,
        /// What the organization is called.
        name: OrganizationName,
        /// When they had asked.
        asked_at: Timestamp,
    },
    /// To somebody who typed an employee code: they belong now.
    JoinedByCode {
        /// Their membership.
        membership: MembershipId,
        /// Where.
        organization: OrganizationId,
        /// What it is called.
        name: OrganizationName,
        /// With how much access.
        access: Access,
    },
}

/// Who asks to join, as a reviewer reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The request.
    pub request: JoinRequestId,
    /// Where.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: OrganizationName,
    /// Who.
    pub person: PersonName,
    /// Their address.
    pub email: Email,
    /// What they say.
    pub note: Option<Note>,
    /// Whether a right employee code backs it.
    pub has_code: bool,
    /// The domain of theirs that the organization had verified when they asked, where they ask by it.
    pub domain: Option<DomainName>,
    /// When they asked.
    pub asked_at: Timestamp,
    /// Until when it can be decided.
    pub expires_at: Timestamp,
}

impl JoiningLetter {
    /// The stable name of its kind, and of its templates.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Requested(_) => "join_requested",
            Self::RequestReminder(_) => "join_request_reminder",
            Self::RequestExpiring(_) => "join_request_expiring",
            Self::Approved { .. } => "join_request_approved",
            Self::Rejected { .. } => "join_request_rejected",
            Self::Expired { .. } => "join_request_expired",
            Self::JoinedByCode { .. } => "joined_by_code",
        }
    }
    /// The request that must be pending for the mail to make sense.
    pub fn awaits(&self) -> Option<JoinRequestId> {
        match self {
            Self::Requested(it) | Self::RequestReminder(it) | Self::RequestExpiring(it) => Some(it.request),
            Self::Approved { .. }
            | Self::Rejected { .. }
            | Self::Expired { .. }
            | Self::JoinedByCode { .. } => None,
        }
    }
    /// The page on which its button leads.
    pub fn path(&self) -> String {
        match self {
            Self::Requested(it) | Self::RequestReminder(it) | Self::RequestExpiring(it) => {
                format!("/o/{}/requests", it.organization)
            }
            Self::Rejected { request, .. } | Self::Expired { request, .. } => {
                format!("/join/requests/{request}")
            }
            Self::Approved { organization, .. } | Self::JoinedByCode { organization, .. } => {
                format!("/o/{organization}")
            }
        }
    }
}
