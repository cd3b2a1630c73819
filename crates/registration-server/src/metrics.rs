//! What is counted, under the names of OpenTelemetry's conventions as Prometheus spells them.
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use registration_edge_poem::access_log::Observed;

const DURATION: &str = "http_server_request_duration_seconds";
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
