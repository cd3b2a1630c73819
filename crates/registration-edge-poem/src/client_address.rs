//! The client is the peer of the socket, unless that is a proxy we trust: then the last hop we do not.

mod forwarded;
mod network;

use std::{
    fmt,
    net::{IpAddr, Ipv6Addr},
    sync::Arc,
};

use poem::{
    Addr, Endpoint, FromRequest, IntoResponse, Middleware, Request, RequestBody, Response, Result,
    web::RemoteAddr,
};

pub use network::{Network, NotANetwork};

/// Where a request came from, as far as we can vouch for it. Addresses are in canonical form: an IPv4
/// address in IPv6 clothing is the IPv4 address.
///
/// ```
/// use registration_edge_poem::client_address::ClientAddress;
///
/// let one = ClientAddress::new("2001:db8:1:2::aaaa".parse()?);
/// let other = ClientAddress::new("2001:db8:1:2::bbbb".parse()?);
/// assert_ne!(one, other);
/// assert_eq!(one.key(), other.key(), "one customer of a provider has a whole /64");
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

/// What limits count by: an IPv4 address, or the /64 of an IPv6 address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientKey(IpAddr);

impl ClientAddress {
    /// The address in canonical form.
    pub fn new(ip: IpAddr) -> Self {
        Self(ip.to_canonical())
    }

    /// The address itself.
    pub fn ip(self) -> IpAddr {
        self.0
    }

    /// What to count this client by.
    pub fn key(self) -> ClientKey {
        match self.0 {
            IpAddr::V4(_) => ClientKey(self.0),
            IpAddr::V6(v6) => {
                let network = v6.to_bits() & (u128::MAX << 64);
                ClientKey(IpAddr::V6(Ipv6Addr::from_bits(network)))
            }
        }
    }

    /// Whether the client is this machine.
    pub fn is_loopback(self) -> bool {
        self.0.is_loopback()
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for ClientKey {
    /// `192.0.2.7`, or `2001:db8:1:2::/64`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(v4) => v4.fmt(f),
            IpAddr::V6(v6) => write!(f, "{v6}/64"),
        }
    }
}

impl<'a> FromRequest<'a> for ClientAddress {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> Result<Self> {
        request
            .data::<Self>()
            .copied()
            .ok_or_else(|| poem::error::GetDataError(std::any::type_name::<Self>()).into())
    }
}

/// The header in which our proxies name the hops. They must append to it or replace it, and any other
/// such header is the client's own word and is never read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ForwardedBy {
    /// `X-Forwarded-For: client, proxy`
    #[default]
    XForwardedFor,
    /// `Forwarded: for=client, for=proxy` (RFC 7239)
    Forwarded,
}

/// Which proxies are believed, and what they write.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies {
    /// Nobody is believed by default.
    pub networks: Vec<Network>,
    /// The header that these proxies maintain.
    pub header: ForwardedBy,
}

impl TrustedProxies {
    /// Walks the hops from the right, as long as the one before was ours; what cannot be read ends the walk.
    pub fn client_of(&self, peer: IpAddr, headers: &poem::http::HeaderMap) -> ClientAddress {
        let mut client = peer.to_canonical();
        if !self.trust(client) {
            return ClientAddress(client);
        }
        for hop in forwarded::hops(self.header, headers).into_iter().rev() {
            let Some(hop) = hop else { break };
            client = hop.to_canonical();
            if !self.trust(client) {
                break;
            }
        }
        ClientAddress(client)
    }

    /// Whether this address is a proxy of ours.
    pub fn trust(&self, ip: IpAddr) -> bool {
        self.networks.iter().any(|network| network.contains(ip))
    }
}

/// Middleware that puts the [`ClientAddress`] into the extensions of each request.
#[derive(Clone, Debug)]
pub struct ClientAddresses {
    proxies: Arc<TrustedProxies>,
}

impl ClientAddresses {
    /// Believes these proxies and nobody else.
    pub fn behind(proxies: TrustedProxies) -> Self {
        Self { proxies: Arc::new(proxies) }
    }
}

impl<E: Endpoint> Middleware<E> for ClientAddresses {
    type Output = WithClientAddress<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithClientAddress { proxies: Arc::clone(&self.proxies), inner }
    }
}

/// An endpoint whose requests have a [`ClientAddress`].
#[derive(Debug)]
pub struct WithClientAddress<E> {
    proxies: Arc<TrustedProxies>,
    inner: E,
}

impl<E: Endpoint> Endpoint for WithClientAddress<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let client = self.proxies.client_of(peer_of(request.remote_addr()), request.headers());
        request.set_data(client);
        self.inner.call(request).await.map(IntoResponse::into_response)
    }
}

/// A peer without an internet address (a test client, a pipe) counts as one unknown client.
fn peer_of(remote: &RemoteAddr) -> IpAddr {
    match &remote.0 {
        Addr::SocketAddr(socket) => socket.ip(),
        Addr::Custom(..) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
        #[cfg(unix)]
        Addr::Unix(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    }
}
