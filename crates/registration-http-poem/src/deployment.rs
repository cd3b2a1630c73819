//! What every operation is answered with: the platform, and the clock that it goes by.
use std::{fmt, sync::Arc};

use poem::{Request, Result};
use registration_domain::{platform::Platform, port::Clock, time::Timestamp};
use registration_edge_poem::ProblemBody;

/// The one platform behind the API.
#[derive(Clone)]
pub struct Deployment {
    platform: Arc<Platform>,
    clock: Arc<dyn Clock>,
}

impl Deployment {
    /// The clock is the platform's own: what is shown as expired is what the rules hold for expired.
    pub fn new(platform: Arc<Platform>, clock: Arc<dyn Clock>) -> Self {
        Self { platform, clock }
    }
    /// The platform.
    pub fn platform(&self) -> &Platform {
        &self.platform
    }
    /// The time on the platform's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
    /// What answers this request.
    pub(crate) fn of(request: &Request) -> Result<&Self> {
        request
            .data()
            .ok_or_else(|| ProblemBody::of_status(poem::http::StatusCode::INTERNAL_SERVER_ERROR).into())
    }
}

impl fmt::Debug for Deployment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deployment").field("platform", &self.platform).finish_non_exhaustive()
    }
}
