//! An employee code and its row.
use std::num::NonZeroU32;

use registration_domain::{
    employee_code::{
        CodeLabel, CountedCode, EmployeeCode, EmployeeCodeParts, EmployeeCodeState, Entry, RefusedTries,
    },
    id::Id,
    port::PortError,
    receipt::Digest,
    revision::Revision,
    time::Timestamp,
};

use super::{corrupt, text};
use crate::entity::employee_code;

pub(crate) const ACTIVE: &str = "active";
pub(crate) const REVOKED: &str = "revoked";

/// A new one, which nobody used yet.
pub(crate) fn row(code: EmployeeCode) -> employee_code::Model {
    let EmployeeCodeParts {
        id,
        organization,
        batch,
        maker,
        label,
        digest: Digest(digest),
        uses,
        expires_at,
        entry,
        created_at,
        state,
        revision,
    } = code.into_parts();
    let (state, revoked_at, revoked_by) = match state {
        EmployeeCodeState::Active => (ACTIVE, None, None),
        EmployeeCodeState::Revoked { at, by } => (REVOKED, Some(at.micros()), Some(by.uuid())),
    };
    employee_code::Model {
        id: id.uuid(),
        organization: organization.uuid(),
        batch: batch.uuid(),
        maker: maker.uuid(),
        label: label.map(|it| it.as_str().to_owned()),
        digest: digest.to_vec(),
        uses: uses.map(|it| it.get().into()),
        used: 0,
        expires_at: expires_at.map(Timestamp::micros),
        admits: entry.admits(),
        access: entry.access().map(text::access_text),
        created_at: created_at.micros(),
        state: state.to_owned(),
        revoked_at,
        revoked_by,
        refused_revoked: 0,
        refused_expired: 0,
        refused_used_up: 0,
        refused_elsewhere: 0,
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: employee_code::Model) -> Result<CountedCode, PortError> {
    let employee_code::Model {
        id,
        organization,
        batch,
        maker,
        label,
        digest,
        uses,
        used,
        expires_at,
        admits,
        access,
        created_at,
        state,
        revoked_at,
        revoked_by,
        refused_revoked,
        refused_expired,
        refused_used_up,
        refused_elsewhere,
        revision,
    } = row;
    let corrupt = corrupt("employee_code", &id);
    let access = access.map(|it| text::access(&it).ok_or_else(|| corrupt("access"))).transpose()?;
    let entry = match (admits, access) {
        (true, Some(access)) => Entry::Admit { access },
        (true, None) => return Err(corrupt("access")),
        (false, suggested) => Entry::Review { suggested },
    };
    let state = match (state.as_str(), revoked_at, revoked_by) {
        (ACTIVE, None, None) => EmployeeCodeState::Active,
        (REVOKED, Some(at), Some(by)) => {
            EmployeeCodeState::Revoked { at: Timestamp::from_micros(at), by: Id::new(by) }
        }
        _ => return Err(corrupt("state")),
    };
    let count = |number: i64, what| u32::try_from(number).map_err(|_| corrupt(what));
    let most = uses.map(|it| count(it, "uses")).transpose()?;
    let uses = most.map(|it| NonZeroU32::new(it).ok_or_else(|| corrupt("uses"))).transpose()?;
    let code = EmployeeCode::from_parts(EmployeeCodeParts {
        id: Id::new(id),
        organization: Id::new(organization),
        batch: Id::new(batch),
        maker: Id::new(maker),
        label: label.as_deref().map(|it| label_of(it).ok_or_else(|| corrupt("label"))).transpose()?,
        digest: Digest(digest.try_into().map_err(|_| corrupt("digest"))?),
        uses,
        expires_at: expires_at.map(Timestamp::from_micros),
        entry,
        created_at: Timestamp::from_micros(created_at),
        state,
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    });
    let refused = RefusedTries {
        revoked: count(refused_revoked, "refused_revoked")?,
        expired: count(refused_expired, "refused_expired")?,
        used_up: count(refused_used_up, "refused_used_up")?,
        elsewhere: count(refused_elsewhere, "refused_elsewhere")?,
    };
    Ok(CountedCode { code, used: count(used, "used")?, refused })
}

/// An empty label is none, and is never stored.
pub(super) fn label_of(text: &str) -> Option<CodeLabel> {
    CodeLabel::parse(text).ok().flatten()
}
