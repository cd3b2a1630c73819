//! Where mail goes and whom it is from, as the operator says.
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use registration_domain::{catalogue::Catalogue, settings::PublicUrl};

/// What a mailer is made from.
#[derive(Clone)]
pub struct MailSettings {
    /// `smtp://user:password@host:port` (STARTTLS required), `smtps://…`, `smtp+plain://…`, `file:DIRECTORY`,
    /// `mailbox:` or `mailbox:DIRECTORY`. What a URL cannot hold is percent-encoded.
    pub url: String,
    /// Whom mail is from: an address, or `Name <address>`.
    pub from: String,
    /// What the platform calls itself; mail is from this name, unless `from` has one.
    pub product: String,
    /// Where the platform is: its host stands in every Message-ID.
    pub public_url: PublicUrl,
    /// What permissions and roles are called.
    pub catalogue: Catalogue,
    /// A file with the certificates, PEM, of more CAs to trust than the system does.
    pub extra_ca: Option<PathBuf>,
    /// Whether `smtp+plain:` may leave this machine.
    pub allow_plain: bool,
    /// Where the development mailbox lies if the URL does not say.
    pub mailbox_directory: PathBuf,
    /// How long a server may take to let us in: connection, TLS and login together.
    pub connect_timeout: Duration,
    /// How long it may take over one mail.
    pub send_timeout: Duration,
}

impl MailSettings {
    /// Mail by this URL, from `no-reply` at the host of the platform, and otherwise as is usual.
    pub fn new(url: impl Into<String>, public_url: PublicUrl) -> Self {
        Self {
            url: url.into(),
            from: default_sender(&public_url),
            product: "Registration".into(),
            public_url,
            catalogue: Catalogue::built_in(),
            extra_ca: None,
            allow_plain: false,
            mailbox_directory: Path::new("data").join("mailbox"),
            connect_timeout: Duration::from_secs(10),
            send_timeout: Duration::from_secs(30),
        }
    }
}

/// Addresses of machines and names without a dot are no domains of mail.
fn default_sender(public_url: &PublicUrl) -> String {
    let host = public_url.host();
    let is_domain = host.contains('.') && host.parse::<std::net::IpAddr>().is_err();
    format!("no-reply@{}", if is_domain { host } else { "registration.invalid" })
}

/// Without the URL, which may hold a password.
impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailSettings")
            .field("from", &self.from)
            .field("product", &self.product)
            .finish_non_exhaustive()
    }
}

/// Why no mail can be sent like this. None of them shows a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UnusableMail {
    /// The URL is none that this crate knows.
    #[error("the mail URL cannot be used: {0}")]
    Url(&'static str),
    /// Passwords and links would go over the network for everybody to read.
    #[error(
        "smtp+plain: sends everything in the clear, so it is for this machine only, and {host} is another; \
         use smtp: or smtps:, or allow it explicitly"
    )]
    PlainBeyondLoopback {
        /// Where it leads.
        host: String,
    },
    /// What mail is to be from is no address.
    #[error("mail cannot be from {0:?}: it takes an address, or `Name <address>`")]
    From(String),
    /// The file of certificates cannot be used.
    #[error("the certificates in {} cannot be used", path.display())]
    Certificates {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// TLS cannot be set up.
    #[error("TLS cannot be set up for mail")]
    Tls(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The directory that mail is kept in cannot be made or written.
    #[error("mail cannot be kept in {}", path.display())]
    Directory {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}
