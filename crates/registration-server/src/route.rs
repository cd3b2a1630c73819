//! What the server answers besides the API: probes, metrics, first words, and what is for development only.
mod dev_clock;
mod mailbox;
mod metrics;
mod probe;

use poem::{EndpointExt, IntoEndpoint, Route, get, handler, post};

use registration_mail_lettre::Mailbox;

pub(crate) use metrics::Metrics;

use crate::composition::Composition;

/// What is mounted beside the API.
pub(crate) struct Mounted {
    /// What everything stands on.
    pub(crate) composition: Composition,
    /// What was counted; nothing where it has a listener of its own.
    pub(crate) metrics: Option<Metrics>,
    /// The mails that stay here, with `mailbox:`.
    pub(crate) mailbox: Option<Mailbox>,
    /// Whether time can be moved.
    pub(crate) dev_clock: bool,
}

/// Adds them to the API's own.
pub(crate) fn mount(api: Route, mounted: Mounted) -> impl IntoEndpoint<Endpoint: 'static> {
    let Mounted { composition, metrics, mailbox, dev_clock } = mounted;
    let mut route = api.at("/", get(home)).at("/livez", get(probe::livez)).at("/readyz", get(probe::readyz));
    if let Some(metrics) = metrics {
        route = route.at("/metrics", get(metrics::for_loopback.data(metrics)));
    }
    if let Some(mailbox) = mailbox {
        route = mailbox::mount(route, mailbox);
    }
    if dev_clock {
        route = route.at("/dev/clock", post(dev_clock::advance));
    }
    route.data(composition)
}

/// Until there are pages.
#[handler]
fn home() -> &'static str {
    "Registration is running. Its API is described at /docs and in /openapi.json.\n"
}

/// The application of the listener that has nothing but metrics.
pub(crate) fn metrics_only(metrics: Metrics) -> impl IntoEndpoint<Endpoint: 'static> {
    Route::new().at("/metrics", get(metrics::for_all.data(metrics)))
}
