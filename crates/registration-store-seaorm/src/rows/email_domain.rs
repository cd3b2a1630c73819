//! An e-mail domain and its row. When DNS was asked is the ledger's to write.
use registration_domain::{
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomain, EmailDomainParts, EmailDomainState, PolicyKind, ProofToken},
    id::Id,
    port::PortError,
    revision::Revision,
    time::Timestamp,
};
use sea_orm::{ActiveValue::NotSet, Set};
use uuid::Uuid;

use super::{corrupt, text};
use crate::entity::email_domain;

pub(crate) const PENDING: &str = "pending";
pub(crate) const VERIFIED: &str = "verified";
pub(crate) const LAPSED: &str = "lapsed";
pub(crate) const REMOVED: &str = "removed";

/// A state as its columns hold it: the word, since when, since when its record is gone, and who removed it.
type Columns<'a> = (&'a str, Option<i64>, Option<i64>, Option<Uuid>);

pub(crate) fn row(domain: EmailDomain) -> email_domain::ActiveModel {
    let EmailDomainParts { id, organization, name, policy, token, added_by, created_at, state, revision } =
        domain.into_parts();
    let (state, state_at, missing_since, removed_by) = columns(&state);
    let (access, maker) = match &policy {
        DomainPolicy::Admit { access, maker } => (Some(text::access_text(access)), Some(maker.uuid())),
        DomainPolicy::Review | DomainPolicy::InvitationOnly => (None, None),
    };
    email_domain::ActiveModel {
        id: Set(id.uuid()),
        organization: Set(organization.uuid()),
        name: Set(name.as_str().to_owned()),
        policy: Set(policy.kind().key().to_owned()),
        access: Set(access),
        maker: Set(maker),
        token: Set(token.as_str().to_owned()),
        added_by: Set(added_by.uuid()),
        created_at: Set(created_at.micros()),
        state: Set(state.to_owned()),
        state_at: Set(state_at),
        missing_since: Set(missing_since),
        removed_by: Set(removed_by),
        revision: Set(revision.0.into()),
        checked_at: NotSet,
    }
}

pub(crate) fn aggregate(row: email_domain::Model) -> Result<EmailDomain, PortError> {
    let email_domain::Model {
        id,
        organization,
        name,
        policy,
        access,
        maker,
        token,
        added_by,
        created_at,
        state,
        state_at,
        missing_since,
        removed_by,
        revision,
        checked_at: _,
    } = row;
    let corrupt = corrupt("email_domain", &id);
    let canonical = DomainName::parse(&name).ok().filter(|it| it.as_str() == name);
    let access = access.map(|it| text::access(&it).ok_or_else(|| corrupt("access"))).transpose()?;
    let state = state_of((state.as_str(), state_at, missing_since, removed_by));
    Ok(EmailDomain::from_parts(EmailDomainParts {
        id: Id::new(id),
        organization: Id::new(organization),
        name: canonical.ok_or_else(|| corrupt("name"))?,
        policy: policy_of(&policy, access, maker).ok_or_else(|| corrupt("policy"))?,
        token: ProofToken::parse(&token).map_err(|_| corrupt("token"))?,
        added_by: Id::new(added_by),
        created_at: Timestamp::from_micros(created_at),
        state: state.ok_or_else(|| corrupt("state"))?,
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    }))
}

pub(super) fn policy_of(
    kind: &str,
    access: Option<registration_domain::access::Access>,
    maker: Option<Uuid>,
) -> Option<DomainPolicy> {
    Some(match (PolicyKind::parse(kind)?, access, maker) {
        (PolicyKind::Admit, Some(access), Some(maker)) => {
            DomainPolicy::Admit { access, maker: Id::new(maker) }
        }
        (PolicyKind::Review, None, None) => DomainPolicy::Review,
        (PolicyKind::InvitationOnly, None, None) => DomainPolicy::InvitationOnly,
        (PolicyKind::Admit | PolicyKind::Review | PolicyKind::InvitationOnly, _, _) => return None,
    })
}

fn columns(state: &EmailDomainState) -> Columns<'static> {
    match state {
        EmailDomainState::Pending => (PENDING, None, None, None),
        EmailDomainState::Verified { at, missing_since } => {
            (VERIFIED, Some(at.micros()), missing_since.map(Timestamp::micros), None)
        }
        EmailDomainState::Lapsed { at } => (LAPSED, Some(at.micros()), None, None),
        EmailDomainState::Removed { at, by } => (REMOVED, Some(at.micros()), None, Some(by.uuid())),
    }
}

fn state_of((state, at, missing_since, by): Columns<'_>) -> Option<EmailDomainState> {
    let (at, missing_since) = (at.map(Timestamp::from_micros), missing_since.map(Timestamp::from_micros));
    Some(match (state, at, missing_since, by) {
        (PENDING, None, None, None) => EmailDomainState::Pending,
        (VERIFIED, Some(at), missing_since, None) => EmailDomainState::Verified { at, missing_since },
        (LAPSED, Some(at), None, None) => EmailDomainState::Lapsed { at },
        (REMOVED, Some(at), None, Some(by)) => EmailDomainState::Removed { at, by: Id::new(by) },
        _ => return None,
    })
}
