//! Alive says that this process answers; ready says that it can do its work.
use std::time::Duration;

use poem::{
    IntoResponse, Response, handler,
    http::StatusCode,
    web::{Data, Json},
};
use registration_edge_poem::ProblemBody;
use registration_store_seaorm::{SchemaState, StoreError};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::composition::Composition;

/// A probe that waits longer than its caller is of no use.
const PATIENCE: Duration = Duration::from_secs(2);

#[handler]
pub(super) fn livez() -> &'static str {
    "alive\n"
}

#[handler]
pub(super) async fn readyz(Data(composition): Data<&Composition>) -> Response {
    let database = database(composition).await;
    let checks = json!({ "database": database.unwrap_or_else(|wrong| wrong) });
    match database {
        Ok(_) => Json(json!({ "status": "ready", "checks": checks })).into_response(),
        Err(_) => ProblemBody::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", "The service is not ready")
            .with("checks", Value::clone(&checks))
            .into_response(),
    }
}

/// In a word; what the database said in full is for the log.
async fn database(composition: &Composition) -> Result<&'static str, &'static str> {
    let asked = async {
        composition.store.ping().await?;
        composition.store.schema_state().await
    };
    match timeout(PATIENCE, asked).await {
        Ok(Ok(SchemaState::UpToDate)) => Ok("ok"),
        Ok(Ok(SchemaState::Behind(_))) => Err("the schema is older than this program"),
        // A later version migrates before the older replicas are stopped, and only adds.
        Ok(Ok(SchemaState::Newer)) => Ok("ok, with a schema newer than this program"),
        Ok(Err(error)) => {
            tracing::error!(error = describe(error), "the database does not answer");
            Err("it fails")
        }
        Err(_) => Err("it does not answer in time"),
    }
}

fn describe(error: StoreError) -> String {
    format!("{:#}", anyhow::Error::new(error))
}
