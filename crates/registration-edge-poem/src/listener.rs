//! Connections are accepted with care: each has deadlines, there are only so many, and a stop lets them finish.

mod connection;
mod guarded_io;
mod pulse;
mod refused_head;
mod room;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use poem::{Endpoint, IntoEndpoint};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;

use crate::client_address::TrustedProxies;
use connection::Connections;
use room::Room;

/// How patient the listener is, and with how many.
#[derive(Clone, Debug)]
pub struct ListenerLimits {
    /// From the first byte of a request's head (or from the connection itself) to its last.
    pub head_deadline: Duration,
    /// How long a connection may wait between two requests.
    pub idle_deadline: Duration,
    /// How long a client may take nothing of an answer that is ready for it.
    pub write_deadline: Duration,
    /// The bytes of a request line and its headers; at least 8 KiB.
    pub head_bytes: usize,
    /// The number of a request's headers.
    pub headers: usize,
    /// Open connections in all; further ones wait to be accepted.
    pub connections: usize,
    /// Open connections of one peer (an IPv6 peer is its /64); further ones are closed at once. Loopback
    /// and trusted proxies, who speak for many, are not counted.
    pub connections_of_one_peer: usize,
    /// How long running requests may go on after a stop.
    pub grace: Duration,
    /// Who is not counted as one peer.
    pub trusted_proxies: TrustedProxies,
}

impl Default for ListenerLimits {
    fn default() -> Self {
        Self {
            head_deadline: Duration::from_secs(10),
            idle_deadline: Duration::from_secs(75),
            write_deadline: Duration::from_secs(20),
            head_bytes: 16 * 1024,
            headers: 100,
            connections: 10_000,
            connections_of_one_peer: 256,
            grace: Duration::from_secs(10),
            trusted_proxies: TrustedProxies::default(),
        }
    }
}

/// Listens at this address, with room for a burst: connections that the kernel has no room for are dropped
/// and tried again by their clients a whole second later.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// let listener = registration_edge_poem::listener::bind("127.0.0.1:0".parse().unwrap())?;
/// assert_ne!(listener.local_addr()?.port(), 0);
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// When the address is taken, is not ours, or needs a privilege.
///
/// # Panics
///
/// Outside a runtime.
pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    /// The kernel's own ceiling since Linux 5.4.
    const BACKLOG: u32 = 4096;
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A restart must not wait for the connections of the process before it.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves the application until `shutdown` is cancelled, and then until the running requests are done or
/// the grace is over.
///
/// # Errors
///
/// When the listener has no local address; a connection that cannot be accepted is no error but is tried
/// again, a little later.
pub async fn serve<A>(
    listener: TcpListener,
    app: A,
    limits: ListenerLimits,
    shutdown: CancellationToken,
) -> io::Result<()>
where
    A: IntoEndpoint,
    A::Endpoint: 'static,
{
    let local = listener.local_addr()?;
    let grace = limits.grace;
    let room = Room::new(&limits);
    let connections = Arc::new(Connections::new(app.into_endpoint(), local, limits, shutdown.clone()));
    let mut running = JoinSet::new();
    let stopped = shutdown.run_until_cancelled(accept_all(&listener, &room, &connections, &mut running));
    stopped.await;
    drop(listener);
    finish(running, grace).await;
    Ok(())
}

async fn accept_all<E: Endpoint + 'static>(
    listener: &TcpListener,
    room: &Room,
    connections: &Arc<Connections<E>>,
    running: &mut JoinSet<()>,
) {
    loop {
        let place = room.place().await;
        let (socket, peer) = accept(listener).await;
        while running.try_join_next().is_some() {}
        let Some(seat) = room.seat(place, peer.ip()) else {
            tracing::debug!("a peer has too many connections");
            continue;
        };
        // Answers are small and whole; waiting to fill a packet only delays them.
        if let Err(error) = socket.set_nodelay(true) {
            tracing::debug!(%error, "a connection ended before it began");
            continue;
        }
        let connections = Arc::clone(connections);
        running.spawn(async move {
            connections.run(socket, peer).await;
            drop(seat);
        });
    }
}

/// The next connection. Without file descriptors every attempt fails at once, so failures are spaced out.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    let mut pause = Duration::from_millis(10);
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "cannot accept connections");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(1));
            }
        }
    }
}

/// The peer gave up while it was waiting; the next one is fine.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    [ConnectionAborted, ConnectionRefused, ConnectionReset].contains(&error.kind())
}

async fn finish(mut running: JoinSet<()>, grace: Duration) {
    let all = async { while running.join_next().await.is_some() {} };
    if tokio::time::timeout(grace, all).await.is_err() {
        tracing::warn!(connections = running.len(), "stopped before all requests were done");
        running.shutdown().await;
    }
}
