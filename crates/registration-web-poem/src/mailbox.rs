//! What the page of the development mailbox asks of whoever keeps the mails.
use async_trait::async_trait;
use registration_domain::{email::Email, secret::Secret, time::Timestamp};

/// Mails that are kept instead of being sent, for those who develop.
#[async_trait]
pub trait DevelopmentMailbox: Send + Sync {
    /// The newest mails that the search finds, newest first.
    async fn list(&self, search: &MailSearch) -> Result<Vec<KeptMail>, MailboxError>;
    /// One of them, whole.
    async fn find(&self, id: &str) -> Result<Option<KeptLetter>, MailboxError>;
    /// The same, byte for byte as a mail server would have got it.
    async fn eml(&self, id: &str) -> Result<Option<Vec<u8>>, MailboxError>;
    /// Forgets all of them.
    async fn clear(&self) -> Result<(), MailboxError>;
    /// Keeps one sample of every template.
    async fn add_samples(&self) -> Result<(), MailboxError>;
    /// The addresses that bounce: mail to them is refused, as it is where there is no such mailbox.
    async fn bounces(&self) -> Result<Vec<String>, MailboxError>;
    /// From the next mail on, this address bounces, or does no longer.
    async fn set_bounce(&self, to: &Email, bounces: bool) -> Result<(), MailboxError>;
}

/// Which mails to list; whatever is not said is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MailSearch {
    /// Whose recipient holds this text.
    pub to: Option<String>,
    /// Whose subject holds this text.
    pub subject: Option<String>,
    /// Which hold this text anywhere.
    pub text: Option<String>,
}

/// A mail, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMail {
    /// Its id: letters, digits, dots, underscores and hyphens.
    pub id: String,
    /// To whom it would have gone.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// The name of its template.
    pub kind: String,
    /// When it was kept.
    pub at: Timestamp,
    /// The address that its button leads to.
    pub link: Option<Secret>,
    /// The six digits in it.
    pub code: Option<String>,
}

/// A mail, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLetter {
    /// As a list shows it.
    pub mail: KeptMail,
    /// Its headers, in their order.
    pub headers: Vec<(String, String)>,
    /// Its text part.
    pub text: String,
    /// Its HTML part.
    pub html: String,
    /// All of it, in octets.
    pub octets: usize,
}

/// The mails could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the development mailbox failed")]
pub struct MailboxError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

impl MailSearch {
    /// `to:ana subject:invites the rest is looked for anywhere`.
    pub fn parse(text: &str) -> Self {
        let mut search = Self::default();
        let mut rest = Vec::new();
        for word in text.split_whitespace() {
            match word.split_once(':') {
                Some(("to", it)) if !it.is_empty() => search.to = Some(it.to_owned()),
                Some(("subject", it)) if !it.is_empty() => search.subject = Some(it.to_owned()),
                _ => rest.push(word),
            }
        }
        search.text = (!rest.is_empty()).then(|| rest.join(" "));
        search
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_names_where_to_look() {
        let search = MailSearch::parse("to:ana@acme.example  your code subject:invites");
        assert_eq!(search.to.as_deref(), Some("ana@acme.example"));
        assert_eq!(search.subject.as_deref(), Some("invites"));
        assert_eq!(search.text.as_deref(), Some("your code"));
        assert_eq!(MailSearch::parse("  "), MailSearch::default());
    }
}
