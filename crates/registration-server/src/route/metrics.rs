//! Metrics are for the operator: on a listener of their own, or for callers on this machine.
use metrics_exporter_prometheus::PrometheusHandle;
use poem::{IntoResponse, Response, handler, http::StatusCode, web::Data};
use registration_edge_poem::{ClientAddress, ProblemBody};

/// What was counted.
#[derive(Clone)]
pub(crate) struct Metrics(pub(crate) PrometheusHandle);

const PROMETHEUS_TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

#[handler]
pub(super) fn for_loopback(client: ClientAddress, Data(metrics): Data<&Metrics>) -> Response {
    if client.is_loopback() {
        render(metrics)
    } else {
        ProblemBody::of_status(StatusCode::NOT_FOUND).into_response()
    }
}

#[handler]
pub(super) fn for_all(Data(metrics): Data<&Metrics>) -> Response {
    render(metrics)
}

fn render(metrics: &Metrics) -> Response {
    Response::builder().content_type(PROMETHEUS_TEXT).body(metrics.0.render())
}
