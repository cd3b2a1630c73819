//! The composition root: which adapter stands behind which port is said here, and nowhere else.
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use anyhow::Result;
use registration_crypto_rustcrypto::{
    Argon2Hasher, HashingSettings, Keyring, RustCryptoSealer, ShiftedClock, SystemClock, UuidV7Ids,
};
use registration_dns_hickory::HickoryProof;
use registration_domain::{
    platform::{Platform, Ports},
    port::{Clock, LinkSealer, Mailer},
    settings::PublicUrl,
};
use registration_mail_lettre::MailSettings;
use registration_store_seaorm::SeaOrmStore;

use crate::{
    config::Config,
    wake::{Wakes, WakingLedger},
};

/// A platform, and what its workers and routes need of what it stands on.
#[derive(Clone)]
pub(crate) struct Composition {
    pub(crate) platform: Arc<Platform>,
    pub(crate) store: Arc<SeaOrmStore>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) links: Arc<dyn LinkSealer>,
    pub(crate) offset: DevOffset,
    pub(crate) wakes: Wakes,
}

/// By how much the clock of this process is put forward.
#[derive(Debug, Clone, Default)]
pub(crate) struct DevOffset(Arc<AtomicI64>);

impl Composition {
    pub(crate) fn new(
        config: &Config,
        public_url: PublicUrl,
        store: Arc<SeaOrmStore>,
        keyring: &Keyring,
        mailer: Arc<dyn Mailer>,
    ) -> Result<Self> {
        let (offset, wakes) = (DevOffset::default(), Wakes::default());
        let clock: Arc<dyn Clock> = if config.dev_clock {
            Arc::new(ShiftedClock::new(SystemClock, Arc::clone(&offset.0)))
        } else {
            Arc::new(SystemClock)
        };
        let sealer = Arc::new(RustCryptoSealer::new(keyring));
        let ports = Ports {
            ledger: Arc::new(WakingLedger::new(Arc::clone(&store), wakes.clone())),
            reads: store.clone(),
            outbox: store.clone(),
            mailer,
            links: sealer.clone(),
            codes: sealer.clone(),
            cursors: sealer.clone(),
            fingerprints: sealer.clone(),
            passwords: Arc::new(Argon2Hasher::new(HashingSettings::at(config.hashing))?),
            domain_proof: Arc::new(match config.dns_server {
                Some(server) => HickoryProof::asking(server),
                None => HickoryProof::asking_as_the_system_does(),
            }),
            clock: Arc::clone(&clock),
            ids: Arc::new(UuidV7Ids),
        };
        let platform = Arc::new(Platform::new(ports, config.settings(public_url)));
        Ok(Self { platform, store, clock, links: sealer, offset, wakes })
    }
}

/// What mail is sent by.
pub(crate) fn mail_settings(config: &Config, public_url: PublicUrl) -> MailSettings {
    let mut settings = MailSettings::new(config.mail.url.expose(), public_url);
    if let Some(from) = &config.mail.from {
        settings.from.clone_from(from);
    }
    settings.product.clone_from(&config.product);
    settings.catalogue = config.catalogue.clone();
    settings.extra_ca.clone_from(&config.mail.ca_file);
    settings.allow_plain = config.mail.allow_plain;
    settings.mailbox_directory = config.mailbox_directory();
    settings
}

impl DevOffset {
    /// Tells whether that moved the clock.
    pub(crate) fn set_seconds(&self, seconds: u64) -> bool {
        let micros = i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000_000);
        self.0.swap(micros, Ordering::AcqRel) != micros
    }
}

impl fmt::Debug for Composition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Composition").field("platform", &self.platform).finish_non_exhaustive()
    }
}
