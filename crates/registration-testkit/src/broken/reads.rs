//! Reads whose moments are none, or that lose people between two pages.
use std::{
    collections::HashMap,
    ops::Deref,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use registration_domain::{
    platform::Ports,
    port::{Moment, PortError, Reads},
};
use uuid::Uuid;

/// What is wrong with a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Warp {
    Moving,
    ForgetsActs,
    WakesRemoved,
    PagesByNumber,
    DropsTies,
    CountsRemoved,
    OwnersLast,
    CountsExpired,
    IgnoresDelivery,
    CountsRead,
    ChecksAtOnce,
    FindsBeginnings,
    DropsNamesakes,
    ListsEnded,
    IgnoresOutcome,
    ReviewersByLongestAway,
    CountsLapsedRequests,
    KeepsUsedUpCodes,
    ForgetsRejections,
    ComparesSpellings,
    OffersExpired,
    ForgetsRemoved,
}

/// Where warped moments come from.
pub(super) struct Warped {
    reads: Arc<dyn Reads>,
    warp: Warp,
    given: Arc<Mutex<HashMap<Uuid, usize>>>,
}

/// A moment that is wrong.
pub(super) struct WarpedMoment {
    reads: Arc<dyn Reads>,
    fixed: Option<Box<dyn Moment>>,
    pub(super) warp: Warp,
    /// How many rows were given up to a row, for who counts.
    pub(super) given: Arc<Mutex<HashMap<Uuid, usize>>>,
}

/// A sound moment, for one read.
pub(super) enum Sound<'a> {
    Fixed(&'a dyn Moment),
    Fresh(Box<dyn Moment>),
}

impl Warped {
    pub(super) fn new(sound: &Ports, warp: Warp) -> Self {
        Self { reads: Arc::clone(&sound.reads), warp, given: Arc::default() }
    }
}

#[async_trait]
impl Reads for Warped {
    async fn moment(&self) -> Result<Box<dyn Moment>, PortError> {
        let fixed = if self.warp == Warp::Moving { None } else { Some(self.reads.moment().await?) };
        let (reads, given) = (Arc::clone(&self.reads), Arc::clone(&self.given));
        Ok(Box::new(WarpedMoment { reads, fixed, warp: self.warp, given }))
    }
}

impl WarpedMoment {
    pub(super) async fn sound(&self) -> Result<Sound<'_>, PortError> {
        match &self.fixed {
            Some(moment) => Ok(Sound::Fixed(&**moment)),
            None => Ok(Sound::Fresh(self.reads.moment().await?)),
        }
    }
}

impl<'a> Deref for Sound<'a> {
    type Target = dyn Moment + 'a;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Fixed(moment) => *moment,
            Self::Fresh(moment) => &**moment,
        }
    }
}
