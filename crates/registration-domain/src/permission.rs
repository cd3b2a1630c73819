//! A permission is one key of the platform's catalogue; every platform has these, and adds its own.
use std::{borrow::Cow, fmt};

use crate::refusal::Fault;

/// One thing that a member may be allowed to do, by its key: words in `snake_case`, joined by a dot.
///
/// ```
/// use registration_domain::permission::Permission;
///
/// assert_eq!(Permission::parse("members.invite")?, Permission::MEMBERS_INVITE);
/// assert!(Permission::parse("Members Invite").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Permission(Cow<'static, str>);

/// The text is no permission of this platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such permission in the platform's catalogue")]
pub struct UnknownPermission;

macro_rules! built_in {
    ($($name:ident = $key:literal),* $(,)?) => {
        impl Permission {
            $(
                #[doc = concat!("`", $key, "`, which every platform has.")]
                pub const $name: Self = Self(Cow::Borrowed($key));
            )*
            /// The permissions that every platform has.
            pub const BUILT_IN: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

built_in! {
    MEMBERS_VIEW = "members.view",
    MEMBERS_INVITE = "members.invite",
    MEMBERS_MANAGE_ACCESS = "members.manage_access",
    MEMBERS_REMOVE = "members.remove",
    MEMBERS_BULK_INVITE = "members.bulk_invite",
    JOIN_REQUESTS_REVIEW = "join_requests.review",
    EMPLOYEE_CODES_MANAGE = "employee_codes.manage",
    PARTNERS_VIEW = "partners.view",
    PARTNERS_INVITE = "partners.invite",
    PARTNERS_MANAGE = "partners.manage",
    USER_REGISTRATION_USE = "user_registration.use",
    PERSONAL_RECORDS_EDIT = "personal_records.edit",
    PERSONAL_RECORDS_VALIDATE = "personal_records.validate",
    ORGANIZATION_EDIT = "organization.edit",
    AUDIT_VIEW = "audit.view",
}

impl Permission {
    /// Reads a key; whether a platform has it, its [`Catalogue`](crate::catalogue::Catalogue) tells.
    ///
    /// # Errors
    /// [`UnknownPermission`] where the text could be no key at all.
    pub fn parse(key: &str) -> Result<Self, UnknownPermission> {
        let is_word = |it: &str| !it.is_empty() && it.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let words = key.split('.').collect::<Vec<_>>();
        if key.len() <= 64 && words.len() == 2 && words.into_iter().all(is_word) {
            Ok(Self(Cow::Owned(key.to_owned())))
        } else {
            Err(UnknownPermission)
        }
    }
    /// The key, such as `members.invite`.
    pub fn key(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Fault for UnknownPermission {
    fn code(&self) -> &'static str {
        "unknown_permission"
    }
}
