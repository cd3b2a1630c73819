//! Access is how much a membership may do; nobody covers an Owner but an Owner.
use std::{collections::BTreeSet, fmt};

use crate::{permission::Permission, refusal::Fault};

/// How much a membership may do.
///
/// ```
/// use registration_domain::{access::Access, catalogue::Catalogue, permission::Permission};
///
/// let catalogue = Catalogue::built_in();
/// assert!(catalogue.holds(&Access::All, &Permission::MEMBERS_INVITE));
/// assert!(!catalogue.holds(&Access::Chosen([].into()), &Permission::MEMBERS_INVITE), "nothing is nothing");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Access {
    /// Everything, the acts that only an Owner may do included.
    Owner,
    /// The whole catalogue, today's and tomorrow's, but not an Owner's acts.
    All,
    /// What the platform's role of this key may do at the time.
    Role(RoleKey),
    /// Just these. An empty set is nothing, never everything.
    Chosen(BTreeSet<Permission>),
}

/// The key of a role of the platform, in `snake_case`.
///
/// ```
/// use registration_domain::access::RoleKey;
///
/// assert_eq!(RoleKey::parse("buyer")?.as_str(), "buyer");
/// assert!(RoleKey::parse("Head buyer").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleKey(String);

/// The text is no role of this platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such role on this platform")]
pub struct UnknownRole;

impl Access {
    /// Where it stands in a list that is sorted by access, as a text that compares so: Owners, who has all
    /// permissions, roles by their keys, and then by how many were chosen.
    ///
    /// ```
    /// use registration_domain::{access::{Access, RoleKey}, permission::Permission};
    ///
    /// let chosen = Access::Chosen([Permission::MEMBERS_VIEW].into());
    /// let ranks = [Access::Owner, Access::All, Access::Role(RoleKey::parse("buyer")?), chosen].map(|it| it.rank());
    /// assert_eq!(ranks, ["0", "1", "2 buyer", "3 00001"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rank(&self) -> String {
        match self {
            Self::Owner => "0".to_owned(),
            Self::All => "1".to_owned(),
            Self::Role(key) => format!("2 {}", key.as_str()),
            Self::Chosen(chosen) => format!("3 {:05}", chosen.len()),
        }
    }
}

impl RoleKey {
    /// Reads a key; whether a platform has it, its [`Catalogue`](crate::catalogue::Catalogue) tells.
    ///
    /// # Errors
    /// [`UnknownRole`] where the text could be no key at all.
    pub fn parse(key: &str) -> Result<Self, UnknownRole> {
        let is_key = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if (1..=64).contains(&key.len()) && key.bytes().all(is_key) {
            Ok(Self(key.to_owned()))
        } else {
            Err(UnknownRole)
        }
    }
    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As the audit log says it.
impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owner => f.write_str("owner"),
            Self::All => f.write_str("all"),
            Self::Role(key) => write!(f, "role {key}"),
            Self::Chosen(chosen) if chosen.is_empty() => f.write_str("nothing"),
            Self::Chosen(chosen) => {
                f.write_str(&chosen.iter().map(Permission::key).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Fault for UnknownRole {
    fn code(&self) -> &'static str {
        "unknown_role"
    }
}
