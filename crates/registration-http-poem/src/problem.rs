//! Every refusal becomes one shape here, and the only table from kind to status.
mod codes;
mod verdict;

use std::error::Error as StdError;

use poem::{
    Error, IntoResponse, Response,
    http::{HeaderValue, StatusCode, header},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
};
use registration_domain::{
    permission::Permission,
    platform::VerbError,
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    time::Timestamp,
};
use registration_edge_poem::{FieldProblem, ProblemBody, problem::CONTENT_TYPE};

pub(crate) use codes::find as find_code;
use serde_json::Value;

pub use codes::{Code, problem_table};

use verdict::Verdict;

use crate::{
    body::NotJson,
    shape::{self, Member, Shape, Shown},
    time::rfc3339,
};

/// A "no", on its way to the client.
#[derive(Debug)]
pub(crate) struct Problem {
    body: Box<ProblemBody>,
    retry_at: Option<Timestamp>,
}

/// Stays with an answer until it is known how many seconds that is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RetryAt(pub(crate) Timestamp);

/// The only place where a kind becomes a status.
fn status_of(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        RefusalKind::Forbidden => StatusCode::FORBIDDEN,
        RefusalKind::NotFound => StatusCode::NOT_FOUND,
        RefusalKind::Conflict => StatusCode::CONFLICT,
        RefusalKind::Gone => StatusCode::GONE,
        RefusalKind::Limited => StatusCode::TOO_MANY_REQUESTS,
        RefusalKind::Stale => StatusCode::PRECONDITION_FAILED,
        RefusalKind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl Problem {
    /// What a verb refused.
    pub(crate) fn of(refusal: &(dyn Refusal + 'static)) -> Self {
        let (kind, code) = refusal.told();
        let mut told = Self::new(status_of(kind), code);
        told = match kind {
            // What failed inside is for the log, never for the caller.
            RefusalKind::Unavailable => {
                tracing::error!(code, error = chain(refusal), "a verb could not be done");
                told.detail("nothing was done; please try again")
            }
            RefusalKind::Invalid
            | RefusalKind::Unauthenticated
            | RefusalKind::Forbidden
            | RefusalKind::NotFound
            | RefusalKind::Conflict
            | RefusalKind::Gone
            | RefusalKind::Limited
            | RefusalKind::Stale => told.detail(&refusal.to_string()),
        };
        told.body.errors = refusal.faults().into_iter().map(field_problem).collect();
        refusal.facts().into_iter().fold(told, Self::with)
    }
    /// Fields that cannot be taken.
    pub(crate) fn fields(errors: Vec<FieldProblem>) -> Self {
        let detail = "some fields cannot be taken";
        let mut told = Self::told(StatusCode::UNPROCESSABLE_ENTITY, "validation_failed", detail);
        told.body.errors = errors;
        told
    }
    /// A body that could not be read.
    pub(crate) fn malformed(why: NotJson) -> Self {
        Self::told(StatusCode::BAD_REQUEST, "malformed_json", &why.to_string())
    }
    /// A problem of the wire, of which the domain knows nothing.
    pub(crate) fn told(status: StatusCode, code: &str, detail: &str) -> Self {
        Self::new(status, code).detail(detail)
    }
    /// What is not there, or not for the caller to know.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found")
    }

    fn new(status: StatusCode, code: &str) -> Self {
        let title = codes::find(code).map_or("Refused", |it| it.title);
        Self { body: Box::new(ProblemBody::new(status, code, title)), retry_at: None }
    }
    fn detail(mut self, detail: &str) -> Self {
        self.body.detail = Some(detail.to_owned());
        self
    }
    fn with(mut self, fact: Fact) -> Self {
        let (member, value): (_, Value) = match fact {
            Fact::Invitation(id) => ("invitation_id", id.to_string().into()),
            Fact::MissingPermission(it) => ("permission", it.key().into()),
            Fact::ExceededPermissions(all) => {
                ("permissions", all.iter().map(Permission::key).collect::<Vec<_>>().into())
            }
            Fact::EmailDomain(id) => ("email_domain_id", id.to_string().into()),
            Fact::RecordsFound(texts) => ("records_found", texts.into()),
            Fact::TriesLeft(tries) => ("tries_left", tries.into()),
            Fact::JoinRequest(id) => ("join_request_id", id.to_string().into()),
            Fact::Decided(decided) => ("decision", Verdict::from(decided).shown()),
            Fact::RetryAt(at) => {
                self.retry_at = Some(at);
                ("retry_at", rfc3339(at).into())
            }
            Fact::Since(at) => ("since", rfc3339(at).into()),
            Fact::Organizations(all) => {
                ("organizations", all.iter().map(ToString::to_string).collect::<Vec<_>>().into())
            }
        };
        self.body.extra.insert(member.to_owned(), value);
        self
    }
}

/// The field of a command as a pointer into the body that it came in.
fn field_problem(FieldFault { field, code, detail }: FieldFault) -> FieldProblem {
    FieldProblem { pointer: format!("#/{field}"), code: code.to_owned(), detail: Some(detail) }
}

fn chain(error: &dyn StdError) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {}", chain(cause)),
        None => error.to_string(),
    }
}

impl<R: Refusal + 'static> From<VerbError<R>> for Problem {
    fn from(error: VerbError<R>) -> Self {
        Self::of(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.body.status;
        let mut answer = self.body.into_response();
        if status == StatusCode::UNAUTHORIZED {
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        answer
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        let retry_at = problem.retry_at.map(RetryAt);
        let mut error = Self::from_response(problem.into_response());
        if let Some(retry_at) = retry_at {
            error.set_data(retry_at);
        }
        error
    }
}

/// Every status that a problem can have; the document keeps of them those that an operation tells.
pub(crate) const STATUSES: [(u16, &str); 14] = [
    (400, "The request could not be read."),
    (401, "Nobody is signed in, or somebody else should be."),
    (403, "The caller may not."),
    (404, "There is nothing here that the caller may know of."),
    (409, "What is there now stands against it."),
    (410, "This is over; ask for a new one."),
    (412, "The resource was changed since it was read."),
    (413, "The body is too large."),
    (415, "The body is not JSON in UTF-8."),
    (422, "The request was read, and what it says cannot be taken."),
    (428, "The resource's `ETag` must be sent as `If-Match`."),
    (429, "Too much was asked; wait."),
    (500, "Something went wrong on our side."),
    (503, "Nothing was done; try again."),
];

impl ApiResponse for Problem {
    fn meta() -> MetaResponses {
        let content = || vec![MetaMediaType { content_type: CONTENT_TYPE, schema: Self::schema() }];
        let told = |(status, description)| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content: content(),
            headers: Vec::new(),
        };
        MetaResponses { responses: STATUSES.into_iter().map(told).collect() }
    }
    fn register(registry: &mut Registry) {
        <Self as Shape>::register(registry);
    }
}

impl Shown for Problem {
    fn shown(self) -> Value {
        serde_json::to_value(&*self.body).unwrap_or_default()
    }
}

impl Shape for Problem {
    fn schema() -> MetaSchemaRef {
        MetaSchemaRef::Reference("Problem".into())
    }
    fn register(registry: &mut Registry) {
        Verdict::register(registry);
        let text =
            |name, required, description| Member { name, description, required, schema: String::schema() };
        registry.create_schema::<FieldProblem, _>("FieldProblem".into(), |_| {
            let members = vec![
                text("pointer", true, "A JSON pointer (RFC 6901) as a URI fragment, such as `#/email`."),
                text("code", true, "The stable word, such as `invalid_email`."),
                text("detail", false, "The same in a sentence."),
            ];
            shape::object("What is wrong with one field.", members)
        });
        let fields = MetaSchemaRef::Reference("FieldProblem".into());
        let fields = MetaSchema { items: Some(Box::new(fields)), ..MetaSchema::new("array") };
        let status = shape::inline(MetaSchema::new("integer"));
        let permissions = Vec::<Permission>::schema();
        let tries = shape::inline(MetaSchema::new("integer"));
        registry.create_schema::<Self, _>("Problem".into(), |_| {
            let member = |name, required, description, schema| Member { name, description, required, schema };
            let members = vec![
                text("type", true, "`/problems/CODE`, a page that explains the code."),
                text("title", true, "A short sentence, the same for every problem of this code."),
                member("status", true, "The HTTP status, again.", status),
                text("code", true, "The stable word that a client may act on."),
                text("detail", false, "What is particular to this occurrence."),
                text("request_id", false, "The `Request-Id` of the answer."),
                member("errors", false, "Single fields that cannot be taken.", shape::inline(fields)),
                text("invitation_id", false, "The invitation that is in the way."),
                text("join_request_id", false, "The join request that is in the way."),
                member("decision", false, "What became of the join request.", Verdict::schema()),
                text("permission", false, "The permission that the caller lacks."),
                member("permissions", false, "What the caller would give and does not hold.", permissions),
                text("email_domain_id", false, "The e-mail domain that is in the way."),
                member(
                    "records_found",
                    false,
                    "What DNS has where another text must be.",
                    Vec::<String>::schema(),
                ),
                member(
                    "organizations",
                    false,
                    "The organizations that would be without an Owner.",
                    Vec::<String>::schema(),
                ),
                member("tries_left", false, "How many more tries there are before one has to wait.", tries),
                member("retry_at", false, "When it may be tried again.", Timestamp::schema()),
                member(
                    "since",
                    false,
                    "Since when it is so, such as when an invitation was declined.",
                    Timestamp::schema(),
                ),
            ];
            shape::object("Why a request was not served: RFC 9457, with a stable code.", members)
        });
    }
}
