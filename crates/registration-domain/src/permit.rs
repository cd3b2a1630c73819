//! A check is proof: no permit, no act; and nobody gives what they do not hold.
use crate::{
    access::Access,
    account::AccountId,
    catalogue::Catalogue,
    membership::MembershipId,
    organization::OrganizationId,
    permission::Permission,
    refusal::{Fact, Refusal, RefusalKind},
    revision::Revision,
};

/// What an active member with an active account may do, as a verb read it, and which revision says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whose.
    pub account: AccountId,
    /// Where.
    pub organization: OrganizationId,
    /// How much.
    pub access: Access,
    /// The membership that gives it.
    pub membership: MembershipId,
    /// Which state of that membership.
    pub revision: Revision,
}

/// Proof that a standing held a permission. It holds until the revision moves: see
/// [`ChangeSet::under`](crate::change::ChangeSet::under).
///
/// ```
/// use registration_domain::{
///     access::Access,
///     catalogue::Catalogue,
///     id::Id,
///     membership::Membership,
///     permission::Permission,
///     permit::{NotPermitted, Permit},
///     time::Timestamp,
/// };
/// use uuid::Uuid;
///
/// let ids = [1, 2, 3].map(Uuid::from_u128);
/// let now = Timestamp::from_micros(0);
/// let founder = Membership::found(Id::new(ids[0]), Id::new(ids[1]), Id::new(ids[2]), now);
/// let standing = founder.active().map(|it| it.standing());
/// let catalogue = Catalogue::built_in();
///
/// let permit = Permit::check(standing.as_ref(), &Permission::MEMBERS_INVITE, &catalogue)?;
/// assert_eq!(permit.grant(Access::Owner, &catalogue)?.into_access(), Access::Owner);
/// let stranger = Permit::check(None, &Permission::MEMBERS_INVITE, &catalogue);
/// assert_eq!(stranger.unwrap_err(), NotPermitted::NotAMember);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Permit {
    standing: Standing,
}

/// Proof that the giver held all that is given, and that it can be given here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    by: AccountId,
    organization: OrganizationId,
    access: Access,
}

/// Why somebody may not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotPermitted {
    /// Told as if there were nothing here.
    #[error("there is no such organization, or you do not belong to it")]
    NotAMember,
    /// The member's access lacks a permission.
    #[error("this needs the permission {0}")]
    Missing(Permission),
    /// Only an Owner may.
    #[error("only an Owner may do this")]
    OwnerRequired,
    /// The access holds these, or reaches further, and the giver does not.
    #[error("you cannot give more than you hold")]
    ExceedsOwn(Vec<Permission>),
    /// Nobody changes their own access.
    #[error("nobody changes their own access")]
    OwnAccess,
}

impl Permit {
    /// Proof for this permission.
    ///
    /// # Errors
    /// [`NotPermitted::NotAMember`] without a standing, [`NotPermitted::Missing`] where it does not suffice.
    pub fn check(
        standing: Option<&Standing>,
        permission: &Permission,
        catalogue: &Catalogue,
    ) -> Result<Self, NotPermitted> {
        let standing = standing.ok_or(NotPermitted::NotAMember)?;
        if catalogue.holds(&standing.access, permission) {
            Ok(Self { standing: standing.clone() })
        } else {
            Err(NotPermitted::Missing(permission.clone()))
        }
    }
    /// Proof for an act that only an Owner may do.
    ///
    /// # Errors
    /// [`NotPermitted::NotAMember`] without a standing, [`NotPermitted::OwnerRequired`] without an Owner's.
    pub fn owner(standing: Option<&Standing>) -> Result<Self, NotPermitted> {
        let standing = standing.ok_or(NotPermitted::NotAMember)?;
        if standing.access == Access::Owner {
            Ok(Self { standing: standing.clone() })
        } else {
            Err(NotPermitted::OwnerRequired)
        }
    }
    /// Proof for what any member may do about themselves, such as leaving.
    ///
    /// # Errors
    /// [`NotPermitted::NotAMember`] without a standing.
    pub fn member(standing: Option<&Standing>) -> Result<Self, NotPermitted> {
        standing.map(|it| Self { standing: it.clone() }).ok_or(NotPermitted::NotAMember)
    }

    /// The only way to a grant.
    ///
    /// # Errors
    /// [`NotPermitted::OwnerRequired`] for an Owner's access, [`NotPermitted::ExceedsOwn`] for more than one holds.
    pub fn grant(&self, access: Access, catalogue: &Catalogue) -> Result<Grant, NotPermitted> {
        let Standing { account, organization, access: own, .. } = &self.standing;
        if access == Access::Owner && *own != Access::Owner {
            return Err(NotPermitted::OwnerRequired);
        }
        let excess = catalogue.excess(own, &access);
        if excess.is_empty() && !Catalogue::outranks(&access, own) {
            Ok(Grant { by: *account, organization: *organization, access })
        } else {
            Err(NotPermitted::ExceedsOwn(excess))
        }
    }
    /// Who may.
    pub fn actor(&self) -> AccountId {
        self.standing.account
    }
    /// Where.
    pub fn organization(&self) -> OrganizationId {
        self.standing.organization
    }
    /// What the proof was read from.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }
}

impl Grant {
    /// Who gives.
    pub fn by(&self) -> AccountId {
        self.by
    }
    /// Where.
    pub fn organization(&self) -> OrganizationId {
        self.organization
    }
    /// What.
    pub fn access(&self) -> &Access {
        &self.access
    }
    /// What, by value.
    pub fn into_access(self) -> Access {
        self.access
    }
}

impl Refusal for NotPermitted {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotAMember => (RefusalKind::NotFound, "not_found"),
            Self::Missing(_) => (RefusalKind::Forbidden, "permission_missing"),
            Self::OwnerRequired => (RefusalKind::Forbidden, "owner_required"),
            Self::ExceedsOwn(_) => (RefusalKind::Forbidden, "access_exceeds_own"),
            Self::OwnAccess => (RefusalKind::Forbidden, "own_access"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::Missing(permission) => vec![Fact::MissingPermission(permission.clone())],
            Self::ExceedsOwn(permissions) => vec![Fact::ExceededPermissions(permissions.clone())],
            Self::NotAMember | Self::OwnerRequired | Self::OwnAccess => Vec::new(),
        }
    }
}
