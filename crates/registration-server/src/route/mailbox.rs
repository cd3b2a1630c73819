//! The development mailbox as JSON: every mail that would have been sent, for tests.
use std::time::Duration;

use poem::{
    EndpointExt, IntoResponse, Response, Route, get, handler,
    http::StatusCode,
    put,
    web::{Data, Json, Path, Query},
};
use registration_domain::email::Email;
use registration_edge_poem::ProblemBody;
use registration_mail_lettre::Mailbox;
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

/// Longer than this nobody waits.
const LONGEST_WAIT: u64 = 60;

#[derive(Deserialize)]
struct Asked {
    /// The recipient.
    to: Option<String>,
    /// Seconds to wait for a first mail.
    #[serde(default)]
    wait: u64,
}

pub(super) fn mount(route: Route, mailbox: Mailbox) -> Route {
    route
        .at("/dev/mailbox/messages", get(list).delete(clear).data(mailbox.clone()))
        .at("/dev/mailbox/messages/:file", get(eml).data(mailbox.clone()))
        .at("/dev/mailbox/bounces", get(bouncing).data(mailbox.clone()))
        .at("/dev/mailbox/bounces/:address", put(bounce).delete(deliver).data(mailbox))
}

#[handler]
async fn list(Data(mailbox): Data<&Mailbox>, Query(asked): Query<Asked>) -> Response {
    let deadline = Instant::now() + Duration::from_secs(asked.wait.min(LONGEST_WAIT));
    match mailbox.wait_for(asked.to.as_deref(), deadline).await {
        Ok(messages) => Json(json!({ "data": messages })).into_response(),
        Err(error) => failed(&error),
    }
}

#[handler]
async fn clear(Data(mailbox): Data<&Mailbox>) -> Response {
    match mailbox.clear().await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failed(&error),
    }
}

#[handler]
async fn eml(Data(mailbox): Data<&Mailbox>, Path(file): Path<String>) -> Response {
    let Some(id) = file.strip_suffix(".eml") else { return missing() };
    match mailbox.eml(id).await {
        Ok(Some(bytes)) => Response::builder().content_type("message/rfc822").body(bytes),
        Ok(None) => missing(),
        Err(error) => failed(&error),
    }
}

/// The addresses to which mail is refused.
#[handler]
async fn bouncing(Data(mailbox): Data<&Mailbox>) -> Response {
    match mailbox.bounces().await {
        Ok(addresses) => Json(json!({ "data": addresses })).into_response(),
        Err(error) => failed(&error),
    }
}

#[handler]
async fn bounce(Data(mailbox): Data<&Mailbox>, Path(address): Path<String>) -> Response {
    set_bounce(mailbox, &address, true).await
}

#[handler]
async fn deliver(Data(mailbox): Data<&Mailbox>, Path(address): Path<String>) -> Response {
    set_bounce(mailbox, &address, false).await
}

async fn set_bounce(mailbox: &Mailbox, address: &str, bounces: bool) -> Response {
    let Ok(address) = Email::parse(address) else { return missing() };
    match mailbox.set_bounce(&address, bounces).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failed(&error),
    }
}

fn missing() -> Response {
    ProblemBody::of_status(StatusCode::NOT_FOUND).into_response()
}

fn failed(error: &std::io::Error) -> Response {
    tracing::error!(%error, "the development mailbox cannot be read");
    ProblemBody::of_status(StatusCode::SERVICE_UNAVAILABLE).into_response()
}
