//! A client address may make so many public calls a minute; this protects the machine, not a secret.

use std::{
    fmt,
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota,
    clock::{Clock, DefaultClock},
};
use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result,
    http::{HeaderName, HeaderValue, StatusCode, header},
};

use crate::{
    client_address::{ClientAddress, ClientKey},
    problem::{ProblemBody, header_if_absent},
};

/// Tells which requests count.
pub type Counts = Arc<dyn Fn(&Request) -> bool + Send + Sync>;

/// How many calls of which kind.
#[derive(Clone)]
pub struct FloodSettings {
    /// Calls a minute and client address; as many may come at once.
    pub per_minute: NonZeroU32,
    /// Whether calls from this machine count, too.
    pub count_loopback: bool,
    /// Which calls are public. By default those without an `Authorization` header; name the operations
    /// that need none besides, for any caller can add a header.
    pub counts: Counts,
}

impl Default for FloodSettings {
    fn default() -> Self {
        const SIXTY: NonZeroU32 = NonZeroU32::new(60).unwrap();
        let anonymous = |request: &Request| !request.headers().contains_key(header::AUTHORIZATION);
        Self { per_minute: SIXTY, count_loopback: false, counts: Arc::new(anonymous) }
    }
}

impl fmt::Debug for FloodSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FloodSettings")
            .field("per_minute", &self.per_minute)
            .field("count_loopback", &self.count_loopback)
            .finish_non_exhaustive()
    }
}

/// Middleware that answers 429 to a client that calls too often. Clones share their counts.
#[derive(Clone)]
pub struct FloodLimit {
    counter: Arc<Counter>,
}

struct Counter {
    settings: FloodSettings,
    clients: DefaultKeyedRateLimiter<ClientKey>,
    clock: DefaultClock,
    calls: AtomicU32,
}

/// After so many calls the clients that have been quiet for a minute are forgotten.
const CALLS_BETWEEN_SWEEPS: u32 = 10_000;

impl FloodLimit {
    /// A limit with counts of its own.
    pub fn new(settings: FloodSettings) -> Self {
        let clients = DefaultKeyedRateLimiter::keyed(Quota::per_minute(settings.per_minute));
        let counter = Counter { settings, clients, clock: DefaultClock::default(), calls: AtomicU32::new(0) };
        Self { counter: Arc::new(counter) }
    }
}

impl fmt::Debug for FloodLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FloodLimit").field("settings", &self.counter.settings).finish_non_exhaustive()
    }
}

impl Counter {
    /// How long the client must wait, if it must.
    fn wait(&self, request: &Request) -> Option<Duration> {
        let client = *request.data::<ClientAddress>()?;
        let exempt = client.is_loopback() && !self.settings.count_loopback;
        if exempt || !(self.settings.counts)(request) {
            return None;
        }
        if self.calls.fetch_add(1, Ordering::Relaxed) % CALLS_BETWEEN_SWEEPS == CALLS_BETWEEN_SWEEPS - 1 {
            self.clients.retain_recent();
        }
        let refused = self.clients.check_key(&client.key()).err()?;
        Some(refused.wait_time_from(self.clock.now()))
    }

    /// The answer and its headers, by draft-ietf-httpapi-ratelimit-headers.
    fn refusal(&self, wait: Duration) -> Response {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let quota = self.settings.per_minute;
        let mut answer = ProblemBody::of_status(StatusCode::TOO_MANY_REQUESTS)
            .detail(format!("try again in {seconds} s"))
            .into_response();
        for (name, value) in [
            (header::RETRY_AFTER, seconds.to_string()),
            (HeaderName::from_static("ratelimit"), format!("\"public\";r=0;t={seconds}")),
            (HeaderName::from_static("ratelimit-policy"), format!("\"public\";q={quota};w=60")),
        ] {
            if let Ok(value) = HeaderValue::try_from(value) {
                header_if_absent(&mut answer, name, value);
            }
        }
        answer
    }
}

impl<E: Endpoint> Middleware<E> for FloodLimit {
    type Output = Limited<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Limited { counter: Arc::clone(&self.counter), inner }
    }
}

/// An endpoint that a client address may call only so often.
pub struct Limited<E> {
    counter: Arc<Counter>,
    inner: E,
}

impl<E> fmt::Debug for Limited<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limited").field("settings", &self.counter.settings).finish_non_exhaustive()
    }
}

impl<E: Endpoint> Endpoint for Limited<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        match self.counter.wait(&request) {
            Some(wait) => Ok(self.counter.refusal(wait)),
            None => self.inner.call(request).await.map(IntoResponse::into_response),
        }
    }
}
