//! An organization is a tenant in which people work together; it always keeps an Owner.
use std::collections::BTreeSet;

use crate::{
    access::Access, contact::Contact, id::Id, organization_name::OrganizationName, refusal::Fault,
    revision::Revision, time::Timestamp,
};

/// The id of an organization.
pub type OrganizationId = Id<Organization>;

/// A tenant. Its revision moves with each change of its Owners, so that changes of a set meet in one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization(OrganizationParts);

/// The fields of a stored organization, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationParts {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: OrganizationName,
    /// What it is to the platform.
    pub kind: OrganizationKind,
    /// The organization that manages it.
    pub managed_by: Option<OrganizationId>,
    /// Whether people who search for it find it.
    pub discoverable: bool,
    /// Whom those may ask whom it turned away.
    pub contact: Option<Contact>,
    /// What whoever lets somebody in is proposed to give.
    pub joining_access: JoiningAccess,
    /// When it was founded.
    pub created_at: Timestamp,
    /// How often it, or the set of its Owners, was written.
    pub revision: Revision,
}

/// The access that an organization proposes for those who ask to join. It is a proposal: who approves gives it, by
/// their own right, or another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoiningAccess(Access);

/// An Owner is made on purpose, never by a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("nobody is proposed to become an Owner")]
pub struct OwnersAreNotProposed;

/// What an organization is to the platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganizationKind {
    /// One that works for itself.
    Company,
    /// One that sells on the platform.
    Seller,
    /// One that buys on the platform.
    Customer,
}

/// The text is no kind of organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an organization is a company, a seller or a customer")]
pub struct UnknownKind;

impl Organization {
    /// A new one that nobody manages.
    pub fn found(id: OrganizationId, name: OrganizationName, kind: OrganizationKind, now: Timestamp) -> Self {
        Self(OrganizationParts {
            id,
            name,
            kind,
            managed_by: None,
            discoverable: false,
            contact: None,
            joining_access: JoiningAccess::default(),
            created_at: now,
            revision: Revision::FIRST,
        })
    }
    /// Under another name.
    #[must_use]
    pub fn rename(self, name: OrganizationName) -> Self {
        Self(OrganizationParts { name, ..self.0 })
    }
    /// Found by those who search for it, or not.
    #[must_use]
    pub fn let_be_found(self, discoverable: bool) -> Self {
        Self(OrganizationParts { discoverable, ..self.0 })
    }
    /// With somebody else to ask, or with nobody.
    #[must_use]
    pub fn refer_to(self, contact: Option<Contact>) -> Self {
        Self(OrganizationParts { contact, ..self.0 })
    }
    /// With another access proposed for those who ask to join.
    #[must_use]
    pub fn propose(self, joining_access: JoiningAccess) -> Self {
        Self(OrganizationParts { joining_access, ..self.0 })
    }
    /// Its id.
    pub fn id(&self) -> OrganizationId {
        self.0.id
    }

    /// For adapters: a stored organization.
    pub fn from_parts(parts: OrganizationParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &OrganizationParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> OrganizationParts {
        self.0
    }
}

impl JoiningAccess {
    /// Everything but an Owner's.
    ///
    /// # Errors
    /// [`OwnersAreNotProposed`].
    pub fn new(access: Access) -> Result<Self, OwnersAreNotProposed> {
        match access {
            Access::Owner => Err(OwnersAreNotProposed),
            Access::All | Access::Role(_) | Access::Chosen(_) => Ok(Self(access)),
        }
    }
    /// What is proposed.
    pub fn access(&self) -> &Access {
        &self.0
    }
}

/// Nothing is proposed.
impl Default for JoiningAccess {
    fn default() -> Self {
        Self(Access::Chosen(BTreeSet::new()))
    }
}

impl OrganizationKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Company, Self::Seller, Self::Customer];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Seller => "seller",
            Self::Customer => "customer",
        }
    }
    /// Reads the stable word.
    ///
    /// # Errors
    /// [`UnknownKind`] for any other word.
    pub fn parse(key: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|it| it.key() == key).ok_or(UnknownKind)
    }
}

impl Fault for UnknownKind {
    fn code(&self) -> &'static str {
        "malformed"
    }
}

impl Fault for OwnersAreNotProposed {
    fn code(&self) -> &'static str {
        "malformed"
    }
}
