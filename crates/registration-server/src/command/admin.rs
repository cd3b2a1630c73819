//! What whoever runs the server may do from its command line.
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use registration_domain::{
    email::Email,
    id::Id,
    platform::VerbError,
    session::Origin,
    settings::PublicUrl,
    use_case::invite_owner::{InviteOwner, InviteOwnerRefusal},
};
use registration_mail_lettre::LettreMailer;

use crate::{
    composition::{Composition, mail_settings},
    config::Config,
    open,
    say::{say, tell},
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

/// What the audit log names as the place that this came from.
pub(super) const CONSOLE: &str = "the operator's console";

/// For when nobody reaches an organization's Owners. Whoever accepts chooses their own password.
pub(super) async fn create_owner(config: &Config, organization: uuid::Uuid, email: &str) -> Result<()> {
    let email = Email::parse(email).context("--email takes an e-mail address")?;
    let composition = composed(config).await?;
    let origin = Origin(Some(CONSOLE.to_owned()));
    let command = InviteOwner { organization: Id::new(organization), email, origin };
    match composition.platform.invite_owner(command).await {
        Ok((invited, link)) => {
            say(format_args!("invitation {}", link.expose()));
            let name = &invited.inviter.name;
            tell(format_args!("It stands in the name of {name}; the server mails it, too."));
        }
        Err(VerbError::Refused(refused @ InviteOwnerRefusal::NotSetUp)) => {
            bail!("{refused}; `registration admin setup-link` prints the link that makes its first Owner")
        }
        Err(other) => return Err(other.into()),
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
