//! Alive says that this process answers; ready says that it can do its work, and how the mail stands.
use std::time::Duration;

use poem::{
    IntoResponse, Response, handler,
    http::StatusCode,
    web::{Data, Json},
};
use registration_edge_poem::ProblemBody;
use registration_store_seaorm::{OutboxState, SchemaState, StoreError};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{composition::Composition, metrics::overdue};

/// A probe that waits longer than its caller is of no use.
const PATIENCE: Duration = Duration::from_secs(2);
/// Mail that is later than this is told of in words. It makes no server unready: another one would be as late,
/// and people can still be let in.
const LATE: Duration = Duration::from_mins(15);

#[handler]
pub(super) fn livez() -> &'static str {
    "alive\n"
}

#[handler]
pub(super) async fn readyz(Data(composition): Data<&Composition>) -> Response {
    let asked = timeout(PATIENCE, Checks::of(composition)).await;
    let checks = match asked {
        Ok(Ok(checks)) => checks,
        Ok(Err(error)) => {
            tracing::error!(error = describe(error), "the database does not answer");
            return not_ready(&json!({ "database": "it fails" }));
        }
        Err(_) => return not_ready(&json!({ "database": "it does not answer in time" })),
    };
    let told = checks.told();
    match (checks.schema, checks.overdue > LATE) {
        (SchemaState::Behind(_), _) => not_ready(&told),
        (SchemaState::UpToDate | SchemaState::Newer, late) => {
            let status = if late { "degraded" } else { "ready" };
            Json(json!({ "status": status, "checks": told })).into_response()
        }
    }
}

/// What was found.
struct Checks {
    schema: SchemaState,
    outbox: OutboxState,
    overdue: Duration,
}

impl Checks {
    async fn of(composition: &Composition) -> Result<Self, StoreError> {
        let Composition { store, clock, .. } = composition;
        store.ping().await?;
        let schema = store.schema_state().await?;
        let now = clock.now();
        let outbox = match schema {
            // The tables may not be there.
            SchemaState::Behind(_) => OutboxState { queued: 0, dead: 0, due_since: None },
            SchemaState::UpToDate | SchemaState::Newer => store.outbox_state(now).await?,
        };
        Ok(Self { schema, outbox, overdue: overdue(&outbox, now) })
    }

    /// In a word each; what a database said in full is for the log.
    fn told(&self) -> Value {
        let schema = match self.schema {
            SchemaState::UpToDate => "up to date",
            SchemaState::Behind(_) => "older than this program",
            // A later version migrates before the older replicas are stopped, and only adds.
            SchemaState::Newer => "newer than this program",
        };
        let mail = if self.overdue > LATE { "late" } else { "ok" };
        let OutboxState { queued, dead, due_since: _ } = self.outbox;
        json!({
            "database": "ok",
            "schema": schema,
            "mail": mail,
            "outbox": { "queued": queued, "dead": dead, "oldest_due_seconds": self.overdue.as_secs() },
        })
    }
}

fn not_ready(checks: &Value) -> Response {
    ProblemBody::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", "The service is not ready")
        .with("checks", checks.clone())
        .into_response()
}

fn describe(error: StoreError) -> String {
    format!("{:#}", anyhow::Error::new(error))
}
