//! One event a request: method, pattern of the route, status, time and size. No address, no URL, no person.

use std::{fmt, sync::Arc, time::Duration};

use poem::{Body, Endpoint, IntoResponse, Middleware, Request, Response, Result};
use tokio::time::Instant;

use crate::{problem, route};

/// What is known of a request when its answer is ready.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// The method, or `OTHER` for one that we do not know.
    pub method: &'static str,
    /// The pattern of the route, or [`route::UNMATCHED`].
    pub route: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// From the head of the request to the head of the answer.
    pub duration: Duration,
}

/// Is told of each request, for metrics.
pub type Observe = Arc<dyn Fn(Observed<'_>) + Send + Sync>;

/// Middleware that logs each request and tells an observer.
#[derive(Clone)]
pub struct AccessLog {
    observe: Observe,
}

impl AccessLog {
    /// Logs, and tells `observe`.
    pub fn new(observe: Observe) -> Self {
        Self { observe }
    }
}

impl fmt::Debug for AccessLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessLog").finish_non_exhaustive()
    }
}

impl<E: Endpoint> Middleware<E> for AccessLog {
    type Output = Logged<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Logged { log: self.clone(), inner }
    }
}

/// An endpoint whose requests are logged.
#[derive(Debug)]
pub struct Logged<E> {
    log: AccessLog,
    inner: E,
}

impl<E: Endpoint> Endpoint for Logged<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let method = route::method_word(request.method());
        let started = Instant::now();
        let mut answer = match self.inner.call(request).await {
            Ok(answer) => answer.into_response(),
            Err(error) => problem::fallback(error),
        };
        let bytes = size_of_body(&mut answer);
        let observed = Observed {
            method,
            route: route::pattern_of(&answer),
            status: answer.status().as_u16(),
            duration: started.elapsed(),
        };
        let micros = u64::try_from(observed.duration.as_micros()).unwrap_or(u64::MAX);
        tracing::info!(method, route = observed.route, status = observed.status, micros, bytes, "answered");
        (self.log.observe)(observed);
        Ok(answer)
    }
}

/// The size of the answer's body where it is known beforehand, as it is but for streams.
fn size_of_body(answer: &mut Response) -> Option<u64> {
    use hyper::body::Body as _;
    let body: crate::body_limit::BoxBody = answer.take_body().into();
    let size = body.size_hint().exact();
    answer.set_body(Body::from(body));
    size
}
