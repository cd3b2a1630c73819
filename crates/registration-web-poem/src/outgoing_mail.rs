//! What the page about e-mail asks of whoever sends it.
use async_trait::async_trait;
use registration_domain::{email::Email, port::MailerError};

/// How mail leaves, for those who run the platform.
#[async_trait]
pub trait OutgoingMail: Send + Sync {
    /// Where it goes.
    fn route(&self) -> OutgoingRoute;
    /// Whom it is from.
    fn sender(&self) -> String;
    /// Sends a sample, whose link leads nowhere, and answers what the mail server said.
    ///
    /// # Errors
    /// [`MailerError`]: what the server said, or why nobody was reached.
    async fn send_sample(&self, to: &Email) -> Result<String, MailerError>;
}

/// Where mail goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutgoingRoute {
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

impl OutgoingRoute {
    /// Whether anybody gets it.
    pub(crate) fn delivers(&self) -> bool {
        matches!(self, Self::Server { .. })
    }
}
