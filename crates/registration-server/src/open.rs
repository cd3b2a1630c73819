//! A database is opened as what it is: never with a later schema, and never with another keyring than its own.
use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, path::Path, sync::Arc};

use anyhow::{Context, Result, bail};
use registration_crypto_rustcrypto::Keyring;
use registration_store_seaorm::{SchemaState, SeaOrmStore, StoreSettings};

use crate::config::Config;

/// Opens the database, and makes the folder of a file that is not there yet.
pub(crate) async fn store(config: &Config) -> Result<SeaOrmStore> {
    if let Some(folder) = config.database.folder() {
        private_folder(folder)?;
    }
    let settings = StoreSettings::of(config.database.url().expose());
    SeaOrmStore::open(&settings).await.with_context(|| format!("cannot open {}", config.database))
}

/// The same, brought to this version's schema. Several processes may do so at a time.
pub(crate) async fn migrated(config: &Config) -> Result<Arc<SeaOrmStore>> {
    let store = store(config).await?;
    refuse_newer(&store, config).await?;
    store
        .migrate()
        .await
        .with_context(|| format!("cannot bring {} to this version's schema", config.database))?;
    Ok(Arc::new(store))
}

/// A later version may have given columns another meaning.
pub(crate) async fn refuse_newer(store: &SeaOrmStore, config: &Config) -> Result<()> {
    match store.schema_state().await? {
        SchemaState::Newer => bail!(
            "{} was migrated by a later version of this program; run that version, or one that is newer still",
            config.database
        ),
        SchemaState::UpToDate | SchemaState::Behind(_) => Ok(()),
    }
}

/// The keyring that this database is used with: made at its first use, and the same ever after.
pub(crate) async fn keyring(config: &Config, store: &SeaOrmStore) -> Result<Keyring> {
    let path = config.key_file.as_path();
    let keyring = if store.keyring_fingerprint().await?.is_some() {
        Keyring::open(path).with_context(|| {
            format!("{} is used with a keyring, which should be {}", config.database, path.display())
        })?
    } else {
        if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
            private_folder(folder)?;
        }
        Keyring::open_or_create(path)?
    };
    let ours = keyring.fingerprint();
    if store.set_keyring_fingerprint(&ours).await? != ours {
        bail!(
            "the keyring {} is not the one that {} is used with: links in mails and stored digests would stop \
             working. Put the right file there, or name it with --key-file",
            path.display(),
            config.database
        );
    }
    Ok(keyring)
}

/// For its owner only: what lies in it tells of people.
fn private_folder(folder: &Path) -> Result<()> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("cannot make the folder {}", folder.display()))
}
