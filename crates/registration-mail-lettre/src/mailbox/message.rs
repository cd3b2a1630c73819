//! A mail as the development mailbox shows it, with what tests look for taken out of it.
use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize};

use crate::mime::WrittenMail;

/// A mail in the development mailbox; its fields are those of the JSON that clients see.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailboxMessage {
    /// The id of the message.
    pub id: String,
    /// The kind of its letter, which is the name of its templates.
    pub kind: String,
    /// The stored address that it is to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// With its angle brackets.
    pub message_id: String,
    /// Name and readable value, in their order.
    pub headers: Vec<(String, String)>,
    /// Its date, in RFC 3339.
    pub sent_at: String,
    /// Every web address in the text part, in the order of first appearance.
    pub links: Vec<String>,
    /// The verification code that it is about.
    pub code: Option<String>,
}

impl MailboxMessage {
    pub(crate) fn of(mail: &WrittenMail) -> Self {
        let sent_at = DateTime::from_timestamp_micros(mail.at.micros()).unwrap_or(DateTime::UNIX_EPOCH);
        Self {
            id: mail.id.to_string(),
            kind: mail.kind.to_owned(),
            to: mail.to.as_str().to_owned(),
            subject: mail.rendered.subject.clone(),
            text: mail.rendered.text.clone(),
            html: mail.rendered.html.clone(),
            message_id: mail.message_id.clone(),
            headers: mail.headers.clone(),
            sent_at: sent_at.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            links: links(&mail.rendered.text),
            code: mail.code.as_ref().map(|it| it.expose().to_owned()),
        }
    }
}

/// Without what its links open.
impl std::fmt::Debug for MailboxMessage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailboxMessage").field("id", &self.id).finish_non_exhaustive()
    }
}

fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for word in text.split_whitespace() {
        let Some(start) = word.find("https://").or_else(|| word.find("http://")) else { continue };
        let link = word[start..].trim_end_matches(['.', ',', ';', ')', '>']).to_owned();
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_once_and_without_what_ends_a_sentence() {
        let text = "See https://a.example/i/T, (http://b.example).\nAgain https://a.example/i/T";
        assert_eq!(links(text), ["https://a.example/i/T", "http://b.example"]);
        assert_eq!(links("nothing http:// here? see httpsx"), ["http://"]);
    }
}
