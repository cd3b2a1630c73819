//! A join request and its row.
use registration_domain::{
    access::Access,
    domain_name::DomainName,
    id::Id,
    join_request::{JoinRequest, JoinRequestParts, JoinRequestState, Method, SettledBy},
    note::Note,
    port::PortError,
    revision::Revision,
    time::Timestamp,
};
use uuid::Uuid;

use super::{corrupt, text};
use crate::entity::join_request;

pub(crate) const PENDING: &str = "pending";
pub(crate) const APPROVED: &str = "approved";
pub(crate) const REJECTED: &str = "rejected";
pub(crate) const WITHDRAWN: &str = "withdrawn";
pub(crate) const SETTLED: &str = "settled";
pub(crate) const EXPIRED: &str = "expired";

const APPROVAL: &str = "approval";
const EMPLOYEE_CODE: &str = "employee_code";
const INVITATION: &str = "invitation";
const EMAIL_DOMAIN: &str = "email_domain";

/// A state as its columns hold it.
#[derive(Default)]
struct Columns {
    state: String,
    at: Option<Timestamp>,
    by: Option<Uuid>,
    access: Option<Access>,
    reason: Option<Note>,
    way: Option<(String, Uuid)>,
}

pub(crate) fn row(request: JoinRequest) -> join_request::Model {
    let JoinRequestParts {
        id,
        organization,
        account,
        method,
        created_at,
        expires_at,
        warn_at,
        reminded_at,
        state,
        revision,
    } = request.into_parts();
    let (method, note, code, domain) = match method {
        Method::Approval { note } => (APPROVAL, note, None, None),
        Method::EmployeeCode { code } => (EMPLOYEE_CODE, None, Some(code.uuid()), None),
        Method::EmailDomain { domain, name, note } => {
            (EMAIL_DOMAIN, note, None, Some((domain.uuid(), name.as_str().to_owned())))
        }
    };
    let (email_domain, email_domain_name) = domain.unzip();
    let Columns { state, at, by, access, reason, way } = columns(state);
    let (way, way_id) = way.unzip();
    join_request::Model {
        id: id.uuid(),
        organization: organization.uuid(),
        account: account.uuid(),
        method: method.to_owned(),
        note: text::note_text(note),
        code,
        email_domain,
        email_domain_name,
        created_at: created_at.micros(),
        expires_at: expires_at.micros(),
        warn_at: warn_at.map(Timestamp::micros),
        reminded_at: reminded_at.map(Timestamp::micros),
        state,
        ended_at: at.map(Timestamp::micros),
        decided_by: by,
        access: access.as_ref().map(text::access_text),
        reason: text::note_text(reason),
        way,
        way_id,
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: join_request::Model) -> Result<JoinRequest, PortError> {
    let join_request::Model {
        id,
        organization,
        account,
        method,
        note,
        code,
        email_domain,
        email_domain_name,
        created_at,
        expires_at,
        warn_at,
        reminded_at,
        state,
        ended_at,
        decided_by,
        access,
        reason,
        way,
        way_id,
        revision,
    } = row;
    let corrupt = corrupt("join_request", &id);
    let note = text::note(note).map_err(|()| corrupt("note"))?;
    let method = match (method.as_str(), note, code, email_domain, email_domain_name) {
        (APPROVAL, note, None, None, None) => Method::Approval { note },
        (EMPLOYEE_CODE, None, Some(code), None, None) => Method::EmployeeCode { code: Id::new(code) },
        (EMAIL_DOMAIN, note, None, Some(domain), Some(name)) => Method::EmailDomain {
            domain: Id::new(domain),
            name: DomainName::parse(&name).map_err(|_| corrupt("email_domain_name"))?,
            note,
        },
        _ => return Err(corrupt("method")),
    };
    let way = match (way, way_id) {
        (None, None) => None,
        (Some(way), Some(id)) => Some((way, id)),
        (Some(_), None) | (None, Some(_)) => return Err(corrupt("way")),
    };
    let columns = Columns {
        state,
        at: ended_at.map(Timestamp::from_micros),
        by: decided_by,
        access: access.map(|it| text::access(&it).ok_or_else(|| corrupt("access"))).transpose()?,
        reason: text::note(reason).map_err(|()| corrupt("reason"))?,
        way,
    };
    Ok(JoinRequest::from_parts(JoinRequestParts {
        id: Id::new(id),
        organization: Id::new(organization),
        account: Id::new(account),
        method,
        created_at: Timestamp::from_micros(created_at),
        expires_at: Timestamp::from_micros(expires_at),
        warn_at: warn_at.map(Timestamp::from_micros),
        reminded_at: reminded_at.map(Timestamp::from_micros),
        state: state_of(columns).ok_or_else(|| corrupt("state"))?,
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    }))
}

fn columns(state: JoinRequestState) -> Columns {
    let ended = |state: &str, at| Columns { state: state.to_owned(), at: Some(at), ..Columns::default() };
    match state {
        JoinRequestState::Pending => Columns { state: PENDING.to_owned(), ..Columns::default() },
        JoinRequestState::Approved { at, by, access } => {
            Columns { by: Some(by.uuid()), access: Some(access), ..ended(APPROVED, at) }
        }
        JoinRequestState::Rejected { at, by, reason } => {
            Columns { by: Some(by.uuid()), reason, ..ended(REJECTED, at) }
        }
        JoinRequestState::Withdrawn { at } => ended(WITHDRAWN, at),
        JoinRequestState::Settled { at, by } => {
            let id = match by {
                SettledBy::Invitation(it) => it.uuid(),
                SettledBy::EmployeeCode(it) => it.uuid(),
                SettledBy::EmailDomain(it) => it.uuid(),
            };
            Columns { way: Some((by.key().to_owned(), id)), ..ended(SETTLED, at) }
        }
        JoinRequestState::Expired { at } => ended(EXPIRED, at),
    }
}

fn state_of(columns: Columns) -> Option<JoinRequestState> {
    let Columns { state, at, by, access, reason, way } = columns;
    Some(match (state.as_str(), at, by, access, reason, way) {
        (PENDING, None, None, None, None, None) => JoinRequestState::Pending,
        (APPROVED, Some(at), Some(by), Some(access), None, None) => {
            JoinRequestState::Approved { at, by: Id::new(by), access }
        }
        (REJECTED, Some(at), Some(by), None, reason, None) => {
            JoinRequestState::Rejected { at, by: Id::new(by), reason }
        }
        (WITHDRAWN, Some(at), None, None, None, None) => JoinRequestState::Withdrawn { at },
        (SETTLED, Some(at), None, None, None, Some((way, id))) => {
            JoinRequestState::Settled { at, by: settled_by(&way, id)? }
        }
        (EXPIRED, Some(at), None, None, None, None) => JoinRequestState::Expired { at },
        _ => return None,
    })
}

fn settled_by(way: &str, id: Uuid) -> Option<SettledBy> {
    match way {
        INVITATION => Some(SettledBy::Invitation(Id::new(id))),
        EMPLOYEE_CODE => Some(SettledBy::EmployeeCode(Id::new(id))),
        EMAIL_DOMAIN => Some(SettledBy::EmailDomain(Id::new(id))),
        _ => None,
    }
}
