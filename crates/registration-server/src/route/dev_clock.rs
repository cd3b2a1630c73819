//! Moving the clock forward, for whoever tries out what time does. Only with `--dev-clock`, on loopback.
use poem::{
    Body, IntoResponse, Response, handler,
    http::StatusCode,
    web::{Data, Json},
};
use registration_edge_poem::{FieldProblem, ProblemBody};
use serde::Deserialize;
use serde_json::json;

use crate::{
    composition::Composition,
    worker::wiring::{FOLLOW, follow_clock},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u64,
}

/// A century: beyond it no rule of the product has a meaning.
const FURTHEST: u64 = 100 * 366 * 24 * 60 * 60;

#[handler]
pub(super) async fn advance(Data(composition): Data<&Composition>, body: Body) -> Response {
    let Ok(bytes) = body.into_bytes().await else {
        return ProblemBody::of_status(StatusCode::BAD_REQUEST).into_response();
    };
    let seconds = match serde_json::from_slice::<Advance>(&bytes) {
        Ok(Advance { advance_seconds }) if advance_seconds <= FURTHEST => advance_seconds,
        Ok(_) | Err(_) => return wrong(),
    };
    match moved(composition, seconds).await {
        Ok(now) => Json(json!({ "now": now })).into_response(),
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the clock could not be moved");
            ProblemBody::of_status(StatusCode::SERVICE_UNAVAILABLE).into_response()
        }
    }
}

async fn moved(composition: &Composition, seconds: u64) -> anyhow::Result<String> {
    composition.store.advance_dev_clock(seconds).await?;
    follow_clock(composition).await?;
    // Whoever is answered finds every process moved, whichever they ask next.
    tokio::time::sleep(3 * FOLLOW).await;
    let now = chrono::DateTime::from_timestamp_micros(composition.clock.now().micros());
    Ok(now.map_or_else(String::new, |it| it.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)))
}

fn wrong() -> Response {
    let detail = format!("must be a whole number from 0 to {FURTHEST}");
    let field = FieldProblem {
        pointer: "#/advance_seconds".to_owned(),
        code: "malformed".to_owned(),
        detail: Some(detail),
    };
    ProblemBody::new(StatusCode::UNPROCESSABLE_ENTITY, "validation_failed", "Some fields cannot be taken")
        .errors(vec![field])
        .into_response()
}
