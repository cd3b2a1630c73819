//! An e-mail domain speaks for its addresses only while it is verified; one organization has it at a time.
mod proof;

use std::{fmt, time::Duration};

use crate::{
    access::Access, account::AccountId, domain_name::DomainName, id::Id, organization::OrganizationId,
    permit::Grant, revision::Revision, time::Timestamp,
};

pub use proof::{NotAProofToken, NotProven, ProofRecord, ProofToken};

/// The id of an e-mail domain.
pub type EmailDomainId = Id<EmailDomain>;

/// A domain that an organization says is its own, and what is done with people who have addresses there.
///
/// ```
/// use registration_domain::{
///     access::Access,
///     catalogue::Catalogue,
///     domain_name::DomainName,
///     email_domain::{DomainPolicy, EmailDomain, NotProven, ProofToken},
///     id::Id,
///     membership::Membership,
///     permit::Permit,
///     time::Timestamp,
/// };
/// use uuid::Uuid;
///
/// let [seat, acme, ana, domain] = [1, 2, 3, 4].map(Uuid::from_u128);
/// let now = Timestamp::from_micros(0);
/// let owner = Membership::found(Id::new(seat), Id::new(acme), Id::new(ana), now).active();
/// let permit = Permit::member(owner.map(|it| it.standing()).as_ref())?;
/// let grant = permit.grant(Access::Chosen([].into()), &Catalogue::built_in())?;
///
/// let name = DomainName::parse("acme.example")?;
/// let token = ProofToken::from_bytes([7; 16]);
/// let added = EmailDomain::add(Id::new(domain), name, DomainPolicy::admit(grant), token, &permit, now);
/// assert!(added.clone().in_force().is_none(), "nothing holds before the proof");
///
/// let record = added.record();
/// assert_eq!(record.name, "_registration-challenge.acme.example");
/// let open = added.live().ok_or("it was removed")?;
/// assert_eq!(open.clone().prove(&[]).unwrap_err(), NotProven::NotFound);
/// let verified = open.prove(&[record.value])?.verify(now);
/// assert!(verified.in_force().is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailDomain(EmailDomainParts);

/// The fields of a stored e-mail domain, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailDomainParts {
    /// Its id.
    pub id: EmailDomainId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// The domain itself; its subdomains are others.
    pub name: DomainName,
    /// What is done with people who have addresses there.
    pub policy: DomainPolicy,
    /// What is to be published to prove it.
    pub token: ProofToken,
    /// Who added it.
    pub added_by: AccountId,
    /// When it was added.
    pub created_at: Timestamp,
    /// Whether it was proven.
    pub state: EmailDomainState,
    /// How often it was written.
    pub revision: Revision,
}

/// What is done with people who have addresses at a verified domain and want to come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DomainPolicy {
    /// They come in by themselves.
    Admit {
        /// With how much access.
        access: Access,
        /// Who chose that, and must still be able to give it when somebody comes.
        maker: AccountId,
    },
    /// They ask, and somebody decides.
    Review,
    /// They come by an invitation, and in no other way.
    InvitationOnly,
}

/// Whether a domain was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmailDomainState {
    /// Not yet; others may be at it, too.
    Pending,
    /// It was, and its policy holds.
    Verified {
        /// When.
        at: Timestamp,
        /// Since when its record is gone, if it is.
        missing_since: Option<Timestamp>,
    },
    /// Its record was gone for too long. It can be proven anew, by whoever has it then.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// The organization has it no more.
    Removed {
        /// When.
        at: Timestamp,
        /// Who removed it.
        by: AccountId,
    },
}

/// Proof that a domain was not removed: it can be proven and changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveEmailDomain(EmailDomain);

/// Proof that the record of a domain was found where it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven(EmailDomain);

/// Proof that a domain is verified: its policy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    domain: EmailDomain,
    at: Timestamp,
    missing_since: Option<Timestamp>,
}

impl EmailDomain {
    /// One that is still to be proven. A token that others cannot guess keeps them from proving it for them.
    pub fn add(
        id: EmailDomainId,
        name: DomainName,
        policy: DomainPolicy,
        token: ProofToken,
        permit: &crate::permit::Permit,
        now: Timestamp,
    ) -> Self {
        Self(EmailDomainParts {
            id,
            organization: permit.organization(),
            name,
            policy,
            token,
            added_by: permit.actor(),
            created_at: now,
            state: EmailDomainState::Pending,
            revision: Revision::FIRST,
        })
    }
    /// What is to be published.
    pub fn record(&self) -> ProofRecord {
        ProofRecord::of(&self.0.name, &self.0.token)
    }
    /// Nothing where it was removed.
    pub fn live(self) -> Option<LiveEmailDomain> {
        match self.0.state {
            EmailDomainState::Pending
            | EmailDomainState::Verified { .. }
            | EmailDomainState::Lapsed { .. } => Some(LiveEmailDomain(self)),
            EmailDomainState::Removed { .. } => None,
        }
    }
    /// Nothing where its policy does not hold.
    pub fn in_force(self) -> Option<InForce> {
        match self.0.state {
            EmailDomainState::Verified { at, missing_since } => {
                Some(InForce { domain: self, at, missing_since })
            }
            EmailDomainState::Pending
            | EmailDomainState::Lapsed { .. }
            | EmailDomainState::Removed { .. } => None,
        }
    }
    /// Its id.
    pub fn id(&self) -> EmailDomainId {
        self.0.id
    }

    /// For adapters: a stored e-mail domain.
    pub fn from_parts(parts: EmailDomainParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &EmailDomainParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> EmailDomainParts {
        self.0
    }
    fn into_state(self, state: EmailDomainState) -> Self {
        Self(EmailDomainParts { state, ..self.0 })
    }
}

impl LiveEmailDomain {
    /// Compares what DNS has with what must be there.
    ///
    /// # Errors
    /// [`NotProven`]: nothing is there, or only something else.
    pub fn prove(self, texts: &[String]) -> Result<Proven, NotProven> {
        self.0.record().look_among(texts)?;
        Ok(Proven(self.0))
    }
    /// From now on, people with addresses there are treated like this.
    #[must_use]
    pub fn change_policy(self, policy: DomainPolicy) -> EmailDomain {
        EmailDomain(EmailDomainParts { policy, ..self.0.0 })
    }
    /// The organization gives it up, verified or not.
    #[must_use]
    pub fn remove(self, by: AccountId, at: Timestamp) -> EmailDomain {
        self.0.into_state(EmailDomainState::Removed { at, by })
    }
    /// The domain.
    pub fn domain(&self) -> &EmailDomain {
        &self.0
    }
}

impl Proven {
    /// Its policy holds. Where it did before, it does so since then, and nothing is missing any more.
    #[must_use]
    pub fn verify(self, now: Timestamp) -> EmailDomain {
        let since = match self.0.0.state {
            EmailDomainState::Verified { at, .. } => at,
            EmailDomainState::Pending
            | EmailDomainState::Lapsed { .. }
            | EmailDomainState::Removed { .. } => now,
        };
        self.0.into_state(EmailDomainState::Verified { at: since, missing_since: None })
    }
}

impl InForce {
    /// Its record was not found, though DNS answered: forgiven for so long, and no longer.
    #[must_use]
    pub fn miss(self, grace: Duration, now: Timestamp) -> EmailDomain {
        let Self { domain, at, missing_since } = self;
        let since = missing_since.unwrap_or(now);
        domain.into_state(if now >= since.plus(grace) {
            EmailDomainState::Lapsed { at: now }
        } else {
            EmailDomainState::Verified { at, missing_since: Some(since) }
        })
    }
    /// Since when its record is gone, if it is.
    pub fn missing_since(&self) -> Option<Timestamp> {
        self.missing_since
    }
    /// What is done with people who have addresses there.
    pub fn policy(&self) -> &DomainPolicy {
        &self.domain.0.policy
    }
    /// The domain.
    pub fn domain(&self) -> &EmailDomain {
        &self.domain
    }
}

impl DomainPolicy {
    /// Whoever has an address there comes in, with what was granted.
    pub fn admit(grant: Grant) -> Self {
        Self::Admit { maker: grant.by(), access: grant.into_access() }
    }
    /// Which of them it is.
    pub fn kind(&self) -> PolicyKind {
        match self {
            Self::Admit { .. } => PolicyKind::Admit,
            Self::Review => PolicyKind::Review,
            Self::InvitationOnly => PolicyKind::InvitationOnly,
        }
    }
}

/// The policies by their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyKind {
    /// They come in by themselves.
    Admit,
    /// They ask, and somebody decides.
    Review,
    /// They come by an invitation, and in no other way.
    InvitationOnly,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Admit, Self::Review, Self::InvitationOnly];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Admit => "admit",
            Self::Review => "review",
            Self::InvitationOnly => "invitation_only",
        }
    }
    /// Nothing for any other word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
}

/// As the audit log says it.
impl fmt::Display for DomainPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Admit { access, .. } => write!(f, "comes in at once: {access}"),
            Self::Review => f.write_str("asks, and is reviewed"),
            Self::InvitationOnly => f.write_str("comes by invitation only"),
        }
    }
}
