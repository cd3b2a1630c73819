//! A membership and its row. What the row copies from the account is the ledger's to write.
use registration_domain::{
    id::Id,
    membership::{Cause, Membership, MembershipParts, MembershipState},
    permit::Standing,
    port::PortError,
    revision::Revision,
    time::Timestamp,
};
use sea_orm::{ActiveValue::NotSet, Set};

use super::{corrupt, text};
use crate::entity::membership;

pub(crate) const ACTIVE: &str = "active";
pub(crate) const REMOVED: &str = "removed";
pub(crate) const OWNER: &str = "owner";
pub(crate) const JOIN_REQUEST: &str = "join_request";
pub(crate) const EMPLOYEE_CODE: &str = "employee_code";

pub(crate) fn row(membership: Membership) -> membership::ActiveModel {
    let MembershipParts { id, organization, account, access, cause, joined_at, state, revision } =
        membership.into_parts();
    let (cause, invitation, source, email_domain, let_in_by) = match cause {
        Cause::Founding => ("founding", None, None, None, None),
        Cause::Invitation(invitation) => ("invitation", Some(invitation.uuid()), None, None, None),
        Cause::JoinRequest(request) => (JOIN_REQUEST, None, Some(request.uuid()), None, None),
        Cause::EmployeeCode(code) => (EMPLOYEE_CODE, None, Some(code.uuid()), None, None),
        Cause::EmailDomain { domain, maker } => {
            ("email_domain", None, None, Some(domain.uuid()), Some(maker.uuid()))
        }
    };
    let (state, removed_at, removed_by, removed_reason) = match state {
        MembershipState::Active => (ACTIVE, None, None, None),
        MembershipState::Removed { at, by, reason } => {
            (REMOVED, Some(at.micros()), Some(by.uuid()), text::note_text(reason))
        }
    };
    membership::ActiveModel {
        id: Set(id.uuid()),
        organization: Set(organization.uuid()),
        account: Set(account.uuid()),
        access: Set(text::access_text(&access)),
        access_rank: Set(access.rank()),
        cause: Set(cause.to_owned()),
        invitation: Set(invitation),
        joined_at: Set(joined_at.micros()),
        state: Set(state.to_owned()),
        removed_at: Set(removed_at),
        removed_by: Set(removed_by),
        removed_reason: Set(removed_reason),
        revision: Set(revision.0.into()),
        name_key: NotSet,
        search_key: NotSet,
        last_sign_in_at: NotSet,
        email_domain: Set(email_domain),
        let_in_by: Set(let_in_by),
        source: Set(source),
    }
}

pub(crate) fn aggregate(row: membership::Model) -> Result<Membership, PortError> {
    let membership::Model {
        id,
        organization,
        account,
        access,
        cause,
        invitation,
        joined_at,
        state,
        removed_at,
        removed_by,
        removed_reason,
        revision,
        name_key: _,
        search_key: _,
        last_sign_in_at: _,
        email_domain,
        let_in_by,
        source,
        access_rank: _,
    } = row;
    let corrupt = corrupt("membership", &id);
    let cause = match (cause.as_str(), invitation, source, email_domain, let_in_by) {
        ("founding", None, None, None, None) => Cause::Founding,
        ("invitation", Some(invitation), None, None, None) => Cause::Invitation(Id::new(invitation)),
        (JOIN_REQUEST, None, Some(request), None, None) => Cause::JoinRequest(Id::new(request)),
        (EMPLOYEE_CODE, None, Some(code), None, None) => Cause::EmployeeCode(Id::new(code)),
        ("email_domain", None, None, Some(domain), Some(maker)) => {
            Cause::EmailDomain { domain: Id::new(domain), maker: Id::new(maker) }
        }
        _ => return Err(corrupt("cause")),
    };
    let reason = text::note(removed_reason).map_err(|()| corrupt("removed_reason"))?;
    let state = match (state.as_str(), removed_at, removed_by, reason) {
        (ACTIVE, None, None, None) => MembershipState::Active,
        (REMOVED, Some(at), Some(by), reason) => {
            MembershipState::Removed { at: Timestamp::from_micros(at), by: Id::new(by), reason }
        }
        _ => return Err(corrupt("state")),
    };
    Ok(Membership::from_parts(MembershipParts {
        id: Id::new(id),
        organization: Id::new(organization),
        account: Id::new(account),
        access: text::access(&access).ok_or_else(|| corrupt("access"))?,
        cause,
        joined_at: Timestamp::from_micros(joined_at),
        state,
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    }))
}

/// Of a row that was read as active, with an active account.
pub(crate) fn standing(row: membership::Model) -> Result<Standing, PortError> {
    let id = row.id;
    let active = aggregate(row)?.active().ok_or_else(|| corrupt("membership", &id)("state"))?;
    Ok(active.standing())
}
