//! A body may have so many bytes and take so long; both are measured while it is read, whatever it declares.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use http_body_util::BodyExt;
use hyper::body::{Bytes, Frame, SizeHint};
use poem::{
    Body, Endpoint, IntoResponse, Middleware, PathPattern, Request, Response, Result, http::StatusCode,
};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::{problem::ProblemBody, route};

/// The body type that the framework's own wraps.
pub(crate) type BoxBody = http_body_util::combinators::BoxBody<Bytes, io::Error>;

/// Middleware that bounds the bodies of the requests below it.
///
/// The edge sets one for everything; a route that needs another one (a file to upload) is wrapped again,
/// and the innermost counts. Compressed bodies are not expanded, so what is counted is what there is.
///
/// ```
/// use poem::{EndpointExt, Route, endpoint::make_sync, post};
/// use registration_edge_poem::body_limit::BodyLimit;
/// use std::time::Duration;
///
/// let upload = make_sync(|_| ());
/// let limit = BodyLimit { bytes: 20 * 1024 * 1024, deadline: Duration::from_secs(120) };
/// let routes = Route::new().at("/bulk-invites", post(upload.with(limit)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimit {
    /// The most bytes that are read.
    pub bytes: u64,
    /// How long the whole body may take, from the moment that the request's head was read.
    pub deadline: Duration,
}

impl Default for BodyLimit {
    /// 64 KiB in 20 s, ample for every JSON body.
    fn default() -> Self {
        Self { bytes: 64 * 1024, deadline: Duration::from_secs(20) }
    }
}

impl<E: Endpoint> Middleware<E> for BodyLimit {
    type Output = Bounded<E>;

    fn transform(&self, inner: E) -> Self::Output {
        Bounded { limit: *self, inner }
    }
}

/// An endpoint with bounded request bodies.
#[derive(Debug)]
pub struct Bounded<E> {
    limit: BodyLimit,
    inner: E,
}

impl<E: Endpoint> Endpoint for Bounded<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        if let Some(meter) = request.data::<Arc<Meter>>() {
            meter.set(self.limit);
            return self.inner.call(request).await.map(IntoResponse::into_response);
        }
        let meter = Arc::new(Meter::new(self.limit));
        let body =
            Metered { inner: request.take_body().into(), read: 0, alarm: None, meter: Arc::clone(&meter) };
        request.set_body(Body::from(body.boxed()));
        request.set_data(Arc::clone(&meter));
        let outcome = self.inner.call(request).await.map(IntoResponse::into_response);
        // A handler words a broken body in its own way, or mistakes it for a malformed one.
        match meter.refused_with() {
            Some(status) => Ok(refusal(status, route::pattern_noted(&outcome))),
            None => outcome,
        }
    }
}

fn refusal(status: StatusCode, pattern: Option<PathPattern>) -> Response {
    let mut answer = ProblemBody::of_status(status).into_response();
    if let Some(pattern) = pattern {
        answer.set_data(pattern);
    }
    answer
}

/// The limit in force for one request, and whether its body broke it.
#[derive(Debug)]
struct Meter {
    started: Instant,
    limit: Mutex<BodyLimit>,
    verdict: AtomicU8,
}

const WITHIN: u8 = 0;
const TOO_LARGE: u8 = 1;
const TOO_SLOW: u8 = 2;

impl Meter {
    fn new(limit: BodyLimit) -> Self {
        Self { started: Instant::now(), limit: Mutex::new(limit), verdict: AtomicU8::new(WITHIN) }
    }

    fn set(&self, limit: BodyLimit) {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner) = limit;
    }

    fn limit(&self) -> BodyLimit {
        *self.limit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refuse(&self, verdict: u8) -> io::Error {
        self.verdict.store(verdict, Ordering::Release);
        match verdict {
            TOO_SLOW => io::Error::new(io::ErrorKind::TimedOut, "the body took too long"),
            _ => io::Error::new(io::ErrorKind::FileTooLarge, "the body is too large"),
        }
    }

    fn refused_with(&self) -> Option<StatusCode> {
        match self.verdict.load(Ordering::Acquire) {
            TOO_LARGE => Some(StatusCode::PAYLOAD_TOO_LARGE),
            TOO_SLOW => Some(StatusCode::REQUEST_TIMEOUT),
            _ => None,
        }
    }
}

/// A body that fails where its meter says so.
struct Metered {
    inner: BoxBody,
    read: u64,
    alarm: Option<Pin<Box<Sleep>>>,
    meter: Arc<Meter>,
}

impl hyper::body::Body for Metered {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let this = &mut *self;
        let limit = this.meter.limit();
        // A declared length spares us the reading; the count below holds for whatever was not declared.
        if this.read.saturating_add(this.inner.size_hint().lower()) > limit.bytes {
            return Poll::Ready(Some(Err(this.meter.refuse(TOO_LARGE))));
        }
        let alarm =
            this.alarm.get_or_insert_with(|| Box::pin(sleep_until(this.meter.started + limit.deadline)));
        if alarm.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Some(Err(this.meter.refuse(TOO_SLOW))));
        }
        let frame = ready!(Pin::new(&mut this.inner).poll_frame(cx));
        if let Some(Ok(frame)) = &frame {
            this.read += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
        if this.read > limit.bytes {
            return Poll::Ready(Some(Err(this.meter.refuse(TOO_LARGE))));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
