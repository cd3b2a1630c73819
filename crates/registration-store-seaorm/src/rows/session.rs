//! A session and its row.
use registration_domain::{
    id::Id,
    port::PortError,
    receipt::Digest,
    revision::{Generation, Revision},
    session::{Device, Origin, SeenSession, Session, SessionParts},
    time::Timestamp,
};

use super::{corrupt, storable};
use crate::entity::session;

/// A new one was last seen when it started.
pub(crate) fn row(session: Session) -> session::Model {
    let SessionParts {
        id,
        account,
        account_generation,
        device: Device { label, fingerprint: Digest(fingerprint), origin: Origin(origin) },
        started_at,
        expires_at,
        ended_at,
        revision,
    } = session.into_parts();
    session::Model {
        id: id.uuid(),
        account: account.uuid(),
        account_generation: account_generation.0.into(),
        device_label: label.map(storable),
        device_fingerprint: fingerprint.to_vec(),
        origin: origin.map(storable),
        started_at: started_at.micros(),
        expires_at: expires_at.micros(),
        ended_at: ended_at.map(Timestamp::micros),
        last_seen_at: started_at.micros(),
        revision: revision.0.into(),
    }
}

pub(crate) fn aggregate(row: session::Model) -> Result<SeenSession, PortError> {
    let session::Model {
        id,
        account,
        account_generation,
        device_label,
        device_fingerprint,
        origin,
        started_at,
        expires_at,
        ended_at,
        last_seen_at,
        revision,
    } = row;
    let corrupt = corrupt("session", &id);
    let fingerprint = device_fingerprint.try_into().map_err(|_| corrupt("device_fingerprint"))?;
    let session = Session::from_parts(SessionParts {
        id: Id::new(id),
        account: Id::new(account),
        account_generation: Generation(
            account_generation.try_into().map_err(|_| corrupt("account_generation"))?,
        ),
        device: Device { label: device_label, fingerprint: Digest(fingerprint), origin: Origin(origin) },
        started_at: Timestamp::from_micros(started_at),
        expires_at: Timestamp::from_micros(expires_at),
        ended_at: ended_at.map(Timestamp::from_micros),
        revision: Revision(revision.try_into().map_err(|_| corrupt("revision"))?),
    });
    Ok(SeenSession { session, last_seen_at: Timestamp::from_micros(last_seen_at) })
}
