//! What the server answers besides the API: pages, probes, metrics, and what is for development only.
mod dev_clock;
mod kept_mail;
mod mailbox;
mod metrics;
mod probe;
mod sent_mail;

use std::sync::Arc;

use poem::{EndpointExt, IntoEndpoint, Route, get, handler, http::StatusCode, post};
use registration_crypto_rustcrypto::UuidV7Ids;
use registration_edge_poem::ProblemBody;
use registration_mail_lettre::{LettreMailer, Mailbox};
use registration_web_poem::{DevelopmentMailbox, WebSettings, pages};

pub(crate) use metrics::Metrics;

use crate::composition::Composition;
use sent_mail::SentMail;

/// What is mounted beside the API.
pub(crate) struct Mounted {
    /// What everything stands on.
    pub(crate) composition: Composition,
    /// What was counted; nothing where it has a listener of its own.
    pub(crate) metrics: Option<Metrics>,
    /// By what mail leaves, or is kept with `mailbox:`.
    pub(crate) mailer: Arc<LettreMailer>,
    /// Whether time can be moved.
    pub(crate) dev_clock: bool,
}

/// Adds them to the API's own.
pub(crate) fn mount(api: Route, mounted: Mounted) -> impl IntoEndpoint<Endpoint: 'static> {
    let Mounted { composition, metrics, mailer, dev_clock } = mounted;
    let kept = mailer.mailbox().map(|it| kept_mails(&composition, it, &mailer));
    let settings = WebSettings {
        clock: composition.clock.clone(),
        ids: Arc::new(UuidV7Ids),
        mailbox: kept,
        mail: Some(Arc::new(SentMail { mailer: mailer.clone(), composition: composition.clone() })),
    };
    let mut route = api.at("/livez", get(probe::livez)).at("/readyz", get(probe::readyz));
    if let Some(metrics) = metrics {
        route = route.at("/metrics", get(metrics::for_loopback.data(metrics)));
    }
    // What is for development only is told as missing where it is not asked for: programs look for it.
    route = match mailer.mailbox() {
        Some(mailbox) => mailbox::mount(route, mailbox.clone()),
        None => route.at("/dev/mailbox/*rest", nothing),
    };
    route = if dev_clock {
        route.at("/dev/clock", post(dev_clock::advance))
    } else {
        route.at("/dev/clock", nothing)
    };
    route.nest_no_strip("/", pages(composition.platform.clone(), settings)).data(composition)
}

#[handler]
fn nothing() -> ProblemBody {
    ProblemBody::of_status(StatusCode::NOT_FOUND)
}

fn kept_mails(
    composition: &Composition,
    mailbox: &Mailbox,
    mailer: &Arc<LettreMailer>,
) -> Arc<dyn DevelopmentMailbox> {
    Arc::new(kept_mail::KeptMails {
        mailbox: mailbox.clone(),
        mailer: mailer.clone(),
        clock: composition.clock.clone(),
        public_url: composition.platform.settings().public_url.clone(),
    })
}

/// The application of the listener that has nothing but metrics.
pub(crate) fn metrics_only(metrics: Metrics) -> impl IntoEndpoint<Endpoint: 'static> {
    Route::new().at("/metrics", get(metrics::for_all.data(metrics)))
}
