//! The layers in their order: name the request, log it, dress and settle its answer, then refuse the cheapest way.

use std::{fmt, net::SocketAddr, sync::Arc};

use poem::{Endpoint, EndpointExt, IntoEndpoint, Response};

use crate::{
    access_log::{AccessLog, Observe},
    body_limit::BodyLimit,
    client_address::{ClientAddresses, TrustedProxies},
    flood::{FloodLimit, FloodSettings},
    host::KnownHosts,
    public_url::PublicUrl,
    request_id::{NewRequestId, RequestIds},
    security_headers::SecurityHeaders,
    settle::Settle,
};

/// Everything that the edge can be told.
#[derive(Clone)]
pub struct EdgeSettings {
    /// Where people reach us: decides about known hosts and about HSTS.
    pub public_url: PublicUrl,
    /// Where we listen: on loopback, loopback names are known hosts, too.
    pub listening: SocketAddr,
    /// Paths that are answered at any host, for probes that know only an address.
    pub open_paths: Vec<String>,
    /// Where new request ids come from.
    pub new_request_id: NewRequestId,
    /// Whose word about the client's address we take.
    pub trusted_proxies: TrustedProxies,
    /// How often a client may make public calls; `None` is without a limit.
    pub flood: Option<FloodSettings>,
    /// The limit of every request body that has none of its own.
    pub body: BodyLimit,
    /// Is told of each request.
    pub observe: Observe,
}

impl EdgeSettings {
    /// The defaults of the product.
    pub fn new(public_url: PublicUrl, listening: SocketAddr, new_request_id: NewRequestId) -> Self {
        Self {
            public_url,
            listening,
            open_paths: vec!["/livez".to_owned(), "/readyz".to_owned()],
            new_request_id,
            trusted_proxies: TrustedProxies::default(),
            flood: Some(FloodSettings::default()),
            body: BodyLimit::default(),
            observe: Arc::new(|_| ()),
        }
    }
}

impl fmt::Debug for EdgeSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EdgeSettings")
            .field("public_url", &self.public_url)
            .field("listening", &self.listening)
            .field("trusted_proxies", &self.trusted_proxies)
            .field("flood", &self.flood)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// The application behind all layers. Its answers never are errors.
pub fn edge<A>(app: A, settings: EdgeSettings) -> impl Endpoint<Output = Response> + 'static
where
    A: IntoEndpoint,
    A::Endpoint: 'static,
{
    let hosts = KnownHosts::new(settings.public_url.clone(), settings.listening, settings.open_paths);
    // From the inside out: what stands last sees the request first and the answer last.
    app.into_endpoint()
        .with(settings.body)
        .with_if(settings.flood.is_some(), FloodLimit::new(settings.flood.unwrap_or_default()))
        .with(ClientAddresses::behind(settings.trusted_proxies))
        .with(hosts)
        .with(Settle)
        .with(SecurityHeaders::new(settings.public_url.is_https()))
        .with(AccessLog::new(settings.observe))
        .with(RequestIds::new(settings.new_request_id))
}
