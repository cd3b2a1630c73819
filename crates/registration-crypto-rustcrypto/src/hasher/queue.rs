//! So many work, so many wait, and whoever comes then is sent away at once.
use std::sync::Arc;

use registration_domain::port::PortError;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, TryAcquireError};

pub(super) struct Queue {
    /// Whoever works or waits.
    pub(super) inside: Arc<Semaphore>,
    /// Whoever works.
    working: Arc<Semaphore>,
}

/// Given back when it is dropped.
pub(super) struct Place {
    _working: OwnedSemaphorePermit,
    _inside: OwnedSemaphorePermit,
}

impl Queue {
    pub(super) fn new(threads: usize, waiting: usize) -> Self {
        let threads = threads.clamp(1, Semaphore::MAX_PERMITS / 2);
        let inside = threads + waiting.min(Semaphore::MAX_PERMITS / 2);
        Self { inside: Arc::new(Semaphore::new(inside)), working: Arc::new(Semaphore::new(threads)) }
    }

    /// Waits in the order of coming.
    pub(super) async fn enter(&self) -> Result<Place, PortError> {
        let inside = match Arc::clone(&self.inside).try_acquire_owned() {
            Ok(permit) => permit,
            Err(TryAcquireError::NoPermits) => return Err(PortError::Overloaded),
            Err(error @ TryAcquireError::Closed) => return Err(PortError::Unavailable(error.into())),
        };
        let working = Arc::clone(&self.working).acquire_owned().await;
        let working = working.map_err(|error| PortError::Unavailable(error.into()))?;
        Ok(Place { _working: working, _inside: inside })
    }
}
