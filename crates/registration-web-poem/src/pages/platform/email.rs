//! How mail leaves, and whether it arrives: a platform's administrator sends themselves a sample.
use std::sync::Arc;

use askama::Template;
use poem::{handler, http::StatusCode};
use registration_domain::email::Email;

use crate::{
    failure::Failure,
    outgoing_mail::{OutgoingMail, OutgoingRoute},
    shell::{Answer, Shell, page_with},
    visit::Visit,
    words::Phrase,
};

#[derive(Template)]
#[template(path = "platform/email.html")]
struct Page<'a> {
    shell: Shell<'a>,
    route: Phrase,
    sender: String,
    to: &'a Email,
    is_set_up: bool,
    tried: Option<Tried>,
}

/// What came of a sample.
struct Tried {
    was_taken: bool,
    reply: String,
}

/// `GET /platform/email`.
#[handler]
pub(crate) fn show(visit: Visit) -> Answer {
    let (mail, to) = open(&visit)?;
    page_with(StatusCode::OK, &own_page(&visit, mail, to, None))
}

/// `POST /platform/email`: to the administrator's own address, and to no other.
#[handler]
pub(crate) async fn submit(visit: Visit) -> Answer {
    let (mail, to) = open(&visit)?;
    let (status, tried) = match mail.send_sample(to).await {
        Ok(reply) => (StatusCode::OK, Tried { was_taken: true, reply }),
        Err(error) => (StatusCode::BAD_GATEWAY, Tried { was_taken: false, reply: error.to_string() }),
    };
    page_with(status, &own_page(&visit, mail, to, Some(tried)))
}

/// Nobody else learns that there is such a page.
fn open(visit: &Visit) -> Result<(&Arc<dyn OutgoingMail>, &Email), Failure> {
    let to = &visit.signed_in()?.account.parts().email;
    let mail = visit.mail().filter(|_| visit.is_administrator()).ok_or(Failure::NotFound)?;
    Ok((mail, to))
}

fn own_page<'a>(
    visit: &'a Visit,
    mail: &Arc<dyn OutgoingMail>,
    to: &'a Email,
    tried: Option<Tried>,
) -> Page<'a> {
    let route = mail.route();
    let is_set_up = route.delivers();
    let route = match route {
        OutgoingRoute::Server { host, port, has_tls } => {
            let route =
                if has_tls { visit.t("platform-mail-server") } else { visit.t("platform-mail-plain") };
            route.with("host", host).with("port", port)
        }
        OutgoingRoute::Files => visit.t("platform-mail-files"),
        OutgoingRoute::Mailbox => visit.t("platform-mail-mailbox"),
    };
    let shell = Shell::new(visit, visit.t("platform-mail-title"));
    Page { shell, route, sender: mail.sender(), to, is_set_up, tried }
}
