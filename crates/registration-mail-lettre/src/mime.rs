//! A message becomes bytes, and the same message always the same bytes.
use std::time::{Duration, SystemTime};

use lettre::{
    Address, Message as MimeMessage,
    address::Envelope,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{HeaderName, HeaderValue},
    },
};
use registration_domain::{
    email::Email,
    message::MessageId,
    port::{Mail, MailerError},
    settings::PublicUrl,
    time::Timestamp,
    verification_code::VerificationCode,
};

use crate::letter::{Rendered, cleaned};

/// What all mails of a platform have in common outside of their words.
pub(crate) struct Envelopes {
    sender: Mailbox,
    /// Right of the @ of a Message-ID.
    host: String,
}

/// A mail, ready to be handed over. It holds what its link holds: not for a log.
pub(crate) struct WrittenMail {
    pub(crate) id: MessageId,
    pub(crate) kind: &'static str,
    pub(crate) code: Option<VerificationCode>,
    pub(crate) at: Timestamp,
    pub(crate) to: Email,
    pub(crate) message_id: String,
    pub(crate) rendered: Rendered,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) envelope: Envelope,
    pub(crate) bytes: Vec<u8>,
}

impl Envelopes {
    pub(crate) fn sender(&self) -> String {
        self.sender.to_string()
    }
    pub(crate) fn new(sender: Mailbox, public_url: &PublicUrl) -> Self {
        let name = sender.name.map(|it| cleaned(&it, 100)).filter(|it| !it.is_empty());
        let host = public_url.host();
        let is_literal = host.parse::<std::net::IpAddr>().is_ok();
        let host = if is_literal { format!("[{host}]") } else { host.to_owned() };
        Self { sender: Mailbox { name, email: sender.email }, host }
    }

    pub(crate) fn write(&self, mail: &Mail, rendered: Rendered) -> Result<WrittenMail, MailerError> {
        let Mail { message, link: _, code } = mail;
        let message_id = format!("<{}@{}>", message.id, self.host);
        // No Content-Type of its own: the multipart brings one, and a second would stand beside it.
        let mime = MimeMessage::builder()
            .message_id(Some(message_id.clone()))
            .date(instant(message.at))
            .from(self.sender.clone())
            .to(Mailbox { name: None, email: deliverable(&message.to)? })
            .subject(rendered.subject.clone())
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"))
            .multipart(
                MultiPart::alternative()
                    .boundary(format!("registration-{}", message.id.uuid().simple()))
                    .singlepart(SinglePart::plain(rendered.text.clone()))
                    .singlepart(SinglePart::html(rendered.html.clone())),
            )
            .map_err(|error| MailerError::Refused(error.to_string()))?;
        let bytes = mime.formatted();
        Ok(WrittenMail {
            id: message.id,
            kind: message.letter.kind(),
            code: code.clone(),
            at: message.at,
            to: message.to.clone(),
            message_id,
            headers: headers(&mime, &bytes),
            envelope: mime.envelope().clone(),
            rendered,
            bytes,
        })
    }
}

impl WrittenMail {
    /// Names of files that sort by time, and are the same for a second try.
    pub(crate) fn name(&self) -> String {
        format!("{:020}-{}", self.at.micros().max(0), self.id)
    }
}

/// The local part as its owner writes it, at the domain in ASCII: so most addresses need no SMTPUTF8.
fn deliverable(to: &Email) -> Result<Address, MailerError> {
    let local = to.as_str().rsplit_once('@').map(|(local, _)| local);
    let domain = to.canonical().rsplit_once('@').map(|(_, domain)| domain);
    let address = local.zip(domain).and_then(|(local, domain)| Address::new(local, domain).ok());
    address.ok_or_else(|| MailerError::Refused("no mail can be written to this address".into()))
}

/// To the second, which is all that a Date has.
fn instant(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(at.micros()).unwrap_or(0))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// The headers in their order, in readable form; what the body brought along, as it stands in the bytes.
fn headers(mime: &MimeMessage, bytes: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    // A line that begins with white space continues the one before it.
    let head = text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ").replace("\r\n\t", " ");
    let written = head.lines().filter_map(|line| line.split_once(':'));
    let readable = |name: &str| mime.headers().get_raw(name).filter(|it| !it.is_empty()).map(str::to_owned);
    written
        .map(|(name, value)| (name.to_owned(), readable(name).unwrap_or_else(|| value.trim().to_owned())))
        .collect()
}
