//! What whoever runs the server may do for accounts: let in again, sign out, make an administrator.
use anyhow::{Context, Result};
use registration_domain::{email::Email, session::Origin};

use super::admin::{CONSOLE, composed};
use crate::{config::Config, say::say};

/// Their failed sign-ins are counted from nothing again.
pub(super) async fn unlock(config: &Config, address: &str) -> Result<()> {
    let (email, composition) = (parsed(address)?, composed(config).await?);
    let account = composition.platform.unlock_account(&email, &console()).await?;
    say(format_args!("unlocked {}", account.parts().email));
    Ok(composition.store.close().await?)
}

/// Of one account, or of everybody.
pub(super) async fn revoke_sessions(config: &Config, address: Option<&str>) -> Result<()> {
    let email = address.map(parsed).transpose()?;
    let composition = composed(config).await?;
    if let Some(email) = email {
        let account = composition.platform.end_all_sessions(&email, &console()).await?;
        say(format_args!("signed out {}", account.parts().email));
    } else {
        let count = composition.platform.end_everybodys_sessions(&console()).await?;
        say(format_args!("signed out {count} accounts"));
    }
    Ok(composition.store.close().await?)
}

/// So that the platform keeps one when another goes.
pub(super) async fn make_administrator(config: &Config, address: &str) -> Result<()> {
    let (email, composition) = (parsed(address)?, composed(config).await?);
    let account = composition.platform.make_administrator(&email, &console()).await?;
    say(format_args!("administrator {}", account.parts().email));
    Ok(composition.store.close().await?)
}

fn parsed(address: &str) -> Result<Email> {
    Email::parse(address).with_context(|| format!("{address:?} is no e-mail address"))
}

/// What the audit log names as the place that this came from.
fn console() -> Origin {
    Origin(Some(CONSOLE.to_owned()))
}
