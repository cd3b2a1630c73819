//! Numbered checks; each that fails says what mends it.
use std::process::ExitCode;

use anyhow::Result;
use registration_crypto_rustcrypto::Keyring;
use registration_mail_lettre::LettreMailer;
use registration_store_seaorm::{SchemaState, SeaOrmStore};
use serde_json::json;

use super::{FAILED, admin::public_url, migrate::words};
use crate::{composition::mail_settings, config::Config, config::MailRoute, open, say::say};

/// One look at what a server needs.
struct Check {
    what: &'static str,
    /// What is so, or what is wrong and how to mend it.
    found: Result<String, String>,
}

/// Changes nothing, but for an empty file where SQLite has none.
pub(super) async fn command(config: &Config, json: bool) -> Result<ExitCode> {
    let mut checks = vec![Check { what: "configuration", found: Ok("can be used".to_owned()) }];
    match open::store(config).await {
        Ok(store) => {
            checks.push(Check { what: "database", found: Ok(format!("{} answers", config.database)) });
            checks.push(Check { what: "schema", found: schema(&store).await });
            checks.push(Check { what: "keyring", found: keyring(config, &store).await });
            store.close().await?;
        }
        Err(error) => checks.push(Check { what: "database", found: Err(format!("{error:#}")) }),
    }
    checks.push(Check { what: "mail", found: mail(config) });
    checks.push(Check { what: "public address", found: reached(config) });
    let fine = checks.iter().all(|it| it.found.is_ok());
    if json {
        say(checks.iter().map(Check::json).collect::<serde_json::Value>());
    } else {
        checks.iter().enumerate().for_each(|(index, it)| say(format_args!("{}. {}", index + 1, it.line())));
    }
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

impl Check {
    fn line(&self) -> String {
        match &self.found {
            Ok(found) => format!("ok    {}: {found}", self.what),
            Err(wrong) => format!("wrong {}: {wrong}", self.what),
        }
    }
    fn json(&self) -> serde_json::Value {
        let (Ok(words) | Err(words)) = &self.found;
        json!({ "check": self.what, "ok": self.found.is_ok(), "words": words })
    }
}

async fn schema(store: &SeaOrmStore) -> Result<String, String> {
    match store.schema_state().await {
        Ok(SchemaState::UpToDate) => Ok(words(SchemaState::UpToDate)),
        // `serve` takes the steps by itself.
        Ok(state @ SchemaState::Behind(_)) => Ok(format!("{}, or start the server", words(state))),
        Ok(SchemaState::Newer) => Err(words(SchemaState::Newer)),
        Err(error) => Err(format!("{:#}", anyhow::Error::new(error))),
    }
}

async fn keyring(config: &Config, store: &SeaOrmStore) -> Result<String, String> {
    // A database without tables knows of no keyring.
    let known = store.keyring_fingerprint().await.unwrap_or_default();
    let path = config.key_file.display();
    match (Keyring::open(&config.key_file), known) {
        (Ok(ours), Some(known)) if ours.fingerprint() != known => Err(format!(
            "{path} is not the one that this database is used with; put the right file there, or name it with --key-file"
        )),
        (Ok(_), Some(_)) => Ok(format!("{path} belongs to this database")),
        (Ok(_), None) => Ok(format!("{path} can be read; this database knows no keyring yet")),
        (Err(error), Some(_)) => {
            Err(format!("{:#}; put it back from where it is kept", anyhow::Error::new(error)))
        }
        (Err(_), None) if !config.key_file.exists() => Ok(format!("{path} is made when the server starts")),
        (Err(error), None) => Err(format!("{:#}", anyhow::Error::new(error))),
    }
}

fn mail(config: &Config) -> Result<String, String> {
    let url = public_url(config).map_err(|error| format!("{error:#}"))?;
    LettreMailer::connect(&mail_settings(config, url))
        .map_err(|error| format!("{:#}", anyhow::Error::new(error)))?;
    Ok(match config.mail.route {
        MailRoute::Mailbox => "stays in the development mailbox",
        MailRoute::File => "goes into files",
        MailRoute::Smtp => "goes to a server; try `registration mail test --to ADDRESS`",
    }
    .to_owned())
}

fn reached(config: &Config) -> Result<String, String> {
    let url = public_url(config).map_err(|error| format!("{error:#}"))?;
    Ok(if url.is_https() {
        format!("{} has TLS", url.as_str())
    } else {
        format!("{} is this machine only", url.as_str())
    })
}
