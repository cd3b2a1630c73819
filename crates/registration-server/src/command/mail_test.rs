//! One mail of every kind, with sample data, to see that they arrive and how they look.
use anyhow::{Context, Result, ensure};
use registration_crypto_rustcrypto::{SystemClock, UuidV7Ids};
use registration_domain::{
    email::Email,
    port::{Clock, Mailer},
    secret::Secret,
};
use registration_mail_lettre::{LettreMailer, samples};

use super::admin::public_url;
use crate::{composition::mail_settings, config::Config, say::say};

pub(super) async fn command(config: &Config, to: &str) -> Result<()> {
    let to = Email::parse(to).context("--to takes an e-mail address")?;
    let url = public_url(config)?;
    let mailer = LettreMailer::connect(&mail_settings(config, url.clone()))?;
    let mut failed = 0_usize;
    // A sample leads nowhere, so that no link in it can be mistaken for a real one.
    let nowhere = Secret::new(url.to("/"));
    for mail in samples(&to, SystemClock.now(), &nowhere, &UuidV7Ids) {
        let sent = mailer.send(&mail).await;
        failed += usize::from(sent.is_err());
        match sent {
            Ok(reply) => say(format_args!("sent: {reply}")),
            Err(error) => say(format_args!("not sent: {error}")),
        }
    }
    ensure!(failed == 0, "{failed} mails were not sent");
    Ok(())
}
