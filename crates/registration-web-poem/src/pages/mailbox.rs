//! The development mailbox: what would have been sent, with its link and its code at hand.
mod checks;

use std::sync::Arc;

use askama::Template;
use poem::{
    Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Path,
};
use registration_domain::{email::Email, secret::Secret};

use checks::Check;

use crate::{
    failure::Failure,
    form::Filled,
    mailbox::{DevelopmentMailbox, KeptLetter, KeptMail, MailSearch, MailboxError},
    shell::{Answer, Shell, page_with},
    visit::{Notice, Visit, see_other},
    words::Moment,
};

/// What a mail shows may have styles of its own, and nothing else: no script, no image, no form.
const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; \
                           form-action 'none'; sandbox";
const VIEWS: [&str; 4] = ["html", "text", "headers", "raw"];
/// As wide as a telephone, as most mail programs show a mail, and as there is room.
const WIDTHS: [&str; 3] = ["320", "600", "full"];
const SCHEMES: [&str; 2] = ["light", "dark"];

#[derive(Template)]
#[template(path = "mailbox/mailbox.html")]
struct Page<'a> {
    shell: Shell<'a>,
    query: &'a str,
    mails: Vec<Row>,
    bounces: Vec<String>,
    filled: Filled,
    open: Option<Letter>,
    view: &'static str,
    views: [&'static str; 4],
    frame: Frame,
    widths: [&'static str; 3],
    schemes: [&'static str; 2],
}

/// How the HTML part is looked at.
#[derive(Clone, Copy)]
struct Frame {
    width: &'static str,
    scheme: &'static str,
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
    checks: Vec<Check>,
    bounces: bool,
}

/// `GET /dev/mailbox`.
#[handler]
pub(crate) async fn show(visit: Visit) -> Answer {
    own_page(&visit, None, Filled::default()).await
}

/// `GET /dev/mailbox/{id}`.
#[handler]
pub(crate) async fn open_letter(visit: Visit, Path(id): Path<String>) -> Answer {
    let kept = find(&visit, &id).await?;
    let eml = mailbox(&visit)?.eml(&id).await?.unwrap_or_default();
    let link = kept.mail.link.as_ref().map(|it: &Secret| it.expose().to_owned());
    let (raw, kilobytes) = (String::from_utf8_lossy(&eml).into_owned(), kept.octets.div_ceil(1_024));
    let checks = checks::all(&kept);
    let letter = Letter { it: kept, raw, link, kilobytes, checks, bounces: false };
    own_page(&visit, Some(letter), Filled::default()).await
}

/// `GET /dev/mailbox/{id}/body`: the HTML part, for the frame.
#[handler]
pub(crate) async fn html_part(visit: Visit, Path(id): Path<String>) -> Answer {
    let kept = find(&visit, &id).await?;
    // The look that is asked for, whatever the system's is.
    let dark = if Frame::of(&visit).scheme == "dark" { "all" } else { "not all" };
    let html = kept.html.replace("(prefers-color-scheme: dark)", dark);
    let mut answer = Response::builder().content_type("text/html; charset=utf-8").body(html);
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

/// `POST /dev/mailbox`: clears it, adds a sample of every template, or makes an address bounce and deliver again.
#[handler]
pub(crate) async fn act(visit: Visit) -> Answer {
    let mailbox = mailbox(&visit)?;
    if visit.form().has("clear") {
        mailbox.clear().await?;
        visit.tell(Notice::of("notice-mail-cleared"));
    } else if visit.form().has("samples") {
        mailbox.add_samples().await?;
        visit.tell(Notice::of("notice-mail-samples"));
    } else {
        let mut filled = Filled::of(visit.form());
        let Some(to) = filled.take(visit.words(), "email", Email::parse) else {
            return own_page(&visit, None, filled).await;
        };
        let bounces = !visit.form().has("deliver");
        mailbox.set_bounce(&to, bounces).await?;
        let notice = if bounces { "notice-mail-bounces" } else { "notice-mail-delivers" };
        visit.tell(Notice::of(notice).with("email", to));
    }
    Ok(see_other("/dev/mailbox"))
}

async fn own_page(visit: &Visit, open: Option<Letter>, filled: Filled) -> Answer {
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
    let bounces = mailbox(visit)?.bounces().await?;
    let is_bouncing =
        |to: &str| Email::parse(to).is_ok_and(|to| bounces.iter().any(|it| it == to.canonical()));
    let open = open.map(|open| Letter { bounces: is_bouncing(&open.it.mail.to), ..open });
    let status = if filled.is_faulty() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (shell, frame) = (Shell::new(visit, title).faulty(filled.is_faulty()), Frame::of(visit));
    let (views, widths, schemes) = (VIEWS, WIDTHS, SCHEMES);
    page_with(
        status,
        &Page { shell, query, mails, bounces, filled, open, view, views, frame, widths, schemes },
    )
}

impl Frame {
    fn of(visit: &Visit) -> Self {
        let asked =
            |name, known: &[&'static str]| known.iter().copied().find(|it| *it == visit.query().value(name));
        Self {
            width: asked("width", &WIDTHS).unwrap_or("full"),
            scheme: asked("scheme", &SCHEMES).unwrap_or("light"),
        }
    }
    fn with_width(self, width: &'static str) -> String {
        Self { width, ..self }.query()
    }
    fn with_scheme(self, scheme: &'static str) -> String {
        Self { scheme, ..self }.query()
    }
    fn query(self) -> String {
        format!("?width={}&scheme={}", self.width, self.scheme)
    }
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
