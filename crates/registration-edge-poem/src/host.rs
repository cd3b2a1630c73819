//! A request for a host that is not ours is refused: what we say must not depend on a name that others made up.

use std::{net::SocketAddr, sync::Arc};

use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result,
    http::{StatusCode, header},
};

use crate::{
    problem::ProblemBody,
    public_url::{Host, PublicUrl},
};

/// Middleware that answers 421 when the host is neither the public URL's nor, where we listen on loopback
/// only, a loopback name.
#[derive(Clone, Debug)]
pub struct KnownHosts {
    rule: Arc<Rule>,
}

#[derive(Debug)]
struct Rule {
    public: PublicUrl,
    loopback: bool,
    open_paths: Vec<String>,
}

impl KnownHosts {
    /// Knows the host of the public URL, and loopback names when `listening` is a loopback address.
    /// Probes name us by address, so the paths in `open_paths` are answered whatever the host.
    pub fn new(public: PublicUrl, listening: SocketAddr, open_paths: Vec<String>) -> Self {
        let loopback = listening.ip().to_canonical().is_loopback();
        Self { rule: Arc::new(Rule { public, loopback, open_paths }) }
    }
}

impl Rule {
    fn judge(&self, request: &Request) -> Result<(), StatusCode> {
        if self.open_paths.iter().any(|path| path == request.uri().path()) {
            return Ok(());
        }
        let host = host_of(request).ok_or(StatusCode::BAD_REQUEST)?;
        let known = self.public.is_at(&host) || (self.loopback && host.is_loopback());
        if known { Ok(()) } else { Err(StatusCode::MISDIRECTED_REQUEST) }
    }
}

/// A host in the request line or the `:authority` goes before the header (RFC 9112, 3.2.2); there is one.
fn host_of(request: &Request) -> Option<Host> {
    if let Some(authority) = request.uri().authority() {
        return Host::parse(authority.as_str());
    }
    let mut named = request.headers().get_all(header::HOST).iter();
    match (named.next(), named.next()) {
        (Some(one), None) => Host::parse(one.to_str().ok()?),
        _ => None,
    }
}

impl<E: Endpoint> Middleware<E> for KnownHosts {
    type Output = AtKnownHosts<E>;

    fn transform(&self, inner: E) -> Self::Output {
        AtKnownHosts { rule: Arc::clone(&self.rule), inner }
    }
}

/// An endpoint that answers at known hosts only.
#[derive(Debug)]
pub struct AtKnownHosts<E> {
    rule: Arc<Rule>,
    inner: E,
}

impl<E: Endpoint> Endpoint for AtKnownHosts<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        match self.rule.judge(&request) {
            Ok(()) => self.inner.call(request).await.map(IntoResponse::into_response),
            Err(status) => Ok(ProblemBody::of_status(status).into_response()),
        }
    }
}
