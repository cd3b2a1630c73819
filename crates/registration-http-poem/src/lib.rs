//! The JSON API: it parses a request, calls one verb of the platform, and tells the outcome. It holds no rule.
//!
//! ```text
//! request → Path, Signed, Query, Retry, Body → command → Platform::verb → Reply or Problem
//! ```
//!
//! Everything that is wrong with a request is told at once, in one shape ([`problem_table`] lists the codes);
//! every operation stands in [`OPERATIONS`], with who may use it.
//!
//! ```
//! use std::sync::Arc;
//!
//! use poem::{Endpoint, Request};
//! use registration_domain::{platform::Platform, settings::{PublicUrl, Settings}};
//! use registration_http_poem::{Deployment, routes};
//! use registration_testkit::{memory::MemoryStore, ports};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let ports = ports(Arc::new(MemoryStore::default()));
//! let clock = ports.clock.clone();
//! let settings = Settings::new(PublicUrl::parse("https://join.example.org")?);
//! let app = routes(&Deployment::new(Arc::new(Platform::new(ports, settings)), clock));
//! let answer = app.get_response(Request::builder().uri_str("/api/v1/me").finish()).await;
//! assert_eq!(answer.status(), 401);
//! assert_eq!(answer.content_type(), Some("application/problem+json"));
//! # Ok(())
//! # }
//! ```
mod audit;
mod authorizations;
mod body;
mod caller;
mod catalogue;
mod csv;
mod deployment;
mod document;
mod email_domains;
mod etag;
mod idempotency;
mod invitations;
mod joining;
mod listing;
mod me;
mod members;
mod operations;
mod organizations;
mod own_email_domain;
mod pages;
mod passwords;
mod path;
mod problem;
mod reply;
mod sessions;
mod setup;
mod shape;
mod sign_ups;
mod signing_in;
mod tag;
mod telling;
mod time;
mod view;

use std::{marker::PhantomData, sync::LazyLock};

use poem::{EndpointExt, Route};
use poem_openapi::{OpenApi, OpenApiService};

pub use deployment::Deployment;
pub use operations::{Kind, OPERATIONS, Operation, Takes, Told, Who};
pub use problem::{Code, problem_table};

use document::{Described, Documents};
use telling::Telling;

/// Where the operations are.
const BASE: &str = "/api/v1";

/// Every operation, by resource.
type Api = (
    setup::Setup,
    sign_ups::SignUps,
    (sessions::Sessions, passwords::Passwords, signing_in::SigningIn),
    (me::Me, me::Notifications, me::Export, me::EmailChanges, invitations::OwnInvitations),
    organizations::Organizations,
    email_domains::EmailDomains,
    own_email_domain::OwnEmailDomains,
    invitations::Invitations,
    invitations::InvitationLinks,
    (joining::JoinRequests, joining::OwnJoinRequests, joining::EmployeeCodes),
    members::Members,
    catalogue::Catalogue,
    authorizations::Authorizations,
    audit::Audit,
);

/// The operations below `/api/v1`, the document and its page, and the meaning of codes.
///
/// More routes may be added; the edge goes around them all.
pub fn routes(deployment: &Deployment) -> Route {
    let telling = Telling(deployment.clone());
    let operations = service(operations_of(deployment)).with(telling.clone());
    pages::routes(&DOCUMENTS, &telling).nest(BASE, operations)
}

/// The `OpenAPI` document, made from the handlers.
pub fn openapi_json() -> &'static str {
    &DOCUMENTS.json
}

fn operations_of(deployment: &Deployment) -> Api {
    let of = || deployment.clone();
    (
        setup::Setup(of()),
        sign_ups::SignUps(of()),
        (sessions::Sessions(of()), passwords::Passwords(of()), signing_in::SigningIn(of())),
        (
            me::Me(of()),
            me::Notifications(of()),
            me::Export(of()),
            me::EmailChanges(of()),
            invitations::OwnInvitations(of()),
        ),
        organizations::Organizations(of()),
        email_domains::EmailDomains(of()),
        own_email_domain::OwnEmailDomains(of()),
        invitations::Invitations(of()),
        invitations::InvitationLinks(of()),
        (joining::JoinRequests(of()), joining::OwnJoinRequests(of()), joining::EmployeeCodes(of())),
        members::Members(of()),
        catalogue::Catalogue(of()),
        authorizations::Authorizations(of()),
        audit::Audit(of()),
    )
}

/// What the handlers say of themselves, which never changes while the process runs.
static DOCUMENTS: LazyLock<Documents> = LazyLock::new(|| {
    let service = service(Described::<Api>(PhantomData));
    let by_framework = service.spec();
    let json = format!("{:#}\n", document::completed(&by_framework));
    let page = service.swagger_ui_html().replacen(&by_framework, &json, 1);
    Documents { json, page }
});

fn service<T: OpenApi>(api: T) -> OpenApiService<T, ()> {
    OpenApiService::new(api, "Registration", env!("CARGO_PKG_VERSION"))
        .description(
            "Who is let into an organization, by whom, with exactly which access. Every refusal is \
             `application/problem+json` with a stable `code`; `/problems/CODE` explains it.",
        )
        .url_prefix(BASE)
}
