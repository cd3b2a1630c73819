//! Every 4xx and 5xx is one shape: the problem details of RFC 9457, with a stable `code`.

use poem::{
    Error, IntoResponse, Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{request_id::RequestId, route::AllowedMethods};

/// The media type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// What a client is told when something is refused, or went wrong.
///
/// ```
/// use poem::http::StatusCode;
/// use registration_edge_poem::problem::ProblemBody;
///
/// let problem = ProblemBody::new(StatusCode::CONFLICT, "already_invited", "Already invited")
///     .detail("an invitation to this address is pending")
///     .with("invitation_id", "0198");
/// let json = serde_json::to_value(&problem)?;
/// assert_eq!(json["type"], "/problems/already_invited");
/// assert_eq!(json["invitation_id"], "0198");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProblemBody {
    /// `/problems/CODE`, a page that explains the code.
    pub r#type: String,
    /// A short sentence, the same for every problem of this code.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// The stable word that a client may act on.
    pub code: String,
    /// What is particular to this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The `Request-Id` of the answer, filled in when the answer is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What is wrong with single fields, all at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// Members that only some codes have, such as `tries_left`.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// A JSON pointer as a URI fragment, such as `#/email`.
    pub pointer: String,
    /// The stable word, such as `invalid_email`.
    pub code: String,
    /// The same in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl ProblemBody {
    /// A problem with nothing particular to it yet.
    pub fn new(status: StatusCode, code: &str, title: &str) -> Self {
        Self {
            r#type: format!("/problems/{code}"),
            title: title.to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            detail: None,
            request_id: None,
            errors: Vec::new(),
            extra: Map::new(),
        }
    }

    /// The problem that the framework's own refusals with this status become.
    pub fn of_status(status: StatusCode) -> Self {
        let (status, code, title) = framework_words(status);
        Self::new(status, code, title)
    }

    /// Says what is particular to this occurrence.
    #[must_use]
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// Names the fields at fault.
    #[must_use]
    pub fn errors(self, errors: Vec<FieldProblem>) -> Self {
        Self { errors, ..self }
    }

    /// Adds a member that only this code has.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.extra.insert(member.to_owned(), value.into());
        self
    }
}

impl IntoResponse for ProblemBody {
    /// The answer, with the id of the request that is being answered.
    fn into_response(mut self) -> Response {
        if self.request_id.is_none() {
            self.request_id = RequestId::current().map(|id| id.as_str().to_owned());
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        // Strings, numbers and maps with string keys: serialization has nothing to fail on.
        let body = serde_json::to_vec(&self).unwrap_or_default();
        Response::builder().status(status).content_type(CONTENT_TYPE).body(body)
    }
}

impl From<ProblemBody> for Error {
    fn from(problem: ProblemBody) -> Self {
        Error::from_response(problem.into_response())
    }
}

/// An answer that is a problem, in one call.
pub fn response(status: StatusCode, code: &str, title: &str, detail: Option<&str>) -> Response {
    let problem = ProblemBody::new(status, code, title);
    match detail {
        Some(detail) => problem.detail(detail).into_response(),
        None => problem.into_response(),
    }
}

/// Turns what a handler or the framework failed with into an answer that tells nothing internal.
///
/// An error made from an answer is that answer; of any other only the status survives, since its text
/// may quote the request or name our parts.
pub fn fallback(error: Error) -> Response {
    if error.is_from_response() {
        return error.into_response();
    }
    let status = error.status();
    if status.is_server_error() {
        tracing::error!(status = status.as_u16(), error = %chain(&error), "request failed");
    }
    let mut answer = ProblemBody::of_status(status).into_response();
    if let Some(AllowedMethods(methods)) = error.data::<AllowedMethods>()
        && let Ok(allow) = HeaderValue::from_str(methods)
    {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    // What the router noted on the error, such as the pattern of the route, stays with the answer.
    *answer.extensions_mut() = error.into_response().extensions().clone();
    answer
}

/// Adds a header to an answer unless it has one of that name.
pub(crate) fn header_if_absent(answer: &mut Response, name: HeaderName, value: HeaderValue) {
    answer.headers_mut().entry(name).or_insert(value);
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        words.push_str(": ");
        words.push_str(&cause.to_string());
        source = cause.source();
    }
    words
}

/// The one table from a status that the framework chose to our words for it.
fn framework_words(status: StatusCode) -> (StatusCode, &'static str, &'static str) {
    let (code, title) = match status {
        StatusCode::UNAUTHORIZED => ("not_signed_in", "Sign in first"),
        StatusCode::FORBIDDEN => ("forbidden", "This is not allowed"),
        StatusCode::NOT_FOUND => ("not_found", "There is nothing here"),
        StatusCode::METHOD_NOT_ALLOWED => ("method_not_allowed", "This method is not available here"),
        StatusCode::NOT_ACCEPTABLE => ("not_acceptable", "No acceptable form of this is available"),
        StatusCode::REQUEST_TIMEOUT => ("request_timeout", "The request took too long to arrive"),
        StatusCode::LENGTH_REQUIRED => ("length_required", "The length of the body is required"),
        StatusCode::PAYLOAD_TOO_LARGE => ("body_too_large", "The body is too large"),
        StatusCode::URI_TOO_LONG | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
            return (status, "headers_too_large", "The request line or its headers are too large");
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ("unsupported_media_type", "This media type is not understood"),
        StatusCode::MISDIRECTED_REQUEST => ("misdirected_request", "This host is not served here"),
        StatusCode::TOO_MANY_REQUESTS => ("too_many_requests", "Too many requests"),
        StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "The service is not available right now"),
        other if other.is_client_error() => ("malformed_request", "The request is malformed"),
        _ => return (StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong on our side"),
    };
    (status, code, title)
}
