//! A join request ends exactly once, and is decided only before it expires.
mod not_open;

use crate::{
    access::Access,
    account::AccountId,
    domain_name::DomainName,
    email_domain::{EmailDomainId, InForce},
    employee_code::{EmployeeCodeId, Usable},
    id::Id,
    invitation::InvitationId,
    note::Note,
    organization::OrganizationId,
    permit::{Grant, Permit},
    revision::Revision,
    settings::Lifetimes,
    time::{DAY, Timestamp},
};

pub use not_open::NotOpen;

/// The id of a join request.
pub type JoinRequestId = Id<JoinRequest>;

/// An account's wish to join an organization, decided by somebody there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinRequest(JoinRequestParts);

/// The fields of a stored join request, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinRequestParts {
    /// Its id.
    pub id: JoinRequestId,
    /// Which organization.
    pub organization: OrganizationId,
    /// Who asks.
    pub account: AccountId,
    /// What they bring.
    pub method: Method,
    /// When they asked.
    pub created_at: Timestamp,
    /// Until when it can be decided. That instant itself is expired.
    pub expires_at: Timestamp,
    /// When the reviewers are to be told that it expires; nothing once they were.
    pub warn_at: Option<Timestamp>,
    /// When the requester reminded the reviewers last.
    pub reminded_at: Option<Timestamp>,
    /// What became of it.
    pub state: JoinRequestState,
    /// How often it was written.
    pub revision: Revision,
}

/// What somebody brings who asks to join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// A few words: somebody there decides.
    Approval {
        /// Who they are, and who knows them there.
        note: Option<Note>,
    },
    /// An employee code, which was right when it was typed.
    EmployeeCode {
        /// Which.
        code: EmployeeCodeId,
    },
    /// An address at a domain that was the organization's when they asked.
    EmailDomain {
        /// Which.
        domain: EmailDomainId,
        /// What it is called.
        name: DomainName,
        /// Who they are, and who knows them there.
        note: Option<Note>,
    },
}

/// What became of a join request. That it expired is decided by time; stored is only that it was closed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JoinRequestState {
    /// Nothing yet.
    Pending,
    /// The requester came in.
    Approved {
        /// When.
        at: Timestamp,
        /// Who approved.
        by: AccountId,
        /// With how much access.
        access: Access,
    },
    /// The organization does not want it.
    Rejected {
        /// When.
        at: Timestamp,
        /// Who rejected.
        by: AccountId,
        /// Why, for the requester.
        reason: Option<Note>,
    },
    /// The requester took it back.
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// The requester came in another way.
    Settled {
        /// When.
        at: Timestamp,
        /// Which way.
        by: SettledBy,
    },
    /// Nobody decided in time.
    Expired {
        /// When it was closed.
        at: Timestamp,
    },
}

/// Which other way a requester came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettledBy {
    /// They accepted an invitation.
    Invitation(InvitationId),
    /// They typed an employee code that let them in.
    EmployeeCode(EmployeeCodeId),
    /// They have an address at a verified e-mail domain.
    EmailDomain(EmailDomainId),
}

/// Proof that a request is pending and in time: it can be decided, withdrawn and settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenRequest(JoinRequest);

/// Proof that a request is pending and out of time: all that is left is to close it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LapsedRequest(JoinRequest);

impl JoinRequest {
    /// Somebody asks, with a few words or none.
    pub fn with_note(
        id: JoinRequestId,
        organization: OrganizationId,
        account: AccountId,
        note: Option<Note>,
        lifetimes: &Lifetimes,
        now: Timestamp,
    ) -> Self {
        Self::ask(id, organization, account, Method::Approval { note }, lifetimes, now)
    }
    /// Somebody asks, with a code that works here and now.
    pub fn backed(
        id: JoinRequestId,
        account: AccountId,
        code: &Usable,
        lifetimes: &Lifetimes,
        now: Timestamp,
    ) -> Self {
        let method = Method::EmployeeCode { code: code.parts().id };
        Self::ask(id, code.parts().organization, account, method, lifetimes, now)
    }
    /// Somebody asks whose address is at a domain of the organization.
    pub fn vouched(
        id: JoinRequestId,
        account: AccountId,
        domain: &InForce,
        note: Option<Note>,
        lifetimes: &Lifetimes,
        now: Timestamp,
    ) -> Self {
        let parts = domain.domain().parts();
        let method = Method::EmailDomain { domain: parts.id, name: parts.name.clone(), note };
        Self::ask(id, parts.organization, account, method, lifetimes, now)
    }
    fn ask(
        id: JoinRequestId,
        organization: OrganizationId,
        account: AccountId,
        method: Method,
        lifetimes: &Lifetimes,
        now: Timestamp,
    ) -> Self {
        let expires_at = now.plus(lifetimes.join_request);
        // Three days before, or halfway where it does not live as long.
        let warn_at = expires_at.minus((3 * DAY).min(lifetimes.join_request / 2));
        Self(JoinRequestParts {
            id,
            organization,
            account,
            method,
            created_at: now,
            expires_at,
            warn_at: Some(warn_at),
            reminded_at: None,
            state: JoinRequestState::Pending,
            revision: Revision::FIRST,
        })
    }

    /// For whoever decides.
    ///
    /// # Errors
    /// What ended it, or that its time is over.
    pub fn open(self, now: Timestamp) -> Result<OpenRequest, NotOpen> {
        match &self.0.state {
            JoinRequestState::Pending if self.has_expired(now) => {
                Err(NotOpen::Expired { at: self.0.expires_at })
            }
            JoinRequestState::Pending => Ok(OpenRequest(self)),
            JoinRequestState::Approved { at, by, .. } => Err(NotOpen::Approved { at: *at, by: *by }),
            JoinRequestState::Rejected { at, by, .. } => Err(NotOpen::Rejected { at: *at, by: *by }),
            JoinRequestState::Withdrawn { at } => Err(NotOpen::Withdrawn { at: *at }),
            JoinRequestState::Settled { at, .. } => Err(NotOpen::Settled { at: *at }),
            JoinRequestState::Expired { .. } => Err(NotOpen::Expired { at: self.0.expires_at }),
        }
    }
    /// For whoever tidies up. Nothing where it is in time, or was closed.
    pub fn lapsed(self, now: Timestamp) -> Option<LapsedRequest> {
        let is_over = self.0.state == JoinRequestState::Pending && self.has_expired(now);
        is_over.then_some(LapsedRequest(self))
    }
    /// Whether its time is over; of meaning only while it is pending.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.0.expires_at
    }
    /// The code that backs it.
    pub fn code(&self) -> Option<EmployeeCodeId> {
        match self.0.method {
            Method::EmployeeCode { code } => Some(code),
            Method::Approval { .. } | Method::EmailDomain { .. } => None,
        }
    }
    /// Who approved or rejected it.
    pub fn decided_by(&self) -> Option<AccountId> {
        match self.0.state {
            JoinRequestState::Approved { by, .. } | JoinRequestState::Rejected { by, .. } => Some(by),
            JoinRequestState::Pending
            | JoinRequestState::Withdrawn { .. }
            | JoinRequestState::Settled { .. }
            | JoinRequestState::Expired { .. } => None,
        }
    }
    /// Its id.
    pub fn id(&self) -> JoinRequestId {
        self.0.id
    }

    /// For adapters: a stored request.
    pub fn from_parts(parts: JoinRequestParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &JoinRequestParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> JoinRequestParts {
        self.0
    }
    fn into_state(self, state: JoinRequestState) -> Self {
        Self(JoinRequestParts { state, ..self.0 })
    }
}

impl OpenRequest {
    /// The code that backs it.
    pub fn code(&self) -> Option<EmployeeCodeId> {
        self.0.code()
    }
    /// The request.
    pub fn request(&self) -> &JoinRequest {
        &self.0
    }
    /// The requester comes in, with what was granted.
    #[must_use]
    pub fn approve(self, grant: &Grant, at: Timestamp) -> JoinRequest {
        let access = grant.access().clone();
        self.0.into_state(JoinRequestState::Approved { at, by: grant.by(), access })
    }
    /// The requester does not come in.
    #[must_use]
    pub fn reject(self, permit: &Permit, reason: Option<Note>, at: Timestamp) -> JoinRequest {
        self.0.into_state(JoinRequestState::Rejected { at, by: permit.actor(), reason })
    }
    /// The requester does not want to any more.
    #[must_use]
    pub fn withdraw(self, at: Timestamp) -> JoinRequest {
        self.0.into_state(JoinRequestState::Withdrawn { at })
    }
    /// The requester came in another way.
    #[must_use]
    pub fn settle(self, by: SettledBy, at: Timestamp) -> JoinRequest {
        self.0.into_state(JoinRequestState::Settled { at, by })
    }
    /// The reviewers are told that it expires, which they are once.
    #[must_use]
    pub fn warn(self) -> JoinRequest {
        JoinRequest(JoinRequestParts { warn_at: None, ..self.0.0 })
    }
    /// The requester reminds the reviewers.
    ///
    /// # Errors
    /// From when on they may: a day after the last time.
    pub fn remind(self, at: Timestamp) -> Result<JoinRequest, Timestamp> {
        match self.0.0.reminded_at.map(|it| it.plus(DAY)) {
            Some(again) if at < again => Err(again),
            Some(_) | None => Ok(JoinRequest(JoinRequestParts { reminded_at: Some(at), ..self.0.0 })),
        }
    }
    /// All of it, to read.
    pub fn parts(&self) -> &JoinRequestParts {
        self.0.parts()
    }
}

impl LapsedRequest {
    /// The code that backs it, whose use is given back.
    pub fn code(&self) -> Option<EmployeeCodeId> {
        self.0.code()
    }
    /// Closes it.
    #[must_use]
    pub fn close(self, at: Timestamp) -> JoinRequest {
        self.0.into_state(JoinRequestState::Expired { at })
    }
    /// All of it, to read.
    pub fn parts(&self) -> &JoinRequestParts {
        self.0.parts()
    }
}

impl Method {
    /// The stable word for it.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Approval { .. } => "approval",
            Self::EmployeeCode { .. } => "employee_code",
            Self::EmailDomain { .. } => "email_domain",
        }
    }
    /// What the requester says.
    pub fn note(&self) -> Option<&Note> {
        match self {
            Self::Approval { note } | Self::EmailDomain { note, .. } => note.as_ref(),
            Self::EmployeeCode { .. } => None,
        }
    }
    /// The domain that vouches for them.
    pub fn domain(&self) -> Option<&DomainName> {
        match self {
            Self::EmailDomain { name, .. } => Some(name),
            Self::Approval { .. } | Self::EmployeeCode { .. } => None,
        }
    }
}

impl SettledBy {
    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Invitation(_) => "invitation",
            Self::EmployeeCode(_) => "employee_code",
            Self::EmailDomain(_) => "email_domain",
        }
    }
}
