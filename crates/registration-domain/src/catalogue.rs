//! What can be allowed on this platform: its permissions in groups, and its roles.
use std::collections::{BTreeMap, BTreeSet};

use crate::{
    access::{Access, RoleKey, UnknownRole},
    permission::{Permission, UnknownPermission},
    refusal::FieldFault,
};

/// The permissions and roles of a platform.
///
/// ```
/// use registration_domain::{
///     access::{Access, RoleKey},
///     catalogue::{Catalogue, Role},
///     permission::Permission,
/// };
///
/// let reader = Role {
///     key: RoleKey::parse("reader")?,
///     label: "Reader".into(),
///     description: "Sees who belongs.".into(),
///     permissions: [Permission::MEMBERS_VIEW].into(),
/// };
/// let catalogue = Catalogue::with(vec![], vec![reader])?;
/// let own = Access::Role(RoleKey::parse("reader")?);
/// assert_eq!(catalogue.held(&own), [Permission::MEMBERS_VIEW].into());
/// let given = Access::Chosen([Permission::MEMBERS_VIEW, Permission::AUDIT_VIEW].into());
/// assert_eq!(catalogue.excess(&own, &given), [Permission::AUDIT_VIEW]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    permissions: Vec<CataloguedPermission>,
    roles: BTreeMap<RoleKey, Role>,
}

/// A permission as people choose it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CataloguedPermission {
    /// The key.
    pub permission: Permission,
    /// The heading that it stands under.
    pub group: String,
    /// Its name.
    pub label: String,
    /// What whoever holds it can do.
    pub description: String,
    /// Whether it is of use only to somebody with a validated personal record.
    pub needs_personal_record: bool,
}

/// A named set of permissions, which the platform may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The key.
    pub key: RoleKey,
    /// Its name.
    pub label: String,
    /// What it is for.
    pub description: String,
    /// What its holders may do.
    pub permissions: BTreeSet<Permission>,
}

/// What is wrong with a platform's own additions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueFault {
    /// A permission stands there twice, or is built in.
    #[error("the permission {0} is there twice")]
    Twice(Permission),
    /// A role stands there twice.
    #[error("the role {0} is there twice")]
    RoleTwice(RoleKey),
    /// A role holds a permission that the catalogue lacks.
    #[error("the role {role} holds {permission}, which is not in the catalogue")]
    UnknownInRole {
        /// The role.
        role: RoleKey,
        /// What it holds.
        permission: Permission,
    },
}

impl Catalogue {
    /// What every platform has, and no role.
    pub fn built_in() -> Self {
        Self { permissions: Permission::BUILT_IN.iter().map(described).collect(), roles: BTreeMap::new() }
    }

    /// What every platform has, and this platform's own.
    ///
    /// # Errors
    /// [`CatalogueFault`] for the first thing that stands there twice or names what is not there.
    pub fn with(own: Vec<CataloguedPermission>, roles: Vec<Role>) -> Result<Self, CatalogueFault> {
        let mut catalogue = Self::built_in();
        for permission in own {
            if catalogue.knows(&permission.permission) {
                return Err(CatalogueFault::Twice(permission.permission));
            }
            catalogue.permissions.push(permission);
        }
        for role in roles {
            if let Some(unknown) = role.permissions.iter().find(|it| !catalogue.knows(it)) {
                return Err(CatalogueFault::UnknownInRole { role: role.key, permission: unknown.clone() });
            }
            if let Some(twice) = catalogue.roles.insert(role.key.clone(), role) {
                return Err(CatalogueFault::RoleTwice(twice.key));
            }
        }
        Ok(catalogue)
    }

    /// The permissions, in the order in which people see them.
    pub fn permissions(&self) -> &[CataloguedPermission] {
        &self.permissions
    }
    /// The roles, by key.
    pub fn roles(&self) -> impl Iterator<Item = &Role> {
        self.roles.values()
    }
    /// The role of this key.
    pub fn role(&self, key: &RoleKey) -> Option<&Role> {
        self.roles.get(key)
    }
    /// Whether the platform has this permission.
    pub fn knows(&self, permission: &Permission) -> bool {
        self.permissions.iter().any(|it| it.permission == *permission)
    }

    /// Whether this access holds this permission. A role that is gone, and a permission that is, hold nothing.
    pub fn holds(&self, access: &Access, permission: &Permission) -> bool {
        self.knows(permission)
            && match access {
                Access::Owner | Access::All => true,
                Access::Role(key) => self.role(key).is_some_and(|role| role.permissions.contains(permission)),
                Access::Chosen(chosen) => chosen.contains(permission),
            }
    }
    /// All that this access holds today.
    pub fn held(&self, access: &Access) -> BTreeSet<Permission> {
        let all = self.permissions.iter().map(|it| it.permission.clone());
        all.filter(|it| self.holds(access, it)).collect()
    }
    /// What `given` holds and `own` lacks; empty where `own` may give it. `All` reaches into tomorrow, so
    /// that no sum of today's permissions covers it, and only an Owner covers an Owner: those are the
    /// caller's to ask with [`outranks`](Self::outranks) first.
    pub fn excess(&self, own: &Access, given: &Access) -> Vec<Permission> {
        self.held(given).into_iter().filter(|it| !self.holds(own, it)).collect()
    }
    /// Whether what is given is of a higher kind than one's own, whatever the permissions of today are.
    pub fn outranks(given: &Access, own: &Access) -> bool {
        rank(given) > rank(own)
    }
    /// What the access names and this catalogue lacks: its role, or chosen permissions.
    pub fn faults(&self, access: &Access) -> Vec<FieldFault> {
        match access {
            Access::Owner | Access::All => Vec::new(),
            Access::Role(key) if self.role(key).is_some() => Vec::new(),
            Access::Role(_) => vec![FieldFault::of("access/role", &UnknownRole)],
            Access::Chosen(chosen) => {
                let unknown = chosen.iter().filter(|it| !self.knows(it));
                unknown.map(|_| FieldFault::of("access/permissions", &UnknownPermission)).collect()
            }
        }
    }
}

fn rank(access: &Access) -> u8 {
    match access {
        Access::Owner => 2,
        Access::All => 1,
        Access::Role(_) | Access::Chosen(_) => 0,
    }
}

fn described(permission: &Permission) -> CataloguedPermission {
    let (group, label, description) = match permission.key() {
        "members.view" => {
            ("Members", "See members", "See who belongs to the organization, and with which access.")
        }
        "members.invite" => ("Members", "Invite members", "Invite people, giving no more than one holds."),
        "members.manage_access" => ("Members", "Manage access", "Change what other members may do."),
        "members.remove" => ("Members", "Remove members", "End the membership of others."),
        "members.bulk_invite" => ("Members", "Invite in bulk", "Invite many people at once, from a file."),
        "join_requests.review" => {
            ("Members", "Review join requests", "Approve or reject people who ask to join.")
        }
        "employee_codes.manage" => ("Members", "Manage employee codes", "Make and revoke employee codes."),
        "partners.view" => {
            ("Business partners", "See partners", "See the Customer List and the Supplier List.")
        }
        "partners.invite" => ("Business partners", "Invite partners", "Invite customers and suppliers."),
        "partners.manage" => ("Business partners", "Manage partners", "Change, merge and end partnerships."),
        "user_registration.use" => ("User registration", "Register users", "Create internal users."),
        "personal_records.edit" => {
            ("User registration", "Edit personal records", "Enter personal information.")
        }
        "personal_records.validate" => (
            "User registration",
            "Validate personal records",
            "Validate personal information, or send it back.",
        ),
        "organization.edit" => ("Organization", "Edit the organization", "Change its name and its settings."),
        _ => ("Organization", "See the audit log", "See who let whom in, when and why."),
    };
    CataloguedPermission {
        permission: permission.clone(),
        group: group.into(),
        label: label.into(),
        description: description.into(),
        needs_personal_record: false,
    }
}
