//! What was counted and its row: instants of eight octets, one behind the other.
use registration_domain::{limit::Counted, port::PortError, time::Timestamp};

use super::corrupt;
use crate::entity::counted;

const WIDTH: usize = size_of::<i64>();

pub(crate) fn octets(counted: &Counted) -> Vec<u8> {
    counted.instants().iter().flat_map(|it| it.micros().to_be_bytes()).collect()
}

pub(crate) fn aggregate(row: &counted::Model) -> Result<Counted, PortError> {
    let corrupt = || corrupt("counted", &format!("{} of {}", row.what, row.subject))("instants");
    let instants = row.instants.chunks(WIDTH).map(|it| {
        let octets = it.try_into().map_err(|_| corrupt())?;
        Ok(Timestamp::from_micros(i64::from_be_bytes(octets)))
    });
    Ok(Counted::from_instants(instants.collect::<Result<_, PortError>>()?))
}
