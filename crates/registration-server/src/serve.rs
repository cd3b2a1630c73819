//! A server from its configuration to its end: open, migrate, wire, listen, say so, and stop gracefully.
use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result};
use registration_crypto_rustcrypto::UuidV7Ids;
use registration_domain::{port::Ids, settings::PublicUrl};
use registration_edge_poem::{
    EdgeSettings, ListenerLimits, bind, client_address::TrustedProxies, edge, flood::FloodSettings, serve,
};
use registration_http_poem::{Deployment, routes};
use registration_mail_lettre::LettreMailer;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{
    composition::{Composition, mail_settings},
    config::Config,
    metrics, open,
    route::{self, Metrics, Mounted},
    say::say,
    service_manager, stop,
    worker::{Workers, wiring},
};

/// How long requests and workers may go on after a stop.
const GRACE: Duration = Duration::from_secs(8);

/// Serves until SIGTERM or Ctrl-C.
pub(crate) async fn command(config: &Config) -> Result<()> {
    run(config, stop::on_signal()?).await
}

/// Serves until `stop` is cancelled.
pub(crate) async fn run(config: &Config, stop: CancellationToken) -> Result<()> {
    let counted = Metrics(metrics::start()?);
    let store = open::migrated(config).await?;
    let keyring = open::keyring(config, &store).await?;
    let (listener, public_url) = listen(config)?;
    let listening = listener.local_addr()?;
    let mailer = Arc::new(LettreMailer::connect(&mail_settings(config, public_url.clone()))?);
    let composition = Composition::new(config, public_url.clone(), store, &keyring, mailer.clone())?;
    if config.dev_clock {
        wiring::follow_clock(&composition).await?;
    }
    let mut workers = Workers::new(stop.clone());
    wiring::start(&mut workers, &composition, config, &counted);
    let lines = first_words(&composition, &public_url, listening, mailer.mailbox().is_some()).await?;
    let mounted = Mounted {
        composition: composition.clone(),
        metrics: config.metrics_listen.is_none().then(|| counted.clone()),
        mailer,
        dev_clock: config.dev_clock,
    };
    let deployment = Deployment::new(Arc::clone(&composition.platform), Arc::clone(&composition.clock));
    let application =
        edge(route::mount(routes(&deployment), mounted), edge_settings(config, &public_url, listening)?);
    let limits = || ListenerLimits { grace: GRACE, trusted_proxies: proxies(config), ..Default::default() };
    let own = metrics_listener(config, counted, limits(), stop.clone())?;
    let serving = tokio::spawn(serve(listener, application, limits(), stop.clone()));
    lines.iter().for_each(say);
    service_manager::tell("READY=1");
    stop.cancelled().await;
    service_manager::tell("STOPPING=1");
    // Side by side, for all of them have the same grace.
    let (served, ()) = tokio::join!(serving, workers.finish(GRACE));
    served??;
    if let Some(own) = own {
        own.await??;
    }
    composition.store.close().await.context("the database was not closed in order")?;
    tracing::info!("stopped");
    Ok(())
}

/// The listener, and where people reach it.
fn listen(config: &Config) -> Result<(TcpListener, PublicUrl)> {
    let listener = bind(config.listen).with_context(|| format!("cannot listen on {}", config.listen))?;
    let public_url = match &config.public_url {
        Some(url) => url.clone(),
        None => PublicUrl::parse(&format!("http://{}", listener.local_addr()?))?,
    };
    Ok((listener, public_url))
}

/// What is printed once requests are accepted. The setup link is the only secret among it.
async fn first_words(
    composition: &Composition,
    public_url: &PublicUrl,
    listening: std::net::SocketAddr,
    mailbox: bool,
) -> Result<Vec<String>> {
    let mut lines = vec![format!("listening http://{listening}")];
    let setup = composition.platform.issue_setup_link().await?;
    lines.extend(setup.map(|link| format!("setup {}", link.expose())));
    lines.extend(mailbox.then(|| format!("mailbox {}", public_url.to("/dev/mailbox"))));
    Ok(lines)
}

fn edge_settings(
    config: &Config,
    public_url: &PublicUrl,
    listening: std::net::SocketAddr,
) -> Result<EdgeSettings> {
    let new_request_id = Arc::new(|| UuidV7Ids.uuid().to_string());
    let mut settings = EdgeSettings::new(public_url.as_str().parse()?, listening, new_request_id);
    settings.open_paths.push("/metrics".to_owned());
    settings.trusted_proxies = proxies(config);
    settings.flood = Some(FloodSettings {
        per_minute: config.public_calls_a_minute,
        count_loopback: config.count_loopback,
        ..FloodSettings::default()
    });
    settings.observe = Arc::new(metrics::observe);
    Ok(settings)
}

fn proxies(config: &Config) -> TrustedProxies {
    TrustedProxies { networks: config.trusted_proxies.clone(), header: config.forwarded_by }
}

/// A listener that has nothing but metrics, where one is asked for.
fn metrics_listener(
    config: &Config,
    counted: Metrics,
    limits: ListenerLimits,
    stop: CancellationToken,
) -> Result<Option<tokio::task::JoinHandle<std::io::Result<()>>>> {
    let Some(address) = config.metrics_listen else { return Ok(None) };
    let listener = bind(address).with_context(|| format!("cannot listen on {address} for metrics"))?;
    tracing::info!(address = %listener.local_addr()?, "metrics have a listener of their own");
    Ok(Some(tokio::spawn(serve(listener, route::metrics_only(counted), limits, stop))))
}
