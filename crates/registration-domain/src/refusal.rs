//! Every "no" has a kind, which says what the caller can do, and a code that is the same everywhere.
use std::{borrow::Cow, error::Error};

use crate::{
    account::AccountId, email_domain::EmailDomainId, invitation::InvitationId, join_request::JoinRequestId,
    organization::OrganizationId, permission::Permission, person_name::PersonName, time::Timestamp,
};

/// What a caller can do about a "no".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RefusalKind {
    /// Say something else: a field cannot be taken.
    Invalid,
    /// Sign in, or sign in as somebody else.
    Unauthenticated,
    /// Ask somebody who may.
    Forbidden,
    /// Look elsewhere: there is nothing that the caller may know of.
    NotFound,
    /// Look at what is there now: it stands against the wish.
    Conflict,
    /// Ask for a new one: this one is over.
    Gone,
    /// Wait until a time.
    Limited,
    /// The caller rested on an older version.
    Stale,
    /// Try again: nothing was decided.
    Unavailable,
}

/// Why a verb did nothing.
///
/// ```
/// use registration_domain::{
///     invitation::NotAcceptable,
///     refusal::{Refusal, RefusalKind},
///     time::Timestamp,
/// };
///
/// let refused = NotAcceptable::Expired { at: Timestamp::from_micros(0) };
/// assert_eq!((refused.kind(), refused.code()), (RefusalKind::Gone, "invitation_expired"));
/// assert_eq!(refused.to_string(), "the invitation has expired");
/// ```
pub trait Refusal: Error {
    /// The kind, and a stable `snake_case` word such as `invitation_expired`: one table an error.
    fn told(&self) -> (RefusalKind, &'static str);

    /// The fields that cannot be taken, all at once.
    fn faults(&self) -> Vec<FieldFault> {
        Vec::new()
    }
    /// What a program needs to go on from here.
    fn facts(&self) -> Vec<Fact> {
        Vec::new()
    }

    /// What the caller can do about it.
    fn kind(&self) -> RefusalKind {
        self.told().0
    }
    /// The stable word for it.
    fn code(&self) -> &'static str {
        self.told().1
    }
}

/// Why a value cannot be taken: a stable code for programs, words for people.
pub trait Fault: Error {
    /// A stable `snake_case` word such as `invalid_email`.
    fn code(&self) -> &'static str;
}

/// A fault, and the field that it lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The field as the command names it, `username`; in a list or object with slashes, `access/role`.
    pub field: Cow<'static, str>,
    /// A stable `snake_case` word such as `username_taken`.
    pub code: &'static str,
    /// The same in words.
    pub detail: String,
}

impl FieldFault {
    /// What a value type says of the text in a field.
    pub fn of(field: impl Into<Cow<'static, str>>, fault: &dyn Fault) -> Self {
        Self { field: field.into(), code: fault.code(), detail: fault.to_string() }
    }
    /// A fault that only a rule can find.
    pub fn new(field: impl Into<Cow<'static, str>>, code: &'static str, detail: impl Into<String>) -> Self {
        Self { field: field.into(), code, detail: detail.into() }
    }
    /// A field that this caller cannot leave out.
    pub fn required(field: &'static str) -> Self {
        Self::new(field, "required", "this field is required")
    }
}

/// What became of a join request, for whoever wanted to decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The stable word for its state.
    pub state: &'static str,
    /// Since when.
    pub at: Timestamp,
    /// Who decided, where a reviewer did.
    pub by: Option<(AccountId, PersonName)>,
}

/// What stands beside a code, for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// The invitation that is in the way.
    Invitation(InvitationId),
    /// The join request that is in the way.
    JoinRequest(JoinRequestId),
    /// What a reviewer decided before, or what became of it otherwise.
    Decided(Decided),
    /// The permission that the caller lacks.
    MissingPermission(Permission),
    /// The permissions that the caller would give and does not hold.
    ExceededPermissions(Vec<Permission>),
    /// When it may be tried again.
    RetryAt(Timestamp),
    /// Since when it is as it is.
    Since(Timestamp),
    /// The e-mail domain that is in the way.
    EmailDomain(EmailDomainId),
    /// The texts that were found where another one must be.
    RecordsFound(Vec<String>),
    /// How many more tries there are before one has to wait.
    TriesLeft(u32),
    /// The organizations that are in the way.
    Organizations(Vec<OrganizationId>),
}
