//! Letters go out by SMTP, into files, or into the development mailbox; a letter is the same bytes every time.
//!
//! [`LettreMailer`] implements the port `Mailer`. It renders each kind of letter from the three templates in
//! `templates/KIND/`, and hands the result to what the mail URL names:
//!
//! | URL | where mail goes |
//! | --- | --- |
//! | `smtp://user:password@host:port` | a server, with STARTTLS or not at all |
//! | `smtps://user:password@host:port` | a server, with TLS from the first byte |
//! | `smtp+plain://host:port` | a server on this machine, or elsewhere by explicit setting |
//! | `file:DIRECTORY` | one `.eml` file a mail |
//! | `mailbox:`, `mailbox:DIRECTORY` | the development mailbox, which [`Mailbox`] reads |
//!
//! Message-ID, Date, MIME boundary and every word are fixed by the message and its link, so that a second try
//! after an answer that got lost is byte for byte the same mail, and a recipient can tell.
//!
//! ```
//! use registration_domain::{
//!     email::Email, id::Id, port::Mailer, secret::Secret, settings::PublicUrl, time::Timestamp,
//! };
//! use registration_mail_lettre::{LettreMailer, MailSettings, samples};
//! # use registration_testkit::stub::CountingIds;
//!
//! # let directory = tempfile::tempdir()?;
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! # let ids = CountingIds::default();
//! let mut settings = MailSettings::new("mailbox:", PublicUrl::parse("https://join.example.org")?);
//! # settings.mailbox_directory = directory.path().to_owned();
//! let mailer = LettreMailer::connect(&settings)?;
//! let to = Email::parse("chidi@acme.example")?;
//! let link = Secret::new("https://join.example.org/i/TOKEN");
//! let mails = samples(&to, Timestamp::from_micros(1_795_000_000_000_000), &link, &ids);
//! for mail in &mails {
//!     mailer.send(mail).await?;
//! }
//! let mailbox = mailer.mailbox().ok_or("not a mailbox")?;
//! assert_eq!(mailbox.list(Some("chidi@acme.example")).await?.len(), mails.len());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod destination;
mod file;
mod letter;
mod mailbox;
mod mailer;
mod mime;
mod sample;
mod settings;
mod smtp;

pub use mailbox::{Mailbox, MailboxMessage};
pub use mailer::{LettreMailer, MailRoute};
pub use sample::samples;
pub use settings::{MailSettings, UnusableMail};
