//! What is counted, under the names of OpenTelemetry's conventions as Prometheus spells them.
use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use registration_domain::time::Timestamp;
use registration_edge_poem::access_log::Observed;
use registration_store_seaorm::OutboxState;

const DURATION: &str = "http_server_request_duration_seconds";
const MESSAGES: &str = "registration_outbox_messages";
const LATENESS: &str = "registration_outbox_oldest_due_seconds";
const BUCKETS: [f64; 14] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// Counts from now on; the handle renders what was counted.
pub(crate) fn start() -> Result<PrometheusHandle, BuildError> {
    let builder =
        PrometheusBuilder::new().set_buckets_for_metric(Matcher::Full(DURATION.into()), &BUCKETS)?;
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    // A second start in one process, as in tests, counts for itself.
    drop(metrics::set_global_recorder(recorder));
    metrics::describe_histogram!(DURATION, metrics::Unit::Seconds, "From a request's head to its answer's");
    metrics::describe_counter!("registration_worker_failures_total", "Turns of a worker that failed");
    metrics::describe_gauge!(MESSAGES, "Mails that wait to be sent, and those that were given up");
    let lateness = "How long the mail has waited that is due longest and that nobody holds";
    metrics::describe_gauge!(LATENESS, metrics::Unit::Seconds, lateness);
    Ok(handle)
}

/// One request: its route is a pattern, so that there are only so many.
pub(crate) fn observe(request: Observed<'_>) {
    let labels = [
        ("http_request_method", request.method.to_owned()),
        ("http_route", request.route.to_owned()),
        ("http_response_status_code", request.status.to_string()),
    ];
    metrics::histogram!(DURATION, &labels).record(request.duration.as_secs_f64());
}

/// A turn of a worker that failed.
pub(crate) fn worker_failed(worker: &'static str) {
    metrics::counter!("registration_worker_failures_total", "worker" => worker).increment(1);
}

/// How the mail stands.
#[expect(clippy::cast_precision_loss, reason = "nobody counts so many mails, nor waits so long for one")]
pub(crate) fn outbox(state: &OutboxState, now: Timestamp) {
    metrics::gauge!(MESSAGES, "state" => "queued").set(state.queued as f64);
    metrics::gauge!(MESSAGES, "state" => "dead").set(state.dead as f64);
    metrics::gauge!(LATENESS).set(overdue(state, now).as_secs_f64());
}

/// How late the workers are: nothing while they keep up.
pub(crate) fn overdue(state: &OutboxState, now: Timestamp) -> Duration {
    let micros = state.due_since.map_or(0, |since| now.micros().saturating_sub(since.micros()));
    Duration::from_micros(u64::try_from(micros).unwrap_or_default())
}
