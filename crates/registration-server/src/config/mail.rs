//! How mail leaves; the URL's scheme tells, and what it may say of passwords stays unseen.
use std::path::PathBuf;

use registration_domain::secret::Secret;

use super::read::Reader;

/// How mail leaves, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// As it was written.
    pub url: Secret,
    /// What its scheme says.
    pub route: MailRoute,
    /// The sender; nothing where it follows from the public address.
    pub from: Option<String>,
    /// More certificates to trust.
    pub ca_file: Option<PathBuf>,
    /// Whether passwords and links may go over a network in the clear.
    pub allow_plain: bool,
}

/// The ways on which a mail can leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailRoute {
    /// It stays, and is shown to whoever is on this machine.
    Mailbox,
    /// To a server.
    Smtp,
    /// Into a directory.
    File,
}

impl Mail {
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let url = reader.text("mail_url");
        let route = reader.parsed("mail_url", MailRoute::of);
        let from = reader.text("mail.from").map(str::to_owned);
        let ca_file = reader.text("mail.ca_file").map(PathBuf::from);
        let allow_plain = reader.switch("mail.allow_plain");
        Some(Self { url: Secret::new(url?), route: route?, from, ca_file, allow_plain: allow_plain? })
    }
}

impl MailRoute {
    fn of(url: &str) -> Result<Self, &'static str> {
        let known = [
            ("mailbox:", Self::Mailbox),
            ("smtp://", Self::Smtp),
            ("smtps://", Self::Smtp),
            ("smtp+plain://", Self::Smtp),
            ("file:", Self::File),
        ];
        let found = known.into_iter().find(|(scheme, _)| url.starts_with(scheme));
        found.map(|(_, route)| route).ok_or(
            "is no way for mail; write mailbox:, smtp://user:password@host:port, smtps://…, smtp+plain://… \
             or file:DIRECTORY",
        )
    }
}
