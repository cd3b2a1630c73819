//! A receipt and its row: an outcome is a word and up to three ids.
use registration_domain::{
    id::Id,
    port::PortError,
    receipt::{Digest, Once, Outcome, Receipt, Scope},
    time::Timestamp,
};
use uuid::Uuid;

use super::corrupt;
use crate::entity::receipt;

type Columns<'a> = (&'a str, Option<Uuid>, Option<Uuid>, Option<Uuid>);

pub(crate) fn scope_bytes(Scope(Digest(scope)): Scope) -> Vec<u8> {
    scope.to_vec()
}

pub(crate) fn row(receipt: Receipt) -> receipt::Model {
    let Receipt { once: Once { scope, key, fingerprint: Digest(fingerprint) }, outcome, at } = receipt;
    let (outcome, first, second, third) = columns(outcome);
    receipt::Model {
        scope: scope_bytes(scope),
        key,
        fingerprint: fingerprint.to_vec(),
        outcome: outcome.to_owned(),
        first,
        second,
        third,
        at: at.micros(),
    }
}

pub(crate) fn aggregate(row: receipt::Model) -> Result<Receipt, PortError> {
    let receipt::Model { scope, key, fingerprint, outcome, first, second, third, at } = row;
    let corrupt = corrupt("receipt", &key);
    let scope = Scope(Digest(scope.try_into().map_err(|_| corrupt("scope"))?));
    let fingerprint = Digest(fingerprint.try_into().map_err(|_| corrupt("fingerprint"))?);
    let outcome = outcome_of((&outcome, first, second, third)).ok_or_else(|| corrupt("outcome"))?;
    Ok(Receipt { once: Once { scope, key, fingerprint }, outcome, at: Timestamp::from_micros(at) })
}

fn columns(outcome: Outcome) -> Columns<'static> {
    match outcome {
        Outcome::SetUp { account, organization, session } => {
            ("set_up", Some(account.uuid()), Some(organization.uuid()), Some(session.uuid()))
        }
        Outcome::SignedIn { session } => ("signed_in", Some(session.uuid()), None, None),
        Outcome::SignUp { sign_up } => ("sign_up", Some(sign_up.uuid()), None, None),
        Outcome::EmailChange { change } => ("email_change", Some(change.uuid()), None, None),
        Outcome::SignedUp { account } => ("signed_up", Some(account.uuid()), None, None),
        Outcome::Founded { organization, membership } => {
            ("founded", Some(organization.uuid()), Some(membership.uuid()), None)
        }
        Outcome::Invitation { invitation } => ("invitation", Some(invitation.uuid()), None, None),
        Outcome::Registered { account, membership, session } => {
            ("registered", Some(account.uuid()), Some(membership.uuid()), Some(session.uuid()))
        }
        Outcome::Joined { membership } => ("joined", Some(membership.uuid()), None, None),
        Outcome::HandedOver { from, to } => ("handed_over", Some(from.uuid()), Some(to.uuid()), None),
        Outcome::EmailDomain { domain } => ("email_domain", Some(domain.uuid()), None, None),
        Outcome::PasswordChanged { session } => ("password_changed", Some(session.uuid()), None, None),
        Outcome::EmployeeCodes { batch } => ("employee_codes", Some(batch.uuid()), None, None),
        Outcome::JoinRequest { request } => ("join_request", Some(request.uuid()), None, None),
        Outcome::Done => ("done", None, None, None),
    }
}

fn outcome_of(columns: Columns<'_>) -> Option<Outcome> {
    Some(match columns {
        ("set_up", Some(account), Some(organization), Some(session)) => Outcome::SetUp {
            account: Id::new(account),
            organization: Id::new(organization),
            session: Id::new(session),
        },
        ("signed_in", Some(session), None, None) => Outcome::SignedIn { session: Id::new(session) },
        ("sign_up", Some(sign_up), None, None) => Outcome::SignUp { sign_up: Id::new(sign_up) },
        ("email_change", Some(change), None, None) => Outcome::EmailChange { change: Id::new(change) },
        ("signed_up", Some(account), None, None) => Outcome::SignedUp { account: Id::new(account) },
        ("founded", Some(organization), Some(membership), None) => {
            Outcome::Founded { organization: Id::new(organization), membership: Id::new(membership) }
        }
        ("invitation", Some(invitation), None, None) => {
            Outcome::Invitation { invitation: Id::new(invitation) }
        }
        ("registered", Some(account), Some(membership), Some(session)) => Outcome::Registered {
            account: Id::new(account),
            membership: Id::new(membership),
            session: Id::new(session),
        },
        ("joined", Some(membership), None, None) => Outcome::Joined { membership: Id::new(membership) },
        ("handed_over", Some(from), Some(to), None) => {
            Outcome::HandedOver { from: Id::new(from), to: Id::new(to) }
        }
        ("email_domain", Some(domain), None, None) => Outcome::EmailDomain { domain: Id::new(domain) },
        ("password_changed", Some(session), None, None) => {
            Outcome::PasswordChanged { session: Id::new(session) }
        }
        ("employee_codes", Some(batch), None, None) => Outcome::EmployeeCodes { batch: Id::new(batch) },
        ("join_request", Some(request), None, None) => Outcome::JoinRequest { request: Id::new(request) },
        ("done", None, None, None) => Outcome::Done,
        _ => return None,
    })
}
