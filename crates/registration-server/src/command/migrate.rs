//! The schema is brought to this version by `serve` too; here it can be done, or looked at, beforehand.
use anyhow::{Result, bail};
use registration_store_seaorm::SchemaState;

use crate::{
    cli::{Migrate, MigrateStep},
    config::Config,
    open,
    say::say,
};

pub(super) async fn command(config: &Config, migrate: &Migrate) -> Result<()> {
    let store = open::store(config).await?;
    let state = store.schema_state().await?;
    match (migrate.step.unwrap_or(MigrateStep::Up), state) {
        (MigrateStep::Status, state) => say(words(state)),
        (MigrateStep::Up, SchemaState::Newer) => open::refuse_newer(&store, config).await?,
        (MigrateStep::Up, SchemaState::UpToDate) => say(words(state)),
        (MigrateStep::Up, SchemaState::Behind(steps)) if migrate.dry_run => {
            say(format_args!("would take {steps} steps; nothing was done"));
        }
        (MigrateStep::Up, SchemaState::Behind(_)) => {
            store.migrate().await?;
            match store.schema_state().await? {
                SchemaState::UpToDate => say(words(SchemaState::UpToDate)),
                state @ (SchemaState::Behind(_) | SchemaState::Newer) => bail!("the schema {}", words(state)),
            }
        }
    }
    Ok(store.close().await?)
}

pub(super) fn words(state: SchemaState) -> String {
    match state {
        SchemaState::UpToDate => "up to date".to_owned(),
        SchemaState::Behind(steps) => format!("{steps} steps behind; run `registration migrate up`"),
        SchemaState::Newer => "newer than this program; run a later version of it".to_owned(),
    }
}
