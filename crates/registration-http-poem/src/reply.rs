//! An answer that is no refusal: its status is part of its type, so that the document cannot lie about it.
use poem::{
    IntoResponse, Response,
    http::{HeaderName, HeaderValue, StatusCode},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, Registry},
};
use registration_domain::platform::Answer;

use crate::{
    problem::Problem,
    shape::{Shape, Shown},
};

const MEDIA_TYPE: &str = "application/json";
/// Stands on the answer to a request that was answered before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What an operation answers.
pub(crate) type Outcome<T> = Result<T, Problem>;

/// 200, and what was read or done.
pub(crate) type Read<T> = Reply<T, 200>;
/// 201, and what was made.
pub(crate) type Created<T> = Reply<T, 201>;
/// 202, and what was taken on.
pub(crate) type Taken<T> = Reply<T, 202>;
/// 202: it was taken on.
pub(crate) type TakenOn = Empty<202>;
/// 204: it was done, and there is nothing to show.
pub(crate) type Done = Empty<204>;

/// An answer with a body.
#[derive(Debug)]
pub(crate) struct Reply<T, const STATUS: u16> {
    body: T,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// An answer without one.
#[derive(Debug)]
pub(crate) struct Empty<const STATUS: u16> {
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// One of two answers.
#[derive(Debug)]
pub(crate) enum Either<One, Other> {
    One(One),
    Other(Other),
}

impl<T, const STATUS: u16> Reply<T, STATUS> {
    /// This body.
    pub(crate) fn of(body: T) -> Self {
        Self { body, headers: Vec::new() }
    }
    /// What a verb answered, and whether it did so before.
    pub(crate) fn answer<From>(answer: Answer<From>, render: impl FnOnce(From) -> T) -> Self {
        let headers = replayed(answer.repeated);
        Self { body: render(answer.what), headers }
    }
}

impl<const STATUS: u16> Empty<STATUS> {
    /// Nothing more to say.
    pub(crate) fn new() -> Self {
        Self { headers: Vec::new() }
    }
    /// What a verb did, and whether it did so before.
    pub(crate) fn answer<From>(answer: &Answer<From>) -> Self {
        Self { headers: replayed(answer.repeated) }
    }
}

fn replayed(repeated: bool) -> Vec<(HeaderName, HeaderValue)> {
    repeated.then_some((REPLAYED, HeaderValue::from_static("true"))).into_iter().collect()
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

impl<T: Shown + Send, const STATUS: u16> IntoResponse for Reply<T, STATUS> {
    fn into_response(self) -> Response {
        let body = self.body.shown().to_string();
        let mut answer = Response::builder().status(status(STATUS)).content_type(MEDIA_TYPE).body(body);
        answer.headers_mut().extend(self.headers);
        answer
    }
}

impl<const STATUS: u16> IntoResponse for Empty<STATUS> {
    fn into_response(self) -> Response {
        let mut answer = Response::builder().status(status(STATUS)).finish();
        answer.headers_mut().extend(self.headers);
        answer
    }
}

impl<T: Shown + Send, const STATUS: u16> ApiResponse for Reply<T, STATUS> {
    fn meta() -> MetaResponses {
        let content = vec![MetaMediaType { content_type: MEDIA_TYPE, schema: T::schema() }];
        MetaResponses { responses: vec![described(STATUS, content)] }
    }
    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<const STATUS: u16> ApiResponse for Empty<STATUS> {
    fn meta() -> MetaResponses {
        MetaResponses { responses: vec![described(STATUS, Vec::new())] }
    }
    fn register(_: &mut Registry) {}
}

impl<One: IntoResponse, Other: IntoResponse> IntoResponse for Either<One, Other> {
    fn into_response(self) -> Response {
        match self {
            Self::One(it) => it.into_response(),
            Self::Other(it) => it.into_response(),
        }
    }
}

impl<One: ApiResponse, Other: ApiResponse> ApiResponse for Either<One, Other> {
    fn meta() -> MetaResponses {
        let responses = One::meta().responses.into_iter().chain(Other::meta().responses).collect();
        MetaResponses { responses }
    }
    fn register(registry: &mut Registry) {
        One::register(registry);
        Other::register(registry);
    }
}

/// One answer, as the document describes it.
pub(crate) fn described(status: u16, content: Vec<MetaMediaType>) -> MetaResponse {
    let (description, headers) = match status {
        201 => ("It was made.", vec![replayed_header()]),
        202 => ("It was taken on.", vec![replayed_header()]),
        204 => ("It was done.", Vec::new()),
        304 => ("It is as the client knows it.", Vec::new()),
        _ => ("As it is now.", Vec::new()),
    };
    MetaResponse { description, status: Some(status), status_range: None, content, headers }
}

fn replayed_header() -> MetaHeader {
    MetaHeader {
        name: "Idempotency-Replayed".into(),
        description: Some(
            "`true` where this repeats the answer to an earlier request with the same key.".into(),
        ),
        required: false,
        deprecated: false,
        schema: String::schema(),
    }
}
