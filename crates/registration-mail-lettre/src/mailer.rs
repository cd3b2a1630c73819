//! Render, write, hand over: a mail is taken, refused for good, or to be tried again.
use std::{fmt, path::PathBuf};

use async_trait::async_trait;
use lettre::{message::Mailbox as Sender, transport::smtp::client::Certificate};
use registration_domain::port::{Mail, Mailer, MailerError};

use crate::{
    destination::Destination,
    file,
    letter::Letterhead,
    mailbox::{Mailbox, MailboxMessage},
    mime::{Envelopes, WrittenMail},
    settings::{MailSettings, UnusableMail},
    smtp::Smtp,
};

/// Renders letters and hands them to a mail server, a directory, or the development mailbox.
pub struct LettreMailer {
    route: MailRoute,
    letterhead: Letterhead,
    envelopes: Envelopes,
    way: Way,
}

/// Where mail goes, as somebody is told who looks after it: no password, and no directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// To a mail server.
    Server {
        /// Its name or address.
        host: String,
        /// Its port.
        port: u16,
        /// Whether the connection is protected by TLS.
        has_tls: bool,
    },
    /// Into files.
    Files,
    /// Into the development mailbox.
    Mailbox,
}

/// By which way mail leaves.
enum Way {
    Smtp(Box<Smtp>),
    Files(PathBuf),
    Mailbox(Mailbox),
}

impl LettreMailer {
    /// Makes ready; a server is asked only when there is mail for it.
    ///
    /// # Errors
    /// [`UnusableMail`], in words for whoever wrote the settings.
    pub fn connect(settings: &MailSettings) -> Result<Self, UnusableMail> {
        let destination = Destination::parse(&settings.url, settings.allow_plain)?;
        let route = destination.route();
        let way = match destination {
            Destination::Smtp(server) => {
                Way::Smtp(Box::new(Smtp::new(server, settings, &certificates(settings)?)?))
            }
            Destination::Files(directory) => {
                file::make_directory(&directory)
                    .map_err(|source| UnusableMail::Directory { path: directory.clone(), source })?;
                Way::Files(directory)
            }
            Destination::Mailbox(directory) => {
                let directory = directory.unwrap_or_else(|| settings.mailbox_directory.clone());
                Way::Mailbox(
                    Mailbox::open(&directory)
                        .map_err(|source| UnusableMail::Directory { path: directory, source })?,
                )
            }
        };
        let letterhead = Letterhead {
            product: settings.product.clone(),
            public_url: settings.public_url.clone(),
            catalogue: settings.catalogue.clone(),
        };
        Ok(Self {
            route,
            letterhead,
            envelopes: Envelopes::new(sender(settings)?, &settings.public_url),
            way,
        })
    }

    /// Where mail goes.
    pub fn route(&self) -> &MailRoute {
        &self.route
    }

    /// Whom mail is from: an address, mostly with a name before it.
    pub fn sender(&self) -> String {
        self.envelopes.sender()
    }

    /// The development mailbox, where mail goes into it.
    pub fn mailbox(&self) -> Option<&Mailbox> {
        match &self.way {
            Way::Mailbox(mailbox) => Some(mailbox),
            Way::Smtp(_) | Way::Files(_) => None,
        }
    }

    /// The mail as it would be handed over, headers and all.
    ///
    /// # Errors
    /// [`MailerError::Refused`] where it cannot be written at all.
    pub fn preview(&self, mail: &Mail) -> Result<Vec<u8>, MailerError> {
        Ok(self.write(mail)?.bytes)
    }

    fn write(&self, mail: &Mail) -> Result<WrittenMail, MailerError> {
        let rendered =
            self.letterhead.render(mail).map_err(|error| MailerError::Refused(error.to_string()))?;
        self.envelopes.write(mail, rendered)
    }
}

#[async_trait]
impl Mailer for LettreMailer {
    async fn send(&self, mail: &Mail) -> Result<String, MailerError> {
        let written = self.write(mail)?;
        let kept = match &self.way {
            Way::Smtp(smtp) => return smtp.send(&written).await,
            Way::Files(directory) => file::keep(directory.clone(), written.name(), written.bytes).await,
            Way::Mailbox(mailbox) => match mailbox.refusal(&mail.message.to).await {
                Ok(Some(refusal)) => return Err(MailerError::Refused(refusal)),
                Ok(None) => {
                    let message = MailboxMessage::of(&written);
                    mailbox.keep(written.name(), message, written.bytes).await
                }
                Err(error) => Err(error),
            },
        };
        match kept {
            Ok(name) => Ok(format!("kept as {name}.eml")),
            Err(error) => Err(MailerError::NotNow(format!("it could not be kept: {error}"))),
        }
    }
}

impl fmt::Debug for LettreMailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match &self.way {
            Way::Smtp(_) => "smtp",
            Way::Files(_) => "files",
            Way::Mailbox(_) => "mailbox",
        };
        f.debug_struct("LettreMailer").field("way", &way).finish_non_exhaustive()
    }
}

fn sender(settings: &MailSettings) -> Result<Sender, UnusableMail> {
    let sender: Sender = settings.from.parse().map_err(|_| UnusableMail::From(settings.from.clone()))?;
    let name = sender.name.or_else(|| Some(settings.product.clone()).filter(|it| !it.is_empty()));
    Ok(Sender { name, email: sender.email })
}

fn certificates(settings: &MailSettings) -> Result<Vec<Certificate>, UnusableMail> {
    let Some(path) = &settings.extra_ca else { return Ok(Vec::new()) };
    let unusable = |source| UnusableMail::Certificates { path: path.clone(), source };
    let pem = std::fs::read(path).map_err(|error| unusable(error.into()))?;
    if !pem.windows(11).any(|it| it == b"-----BEGIN ") {
        return Err(unusable("it holds no certificate in PEM".into()));
    }
    Ok(vec![Certificate::from_pem(&pem).map_err(|error| unusable(error.into()))?])
}
