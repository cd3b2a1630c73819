//! One connection from its first byte to its last: requests become answers until a deadline, a stop or its end.

use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use hyper::{
    Request, Response,
    body::{Body as _, Bytes, Frame, Incoming, SizeHint},
    service::service_fn,
};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto,
};
use poem::{
    Addr, Endpoint,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use super::{
    ListenerLimits,
    guarded_io::GuardedIo,
    pulse::{Overdue, Pulse, Serving},
    refused_head::Refuse,
};
use crate::body_limit::BoxBody;

/// What all connections have in common.
pub(super) struct Connections<E> {
    app: Arc<E>,
    local: SocketAddr,
    limits: ListenerLimits,
    protocol: auto::Builder<TokioExecutor>,
    shutdown: CancellationToken,
}

/// How long an idle HTTP/2 peer has for saying good-bye.
const FAREWELL: Duration = Duration::from_secs(1);

impl<E: Endpoint + 'static> Connections<E> {
    pub(super) fn new(
        app: E,
        local: SocketAddr,
        limits: ListenerLimits,
        shutdown: CancellationToken,
    ) -> Self {
        let protocol = protocol(&limits);
        Self { app: Arc::new(app), local, limits, protocol, shutdown }
    }

    pub(super) async fn run(&self, socket: TcpStream, peer: SocketAddr) {
        let pulse = Pulse::start();
        let io = GuardedIo::new(socket, Arc::clone(&pulse), Refuse::by(Arc::clone(&self.app)));
        let service = service_fn(|request| self.answer(request, peer, &pulse));
        let mut connection = pin!(self.protocol.serve_connection(TokioIo::new(io), service));
        let mut stopping = false;
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(%error, "a connection broke");
                    }
                    return;
                }
                () = self.shutdown.cancelled(), if !stopping => {
                    stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
                why = pulse.overdue(&self.limits) => {
                    tracing::debug!(?why, "a connection took too long");
                    if why == Overdue::Idle {
                        connection.as_mut().graceful_shutdown();
                        let _ = tokio::time::timeout(FAREWELL, connection).await;
                    }
                    return;
                }
            }
        }
    }

    fn answer(
        &self,
        request: Request<Incoming>,
        peer: SocketAddr,
        pulse: &Arc<Pulse>,
    ) -> impl Future<Output = Result<Response<Answer>, Infallible>> + Send + 'static {
        let serving = pulse.begins_serving(!request.body().is_end_stream());
        let local = LocalAddr(Addr::SocketAddr(self.local));
        let remote = RemoteAddr(Addr::SocketAddr(peer));
        let app = Arc::clone(&self.app);
        async move {
            let request = (request, local, remote, Scheme::HTTP).into();
            let answer: Response<BoxBody> = app.get_response(request).await.into();
            Ok(answer.map(|body| Answer { body, _serving: serving }))
        }
    }
}

/// The protocol's own limits. Deadlines of heads and idling are the pulse's: the protocol has one clock for
/// both, and none before it knows its version.
fn protocol(limits: &ListenerLimits) -> auto::Builder<TokioExecutor> {
    /// What the protocol needs for a buffer.
    const SMALLEST_BUFFER: usize = 8 * 1024;
    let head_bytes = limits.head_bytes.max(SMALLEST_BUFFER);
    let mut protocol = auto::Builder::new(TokioExecutor::new());
    protocol
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_headers(limits.headers)
        .max_buf_size(head_bytes);
    protocol
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(100)
        .max_pending_accept_reset_streams(20)
        .max_header_list_size(u32::try_from(head_bytes).unwrap_or(u32::MAX))
        .keep_alive_interval(Some(Duration::from_secs(20)))
        .keep_alive_timeout(Duration::from_secs(10));
    protocol
}

/// The body of an answer; the request is being served until it has been handed over or given up.
struct Answer {
    body: BoxBody,
    _serving: Serving,
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
