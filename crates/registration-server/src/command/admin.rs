//! What whoever runs the server may do from its command line.
use std::sync::Arc;

use anyhow::{Result, bail};
use registration_domain::settings::PublicUrl;
use registration_mail_lettre::LettreMailer;

use crate::{
    composition::{Composition, mail_settings},
    config::Config,
    open,
    say::say,
};

/// Another link beside those that `serve` printed; all of them open once at most.
pub(super) async fn setup_link(config: &Config) -> Result<()> {
    let composition = composed(config).await?;
    match composition.platform.issue_setup_link().await? {
        Some(link) => say(format_args!("setup {}", link.expose())),
        None => bail!("this platform has an owner; setup links are for those that have none"),
    }
    Ok(composition.store.close().await?)
}

/// The platform of a command beside a server: it sends nothing, which is left to the server's workers.
pub(super) async fn composed(config: &Config) -> Result<Composition> {
    let store = open::migrated(config).await?;
    let keyring = open::keyring(config, &store).await?;
    let public_url = public_url(config)?;
    let mailer = LettreMailer::connect(&mail_settings(config, public_url.clone()))?;
    Composition::new(config, public_url, store, &keyring, Arc::new(mailer))
}

/// A command listens nowhere: without a public address it is the one that a server would listen on.
pub(super) fn public_url(config: &Config) -> Result<PublicUrl> {
    match &config.public_url {
        Some(url) => Ok(url.clone()),
        None => Ok(PublicUrl::parse(&format!("http://{}", config.listen))?),
    }
}
