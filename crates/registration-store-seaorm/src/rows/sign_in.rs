//! An attempt to sign in and its row.
use registration_domain::{
    id::Id,
    port::PortError,
    session::Origin,
    sign_in_log::{SignInAttempt, SignInMethod, SignInOutcome},
    time::Timestamp,
};

use super::{corrupt, storable};
use crate::entity::sign_in;

pub(crate) fn row(attempt: SignInAttempt) -> sign_in::Model {
    let SignInAttempt { id, account, at, method, device, origin: Origin(origin), outcome } = attempt;
    sign_in::Model {
        id: id.uuid(),
        account: account.map(Id::uuid),
        at: at.micros(),
        method: method.key().to_owned(),
        device_label: device.map(storable),
        origin: origin.map(storable),
        outcome: outcome.key().to_owned(),
    }
}

pub(crate) fn aggregate(row: sign_in::Model) -> Result<SignInAttempt, PortError> {
    let sign_in::Model { id, account, at, method, device_label, origin, outcome } = row;
    let corrupt = corrupt("sign_in", &id);
    Ok(SignInAttempt {
        id: Id::new(id),
        account: account.map(Id::new),
        at: Timestamp::from_micros(at),
        method: SignInMethod::parse(&method).ok_or_else(|| corrupt("method"))?,
        device: device_label,
        origin: Origin(origin),
        outcome: SignInOutcome::parse(&outcome).ok_or_else(|| corrupt("outcome"))?,
    })
}
