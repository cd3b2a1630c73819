//! Flags over the environment over a file over defaults; what cannot be used is said all at once.
mod catalogue;
mod database;
mod duration;
mod fault;
mod given;
mod mail;
mod mask;
mod origin;
mod part;
mod read;
mod rules;
mod setting;
mod show;

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use registration_crypto_rustcrypto::HashingCost;
use registration_domain::{
    catalogue::Catalogue,
    contact::Contact,
    free_mail::FreeMail,
    password::PasswordPolicy,
    settings::{Lifetimes, Limits, PublicUrl, Settings},
};
use registration_edge_poem::client_address::{ForwardedBy, Network};

pub use database::{Database, NotADatabase};
pub use fault::{Fault, Faults};
pub use given::Sources;
pub use mail::{Mail, MailRoute};
pub use origin::Origin;
pub use part::{Log, LogFormat};
pub use setting::{Kind, SETTINGS, Setting, settings_table};
pub use show::Shown;

use part::{address, forwarded_by, free_mail, hashing, key_file, lifetimes, limits, password};
use read::Reader;
use rules::Together;

/// Everything that the server is told, parsed and within the rules.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where people reach it; nothing where that is the address really listened on.
    pub public_url: Option<PublicUrl>,
    /// Where the data lies.
    pub database: Database,
    /// How mail leaves.
    pub mail: Mail,
    /// Where the keyring lies.
    pub key_file: PathBuf,
    /// Whether time can be moved.
    pub dev_clock: bool,
    /// Which resolver is asked; nothing where it is the system's.
    pub dns_server: Option<SocketAddr>,
    /// Where metrics have a listener of their own.
    pub metrics_listen: Option<SocketAddr>,
    /// What is logged, and how.
    pub log: Log,
    /// What the platform is called.
    pub product: String,
    /// Whether every account may found an organization.
    pub founding_is_open: bool,
    /// Whom people may ask where an organization names nobody.
    pub support: Option<Contact>,
    /// Whether people may sign up by themselves.
    pub sign_up_is_open: bool,
    /// How long things hold.
    pub lifetimes: Lifetimes,
    /// How often things may be tried.
    pub limits: Limits,
    /// Where everybody can have an address.
    pub free_mail: FreeMail,
    /// Calls without a session, a minute and client address.
    pub public_calls_a_minute: NonZeroU32,
    /// Whether calls from this machine count, too.
    pub count_loopback: bool,
    /// Which passwords are taken.
    pub password: PasswordPolicy,
    /// What hashing a password costs.
    pub hashing: HashingCost,
    /// Whose word on a client's address is taken.
    pub trusted_proxies: Vec<Network>,
    /// The header that those proxies write.
    pub forwarded_by: ForwardedBy,
    /// The permissions and roles.
    pub catalogue: Catalogue,
}

impl Config {
    /// Reads everything, and judges it.
    ///
    /// # Errors
    /// [`Faults`]: all that is wrong.
    pub fn load(sources: &Sources<'_>) -> Result<(Self, Shown), Faults> {
        let mut faults = Vec::new();
        let given = given::gather(sources, &mut faults);
        let mut reader = Reader::new(&given, faults);
        let config = Self::read(&mut reader);
        match config {
            Some(config) if reader.faults.is_empty() => Ok((config, Shown::of(&given))),
            Some(_) | None => Err(Faults(reader.faults)),
        }
    }

    /// Where the development mailbox lies: beside the data, which two processes share as they share it.
    pub fn mailbox_directory(&self) -> PathBuf {
        match &self.database {
            Database::Sqlite(path) => path.with_extension("mailbox"),
            Database::Postgres(_) => self.key_file.with_extension("mailbox"),
        }
    }

    /// The rules of the platform, once it is known where people reach it.
    pub fn settings(&self, public_url: PublicUrl) -> Settings {
        Settings {
            product: self.product.clone(),
            public_url,
            catalogue: self.catalogue.clone(),
            password: self.password,
            lifetimes: self.lifetimes.clone(),
            limits: self.limits.clone(),
            founding_is_open: self.founding_is_open,
            free_mail: self.free_mail.clone(),
            support: self.support.clone(),
            sign_up_is_open: self.sign_up_is_open,
        }
    }

    /// Every part is read before the first that is missing ends it, so that no fault hides another.
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let listen = reader.parsed("listen", address);
        let public_url = reader.parsed("public_url", PublicUrl::parse);
        let database = reader.parsed("database_url", Database::parse);
        let mail = Mail::read(reader);
        let key_file = key_file(reader, database.as_ref());
        let dev_clock = reader.switch("dev_clock");
        let dns_server = reader.parsed("dns_server", address);
        let metrics_listen = reader.parsed("metrics_listen", address);
        let log = Log::read(reader);
        let product = reader.text("product").map(str::to_owned);
        let founding_is_open = reader.switch("founding_is_open");
        let support = reader.parsed("support", Contact::parse).flatten();
        let sign_up_is_open = reader.switch("sign_up_is_open");
        let lifetimes = lifetimes(reader);
        let limits = limits(reader);
        let free_mail = free_mail(reader);
        let public_calls_a_minute = reader.number::<u32>("limits.public_calls_a_minute", 1);
        let count_loopback = reader.switch("limits.count_loopback");
        let password = password(reader);
        let hashing = hashing(reader);
        let trusted_proxies = reader.list("edge.trusted_proxies", str::parse::<Network>);
        let forwarded_by = reader.parsed("edge.forwarded_by", forwarded_by);
        let catalogue = catalogue::read(reader);
        let together = Together {
            listen,
            public_url: public_url.as_ref(),
            mail: mail.as_ref(),
            hashing,
            dev_clock,
            lifetimes: lifetimes.as_ref(),
        };
        rules::judge(&together, reader);
        Some(Self {
            listen: listen?,
            public_url,
            database: database?,
            mail: mail?,
            key_file: key_file?,
            dev_clock: dev_clock?,
            dns_server,
            metrics_listen,
            log: log?,
            product: product?,
            founding_is_open: founding_is_open?,
            support,
            sign_up_is_open: sign_up_is_open?,
            lifetimes: lifetimes?,
            limits: limits?,
            free_mail,
            public_calls_a_minute: NonZeroU32::new(public_calls_a_minute?)?,
            count_loopback: count_loopback?,
            password: password?,
            hashing: hashing?,
            trusted_proxies,
            forwarded_by: forwarded_by?,
            catalogue: catalogue?,
        })
    }
}

#[cfg(test)]
mod tests;
