//! Every answer has a `Request-Id`: the client's own when it is well-formed, else a new one.

use std::{fmt, sync::Arc};

use poem::{
    Endpoint, FromRequest, IntoResponse, Middleware, Request, RequestBody, Response, Result,
    http::{HeaderName, HeaderValue},
};
use tracing::Instrument;

use crate::problem;

/// The name of the header, in requests and in answers.
pub const HEADER: HeaderName = HeaderName::from_static("request-id");

/// Where new ids come from, since chance comes in from outside.
pub type NewRequestId = Arc<dyn Fn() -> String + Send + Sync>;

tokio::task_local! {
    static CURRENT: RequestId;
}

/// The id of one request: 1 to 64 letters, digits, dots, underscores and hyphens.
///
/// ```
/// use registration_edge_poem::request_id::RequestId;
///
/// assert_eq!(RequestId::parse("order-7.a_b").map(|id| id.to_string()), Some("order-7.a_b".to_owned()));
/// assert_eq!(RequestId::parse("two\nlines"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The id, if it is well-formed.
    pub fn parse(text: &str) -> Option<Self> {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        ((1..=64).contains(&text.len()) && text.bytes().all(known)).then(|| Self(text.into()))
    }

    /// The id of the request that the current task answers, inside [`RequestIds`].
    pub fn current() -> Option<Self> {
        CURRENT.try_with(Clone::clone).ok()
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'a> FromRequest<'a> for RequestId {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> Result<Self> {
        request
            .data::<Self>()
            .cloned()
            .ok_or_else(|| poem::error::GetDataError(std::any::type_name::<Self>()).into())
    }
}

/// Middleware that gives each request its id, in its extensions, in its span and on its answer.
#[derive(Clone)]
pub struct RequestIds {
    new: NewRequestId,
}

impl RequestIds {
    /// New ids come from `new`; one that is not well-formed is replaced by `invalid`.
    pub fn new(new: NewRequestId) -> Self {
        Self { new }
    }

    fn of(&self, request: &Request) -> RequestId {
        let sent = request.headers().get(HEADER).and_then(|value| value.to_str().ok());
        sent.and_then(RequestId::parse)
            .or_else(|| RequestId::parse(&(self.new)()))
            .unwrap_or_else(|| RequestId("invalid".into()))
    }
}

impl fmt::Debug for RequestIds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestIds").finish_non_exhaustive()
    }
}

impl<E: Endpoint> Middleware<E> for RequestIds {
    type Output = WithRequestId<E>;

    fn transform(&self, inner: E) -> Self::Output {
        WithRequestId { ids: self.clone(), inner }
    }
}

/// An endpoint whose answers have a `Request-Id`.
#[derive(Debug)]
pub struct WithRequestId<E> {
    ids: RequestIds,
    inner: E,
}

impl<E: Endpoint> Endpoint for WithRequestId<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let id = self.ids.of(&request);
        request.set_data(id.clone());
        let span = tracing::info_span!("request", request_id = %id);
        let answered = CURRENT.scope(id.clone(), async {
            match self.inner.call(request).await {
                Ok(answer) => answer.into_response(),
                Err(error) => problem::fallback(error),
            }
        });
        let mut answer = answered.instrument(span).await;
        if let Ok(value) = HeaderValue::from_str(id.as_str()) {
            answer.headers_mut().insert(HEADER, value);
        }
        Ok(answer)
    }
}
