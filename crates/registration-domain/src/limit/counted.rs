//! What was counted is a list of instants, and each of them leaves when its time is over.
use std::time::Duration;

use super::Limit;
use crate::time::Timestamp;

/// When something was counted: the rule of every limit, which a ledger applies and stores in one step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted(Vec<Timestamp>);

impl Counted {
    /// One more at this time.
    ///
    /// # Errors
    /// Where there is no room: the first instant at which there is, if nobody takes it before. Nothing is
    /// counted then.
    pub fn and(self, limit: &Limit, at: Timestamp) -> Result<Self, Timestamp> {
        let Self(mut instants) = self;
        instants.retain(|it| it.plus(limit.length) > at);
        let max = usize::try_from(limit.max).unwrap_or(usize::MAX);
        if let Some(surplus) = instants.len().checked_sub(max) {
            // All that are over the limit have to leave, and one more.
            let leaving = instants.get(surplus).copied().unwrap_or(at);
            return Err(leaving.plus(limit.length));
        }
        let tries = u32::try_from(instants.len()).unwrap_or(u32::MAX);
        let wait = limit.what.pace().map(|it| it.wait(tries)).filter(|it| !it.is_zero());
        let next = instants.last().zip(wait).map(|(last, wait)| last.plus(wait));
        if let Some(next) = next.filter(|it| *it > at) {
            return Err(next);
        }
        // Of two machines the clock of one may be behind.
        instants.insert(instants.partition_point(|it| *it <= at), at);
        Ok(Self(instants))
    }
    /// Without one that was counted at this time. What never was cannot be taken back.
    #[must_use]
    pub fn without(self, at: Timestamp) -> Self {
        let Self(mut instants) = self;
        if let Ok(place) = instants.binary_search(&at) {
            instants.remove(place);
        }
        Self(instants)
    }
    /// How many of them still count.
    pub fn number(&self, length: Duration, now: Timestamp) -> u32 {
        let counting = self.0.iter().filter(|it| it.plus(length) > now).count();
        u32::try_from(counting).unwrap_or(u32::MAX)
    }

    /// For adapters: what was stored.
    pub fn from_instants(mut instants: Vec<Timestamp>) -> Self {
        instants.sort_unstable();
        Self(instants)
    }
    /// For adapters: the oldest first.
    pub fn instants(&self) -> &[Timestamp] {
        &self.0
    }
}
