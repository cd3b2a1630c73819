//! The page of the development mailbox looks into the mails that the mailer keeps.
use std::{io, sync::Arc};

use async_trait::async_trait;
use chrono::DateTime;
use registration_crypto_rustcrypto::UuidV7Ids;
use registration_domain::{
    email::Email,
    port::{Clock, Mailer},
    secret::Secret,
    settings::PublicUrl,
    time::Timestamp,
};
use registration_mail_lettre::{LettreMailer, Mailbox, MailboxMessage, samples};
use registration_web_poem::{DevelopmentMailbox, KeptLetter, KeptMail, MailSearch, MailboxError};

/// Whom samples are written to.
const SAMPLES_TO: &str = "sample@example.org";

/// What the page asks, answered from the mailer's directory.
pub(crate) struct KeptMails {
    pub(crate) mailbox: Mailbox,
    pub(crate) mailer: Arc<LettreMailer>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) public_url: PublicUrl,
}

#[async_trait]
impl DevelopmentMailbox for KeptMails {
    async fn list(&self, search: &MailSearch) -> Result<Vec<KeptMail>, MailboxError> {
        let all = self.mailbox.list(None).await.map_err(failed)?;
        Ok(all.iter().filter(|it| finds(search, it)).map(kept).collect())
    }
    async fn find(&self, id: &str) -> Result<Option<KeptLetter>, MailboxError> {
        let all = self.mailbox.list(None).await.map_err(failed)?;
        let Some(found) = all.into_iter().find(|it| it.id == id) else { return Ok(None) };
        let octets = self.eml(id).await?.map_or(0, |it| it.len());
        let mail = kept(&found);
        let MailboxMessage { headers, text, html, .. } = found;
        Ok(Some(KeptLetter { mail, headers, text, html, octets }))
    }
    async fn eml(&self, id: &str) -> Result<Option<Vec<u8>>, MailboxError> {
        self.mailbox.eml(id).await.map_err(failed)
    }
    async fn clear(&self) -> Result<(), MailboxError> {
        self.mailbox.clear().await.map_err(failed)
    }
    async fn add_samples(&self) -> Result<(), MailboxError> {
        let to = Email::parse(SAMPLES_TO).map_err(|error| MailboxError(error.into()))?;
        let link = Secret::new(self.public_url.to("/i/sample"));
        for mail in samples(&to, self.clock.now(), &link, &UuidV7Ids) {
            self.mailer.send(&mail).await.map_err(|error| MailboxError(error.into()))?;
        }
        Ok(())
    }
    async fn bounces(&self) -> Result<Vec<String>, MailboxError> {
        self.mailbox.bounces().await.map_err(failed)
    }
    async fn set_bounce(&self, to: &Email, bounces: bool) -> Result<(), MailboxError> {
        self.mailbox.set_bounce(to, bounces).await.map_err(failed)
    }
}

fn failed(error: io::Error) -> MailboxError {
    MailboxError(error.into())
}

fn finds(search: &MailSearch, message: &MailboxMessage) -> bool {
    let holds = |field: &str, text: &str| field.to_lowercase().contains(&text.to_lowercase());
    let MailSearch { to, subject, text } = search;
    let anywhere = [&message.to, &message.subject, &message.text];
    to.as_ref().is_none_or(|it| holds(&message.to, it))
        && subject.as_ref().is_none_or(|it| holds(&message.subject, it))
        && text.as_ref().is_none_or(|it| anywhere.iter().any(|field| holds(field, it)))
}

fn kept(message: &MailboxMessage) -> KeptMail {
    let at = DateTime::parse_from_rfc3339(&message.sent_at).map_or(0, |it| it.timestamp_micros());
    KeptMail {
        id: message.id.clone(),
        to: message.to.clone(),
        subject: message.subject.clone(),
        kind: message.kind.clone(),
        at: Timestamp::from_micros(at),
        link: message.links.first().map(Secret::new),
        code: message.code.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> MailboxMessage {
        MailboxMessage {
            id: "01a2024a-1bd3-7495-8614-a4f0068fdb99".into(),
            kind: "invitation".into(),
            to: "Chidi@acme.example".into(),
            subject: "Bo invites you".into(),
            text: "Accept it at https://join.example.org/i/T.".into(),
            html: String::new(),
            message_id: String::new(),
            headers: Vec::new(),
            sent_at: "2026-11-22T16:00:59.123456Z".into(),
            links: vec!["https://join.example.org/i/T".into()],
            code: None,
        }
    }

    #[test]
    fn a_search_finds_what_holds_all_that_was_asked() {
        let finds = |search: &str| finds(&MailSearch::parse(search), &message());
        for search in ["", "to:chidi", "to:CHIDI subject:invites", "accept", "acme.example", "bo invites"] {
            assert!(finds(search), "{search}");
        }
        for search in ["to:bo", "subject:chidi", "to:chidi subject:declines", "nobody"] {
            assert!(!finds(search), "{search}");
        }
    }

    #[test]
    fn a_mail_is_shown_with_its_time_and_its_link() {
        let shown = kept(&message());
        assert_eq!(shown.at, Timestamp::from_micros(1_795_363_259_123_456));
        assert_eq!(shown.link, Some(Secret::new("https://join.example.org/i/T")));
    }
}
