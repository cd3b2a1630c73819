//! The JSON API: it parses a request, calls one verb of the platform, and tells the outcome. It holds no rule.
//!
//! ```text
//! request → Path, Signed, Query, Retry, Body → command → Platform::verb → Reply or Problem
//! ```
//!
//! Everything that is wrong with a request is told at once, in one shape ([`problem_table`] lists the codes);
//! every operation stands in [`OPERATIONS`], with who may use it.
mod audit;
mod authorizations;
mod body;
mod caller;
mod catalogue;
mod csv;
mod deployment;
mod document;
mod etag;
mod idempotency;
mod invitations;
mod listing;
mod me;
mod members;
mod operations;
mod organizations;
mod pages;
mod path;
mod problem;
mod reply;
mod sessions;
mod setup;
mod shape;
mod tag;
mod telling;
mod time;
mod view;

use std::marker::PhantomData;

use poem::{EndpointExt, Route};
use poem_openapi::{OpenApi, OpenApiService};

pub use deployment::Deployment;
pub use operations::{Kind, OPERATIONS, Operation, Takes, Told, Who};
pub use problem::{Code, problem_table};

use document::Described;
use telling::Telling;

/// Every operation, by resource.
type Api = (
    setup::Setup,
    sessions::Sessions,
    me::Me,
    organizations::Organizations,
    invitations::Invitations,
    invitations::InvitationLinks,
    members::Members,
    catalogue::Catalogue,
    authorizations::Authorizations,
    audit::Audit,
);

/// The operations below `/api/v1`, the document and its page, the meaning of codes, and a line for links.
///
/// More routes may be added; the edge goes around them all.
pub fn routes(deployment: &Deployment) -> Route {
    let operations = service(operations_of(deployment)).with(Telling(deployment.clone()));
    let (document, docs) = document_and_docs();
    pages::routes(&document, docs).nest("/api/v1", operations)
}

/// The `OpenAPI` document, made from the handlers.
pub fn openapi_json() -> String {
    document_and_docs().0
}

fn operations_of(deployment: &Deployment) -> Api {
    let of = || deployment.clone();
    (
        setup::Setup(of()),
        sessions::Sessions(of()),
        me::Me(of()),
        organizations::Organizations(of()),
        invitations::Invitations(of()),
        invitations::InvitationLinks(of()),
        members::Members(of()),
        catalogue::Catalogue(of()),
        authorizations::Authorizations(of()),
        audit::Audit(of()),
    )
}

fn document_and_docs() -> (String, String) {
    let service = service(Described::<Api>(PhantomData));
    let by_framework = service.spec();
    let document = format!("{:#}\n", document::completed(&by_framework));
    let docs = service.swagger_ui_html().replacen(&by_framework, &document, 1);
    (document, docs)
}

fn service<T: OpenApi>(api: T) -> OpenApiService<T, ()> {
    OpenApiService::new(api, "Registration", env!("CARGO_PKG_VERSION"))
        .description(
            "Who is let into an organization, by whom, with exactly which access. Every refusal is \
             `application/problem+json` with a stable `code`; `/problems/CODE` explains it.",
        )
        .url_prefix("/api/v1")
}
