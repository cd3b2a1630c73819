//! Every answer, an error too, tells the browser to allow nothing that we do not need.

use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result,
    http::{HeaderName, HeaderValue, header},
};

use crate::problem::header_if_absent;

/// What an answer says unless its endpoint said otherwise. The policy suits JSON: nothing may be loaded.
const DEFAULTS: [(HeaderName, &str); 9] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Two years, as preload lists ask for; other hosts below ours are not ours to decide about.
const TRANSPORT_SECURITY: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Middleware that adds the headers which an answer does not have yet.
#[derive(Clone, Copy, Debug)]
pub struct SecurityHeaders {
    https: bool,
}

impl SecurityHeaders {
    /// With `https`, browsers are told to come over TLS only.
    pub fn new(https: bool) -> Self {
        Self { https }
    }

    fn add_to(self, answer: &mut Response) {
        for (name, value) in DEFAULTS {
            header_if_absent(answer, name, HeaderValue::from_static(value));
        }
        if self.https {
            header_if_absent(answer, header::STRICT_TRANSPORT_SECURITY, TRANSPORT_SECURITY);
        }
    }
}

impl<E: Endpoint> Middleware<E> for SecurityHeaders {
    type Output = WithSecurityHeaders<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithSecurityHeaders { headers: *self, inner }
    }
}

/// An endpoint whose answers have security headers.
#[derive(Debug)]
pub struct WithSecurityHeaders<E> {
    headers: SecurityHeaders,
    inner: E,
}

impl<E: Endpoint> Endpoint for WithSecurityHeaders<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let mut answer = self.inner.call(request).await.map(IntoResponse::into_response)?;
        self.headers.add_to(&mut answer);
        Ok(answer)
    }
}
