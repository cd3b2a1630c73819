//! The development mailbox: what would have been sent, with its link and its code at hand.
use std::sync::Arc;

use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, header},
    web::Path,
};
use registration_domain::secret::Secret;

use crate::{
    failure::Failure,
    mailbox::{DevelopmentMailbox, KeptLetter, KeptMail, MailSearch, MailboxError},
    shell::{Answer, Shell, page},
    visit::{Notice, Visit, see_other},
    words::Moment,
};

/// What a mail shows may have styles of its own, and nothing else: no script, no image, no form.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; \
                           form-action 'none'; sandbox";
const VIEWS: [&str; 4] = ["html", "text", "headers", "raw"];

#[derive(Template)]
#[template(path = "mailbox/mailbox.html")]
struct Page<'a> {
    shell: Shell<'a>,
    query: &'a str,
    mails: Vec<Row>,
    open: Option<Letter>,
    view: &'static str,
    views: [&'static str; 4],
}

struct Row {
    it: KeptMail,
    at: Moment,
    is_open: bool,
}

struct Letter {
    it: KeptLetter,
    raw: String,
    link: Option<String>,
    kilobytes: usize,
}

/// `GET /dev/mailbox`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    own_page(&visit, None).await
}

/// `GET /dev/mailbox/{id}`.
#[handler]
pub(crate) async fn open_letter(visit: Visit, Path(id): Path<String>) -> Answer {
    let kept = find(&visit, &id).await?;
    let eml = mailbox(&visit)?.eml(&id).await?.unwrap_or_default();
    let link = kept.mail.link.as_ref().map(|it: &Secret| it.expose().to_owned());
    let (raw, kilobytes) = (String::from_utf8_lossy(&eml).into_owned(), kept.octets.div_ceil(1_024));
    own_page(&visit, Some(Letter { it: kept, raw, link, kilobytes })).await
}

/// `GET /dev/mailbox/{id}/body`: the HTML part, for the frame.
#[handler]
pub(crate) async fn frame(visit: Visit, Path(id): Path<String>) -> Answer {
    let kept = find(&visit, &id).await?;
    let mut answer = Response::builder().content_type("text/html; charset=utf-8").body(kept.html);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(MAIL_POLICY));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(answer)
}

/// `GET /dev/mailbox/{id}/raw`: to keep as a file.
#[handler]
pub(crate) async fn download(visit: Visit, Path(id): Path<String>) -> Answer {
    let eml = mailbox(&visit)?.eml(&id).await?.ok_or(Failure::NotFound)?;
    let kept = header::HeaderValue::from_static("attachment; filename=\"message.eml\"");
    let mut answer = Response::builder().content_type("message/rfc822").body(eml);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, kept);
    Ok(answer)
}

/// `POST /dev/mailbox`: clears it, or adds a sample of every template.
#[handler]
pub(crate) async fn act(visit: Visit) -> Answer {
    let mailbox = mailbox(&visit)?;
    if visit.form().has("clear") {
        mailbox.clear().await?;
        visit.tell(Notice::of("notice-mail-cleared"));
    } else if visit.form().has("samples") {
        mailbox.add_samples().await?;
        visit.tell(Notice::of("notice-mail-samples"));
    }
    Ok(see_other("/dev/mailbox"))
}

async fn own_page(visit: &Visit, open: Option<Letter>) -> Answer {
    let query = visit.query().value("q");
    let mails = mailbox(visit)?.list(&MailSearch::parse(query)).await?;
    let row = |it: KeptMail| Row {
        at: visit.moment(it.at),
        is_open: open.as_ref().is_some_and(|open| open.it.mail.id == it.id),
        it,
    };
    let mails = mails.into_iter().map(row).collect();
    let view = VIEWS.into_iter().find(|it| *it == visit.query().value("view")).unwrap_or("html");
    let title = match &open {
        Some(open) => open.it.mail.subject.clone(),
        None => visit.t("mailbox-title").to_string(),
    };
    page(&Page { shell: Shell::new(visit, title), query, mails, open, view, views: VIEWS })
}

async fn find(visit: &Visit, id: &str) -> Result<KeptLetter, Failure> {
    mailbox(visit)?.find(id).await?.ok_or(Failure::NotFound)
}

fn mailbox(visit: &Visit) -> Result<&Arc<dyn DevelopmentMailbox>, Failure> {
    visit.mailbox().ok_or(Failure::NotFound)
}

impl From<MailboxError> for Failure {
    fn from(error: MailboxError) -> Self {
        tracing::error!(error = %error.0, "the development mailbox failed");
        Self::Internal
    }
}
