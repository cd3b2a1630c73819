//! The time zones that a page offers: those that are named after places, by continent.
use chrono_tz::TZ_VARIANTS;

use crate::words::place_of;

/// What the names of places begin with in the IANA database.
const AREAS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

/// The places of one continent or ocean.
pub(super) struct Area {
    pub(super) name: &'static str,
    pub(super) zones: Vec<Zone>,
}

/// One zone.
pub(super) struct Zone {
    pub(super) name: &'static str,
    pub(super) place: String,
}

/// All of them, each area in the order of its places.
pub(super) fn areas() -> Vec<Area> {
    let of = |area: &'static str| {
        let names = TZ_VARIANTS.iter().map(|it| it.name());
        let here = names.filter(|it| it.split('/').next() == Some(area) && it.contains('/'));
        let mut zones: Vec<_> = here.map(|name| Zone { name, place: place_of(name) }).collect();
        zones.sort_by(|one, other| one.place.cmp(&other.place));
        zones.dedup_by(|one, other| one.place == other.place);
        Area { name: area, zones }
    };
    AREAS.map(of).into()
}
