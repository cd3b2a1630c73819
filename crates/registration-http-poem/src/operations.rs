//! Every operation stands in one table: who may, what it answers, and what it can refuse with.
mod table;

use std::collections::BTreeSet;

use crate::{
    listing::Parameters,
    problem::{Code, find_code},
};

pub use table::OPERATIONS;

/// One method on one path.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// Its name in the document, such as `invite`.
    pub id: &'static str,
    /// In capitals.
    pub method: &'static str,
    /// Below `/api/v1`, as the document writes it: `/organizations/{org}`.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    /// The status where it is done.
    pub done: u16,
    /// What it can refuse with, beside what its shape says already.
    pub also: &'static [&'static str],
    /// What comes with the request.
    pub takes: Takes,
    /// What may stand in its query.
    pub(crate) query: Option<Parameters>,
}

/// Who may use an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody; a token is not looked at.
    Anybody,
    /// Somebody new; and who is signed in only where they have the invited address.
    Invitee,
    /// Everybody who is signed in.
    SignedIn,
    /// Everybody who is signed in, about a membership of theirs.
    Oneself,
    /// Who is signed in as the account that has the invited address.
    Addressee,
    /// Everybody who is signed in, about a join request of theirs; what is another's is not there.
    Requester,
    /// Everybody who is signed in and does not belong to the organization of the path, where it lets itself be
    /// found.
    Outsider,
    /// Every member of the organization of the path.
    Member,
    /// Members who hold this permission.
    Holder(&'static str),
    /// Owners.
    Owner,
    /// Members who hold this permission, and even they are refused, with this code.
    Nobody(&'static str, &'static str),
}

/// What comes with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// A body.
    Body,
    /// A body that may be left out.
    OptionalBody,
}

/// Who calls, as far as the table tells callers apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Without a token.
    Anonymous,
    /// A member who holds no permission.
    MemberWithout,
    /// A member who holds just the permission that the operation needs.
    MemberWith,
    /// A member with the whole catalogue.
    All,
    /// An Owner.
    Owner,
    /// The Owner of another organization.
    OwnerElsewhere,
    /// An Owner whose session was ended.
    EndedSession,
    /// Somebody whose membership was ended.
    Removed,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Anonymous,
        Self::MemberWithout,
        Self::MemberWith,
        Self::All,
        Self::Owner,
        Self::OwnerElsewhere,
        Self::EndedSession,
        Self::Removed,
    ];
}

/// What an operation answers: a status, and the code where it is a problem.
pub type Told = (u16, Option<&'static str>);

const NOT_SIGNED_IN: Told = (401, Some("not_signed_in"));
const NOT_FOUND: Told = (404, Some("not_found"));

impl Operation {
    /// What a request that is right in all else is answered, in the organization that these callers are of.
    pub fn told(&self, kind: Kind) -> Told {
        let done = (self.done, None);
        match (self.who, kind) {
            (Who::Anybody, _) | (Who::Invitee, Kind::Anonymous) => done,
            (_, Kind::Anonymous | Kind::EndedSession) => NOT_SIGNED_IN,
            (Who::Invitee, _) => (403, Some("invitation_for_someone_else")),
            (Who::SignedIn, _) | (Who::Oneself, Kind::OwnerElsewhere) => done,
            // The request of the tests is another's.
            (Who::Addressee | Who::Requester, _) | (_, Kind::OwnerElsewhere | Kind::Removed) => NOT_FOUND,
            (Who::Holder(_) | Who::Nobody(..), Kind::MemberWithout) => (403, Some("permission_missing")),
            (Who::Outsider, _) => (409, Some("already_member")),
            (Who::Oneself | Who::Member | Who::Holder(_), _) | (Who::Owner, Kind::Owner) => done,
            (Who::Owner, _) => (403, Some("owner_required")),
            (Who::Nobody(_, code), _) => (403, Some(code)),
        }
    }

    /// What is gone for an invitee stands against the wish of the inviting side.
    fn status_of(&self, code: &Code) -> Option<u16> {
        match (self.who, code.status) {
            (Who::Holder(_), Some(410)) => Some(409),
            (_, status) => status,
        }
    }

    /// The permission that it needs.
    pub fn permission(&self) -> Option<&'static str> {
        match self.who {
            Who::Holder(permission) | Who::Nobody(permission, _) => Some(permission),
            Who::Anybody
            | Who::Invitee
            | Who::SignedIn
            | Who::Oneself
            | Who::Addressee
            | Who::Requester
            | Who::Outsider
            | Who::Member
            | Who::Owner => None,
        }
    }

    /// Every code that it can refuse a whole request with, by status.
    pub fn codes(&self) -> Vec<(u16, &'static Code)> {
        let mut codes = BTreeSet::from(["internal", "overloaded", "too_many_requests", "try_again"]);
        codes.extend(self.also);
        match self.who {
            Who::Anybody => {}
            Who::Invitee | Who::SignedIn => codes.extend(["not_signed_in"]),
            Who::Oneself | Who::Addressee | Who::Requester | Who::Member => {
                codes.extend(["not_signed_in", "not_found"]);
            }
            Who::Outsider => codes.extend(["not_signed_in", "not_found", "already_member"]),
            Who::Holder(_) => codes.extend(["not_signed_in", "not_found", "permission_missing"]),
            Who::Owner => codes.extend(["not_signed_in", "not_found", "owner_required"]),
            Who::Nobody(_, code) => codes.extend(["not_signed_in", "not_found", "permission_missing", code]),
        }
        if self.takes != Takes::Nothing {
            codes.extend(["malformed_json", "unsupported_media_type", "body_too_large", "validation_failed"]);
        }
        if self.query.is_some() {
            codes.extend(["validation_failed"]);
        }
        if self.method == "POST" {
            codes.extend(["idempotency_key_malformed", "idempotency_key_reused"]);
        }
        let codes = codes.into_iter().filter_map(find_code);
        let mut codes: Vec<_> = codes.filter_map(|it| Some((self.status_of(it)?, it))).collect();
        codes.sort_by_key(|(status, it)| (*status, it.code));
        codes
    }
}
