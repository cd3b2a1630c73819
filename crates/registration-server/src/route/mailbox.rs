//! The development mailbox: every mail that would have been sent, for tests as JSON and for people as a list.
use std::time::Duration;

use poem::{
    EndpointExt, IntoResponse, Response, Route, get, handler,
    http::{StatusCode, header},
    web::{Data, Html, Json, Path, Query},
};
use registration_edge_poem::ProblemBody;
use registration_mail_lettre::{Mailbox, MailboxMessage};
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

/// Longer than this nobody waits.
const LONGEST_WAIT: u64 = 60;

#[derive(Deserialize)]
struct Asked {
    /// The recipient.
    to: Option<String>,
    /// Seconds to wait for a first mail.
    #[serde(default)]
    wait: u64,
}

pub(super) fn mount(route: Route, mailbox: Mailbox) -> Route {
    route
        .at("/dev/mailbox", get(page).data(mailbox.clone()))
        .at("/dev/mailbox/messages", get(list).delete(clear).data(mailbox.clone()))
        .at("/dev/mailbox/messages/:file", get(eml).data(mailbox))
}

#[handler]
async fn list(Data(mailbox): Data<&Mailbox>, Query(asked): Query<Asked>) -> Response {
    let deadline = Instant::now() + Duration::from_secs(asked.wait.min(LONGEST_WAIT));
    match mailbox.wait_for(asked.to.as_deref(), deadline).await {
        Ok(messages) => Json(json!({ "data": messages })).into_response(),
        Err(error) => failed(&error),
    }
}

#[handler]
async fn clear(Data(mailbox): Data<&Mailbox>) -> Response {
    match mailbox.clear().await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failed(&error),
    }
}

#[handler]
async fn eml(Data(mailbox): Data<&Mailbox>, Path(file): Path<String>) -> Response {
    let Some(id) = file.strip_suffix(".eml") else { return missing() };
    match mailbox.eml(id).await {
        Ok(Some(bytes)) => Response::builder().content_type("message/rfc822").body(bytes),
        Ok(None) => missing(),
        Err(error) => failed(&error),
    }
}

/// A list with the text of each mail; it runs no script and loads nothing.
#[handler]
async fn page(Data(mailbox): Data<&Mailbox>) -> Response {
    let messages = match mailbox.list(None).await {
        Ok(messages) => messages,
        Err(error) => return failed(&error),
    };
    let items: String = messages.iter().map(item).collect();
    let empty = if items.is_empty() { "<p>No mail yet.</p>" } else { "" };
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Mailbox</title>\
         <h1>Mailbox</h1>{empty}{items}</html>"
    );
    let no_sources = "default-src 'none'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";
    Html(page).with_header(header::CONTENT_SECURITY_POLICY, no_sources).into_response()
}

fn item(message: &MailboxMessage) -> String {
    let MailboxMessage { id, to, subject, text, sent_at, .. } = message;
    let [subject, to, sent_at] = [subject, to, sent_at].map(|it| escaped(it));
    format!(
        "<article><h2>{subject}</h2><p>To {to}, {sent_at}, \
         <a href=\"/dev/mailbox/messages/{id}.eml\">as a file</a></p><pre>{}</pre></article>",
        linked(text)
    )
}

/// The text, with a link wherever a word is a web address.
fn linked(text: &str) -> String {
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            let url = word.trim_end();
            if url.starts_with("https://") || url.starts_with("http://") {
                let (url, rest) = (escaped(url), &word[url.len()..]);
                format!("<a href=\"{url}\">{url}</a>{rest}")
            } else {
                escaped(word)
            }
        })
        .collect()
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut done, it| {
        match it {
            '&' => done.push_str("&amp;"),
            '<' => done.push_str("&lt;"),
            '>' => done.push_str("&gt;"),
            '"' => done.push_str("&quot;"),
            '\'' => done.push_str("&#39;"),
            other => done.push(other),
        }
        done
    })
}

fn missing() -> Response {
    ProblemBody::of_status(StatusCode::NOT_FOUND).into_response()
}

fn failed(error: &std::io::Error) -> Response {
    tracing::error!(%error, "the development mailbox cannot be read");
    ProblemBody::of_status(StatusCode::SERVICE_UNAVAILABLE).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_mail_becomes_markup_but_its_links() {
        assert_eq!(linked("<b> \"x\" & 'y'\n"), "&lt;b&gt; &quot;x&quot; &amp; &#39;y&#39;\n");
        assert_eq!(
            linked("at http://a/?b&c\nok"),
            "at <a href=\"http://a/?b&amp;c\">http://a/?b&amp;c</a>\nok"
        );
        assert_eq!(linked("http://a/\"onx=1"), "<a href=\"http://a/&quot;onx=1\">http://a/&quot;onx=1</a>");
        assert_eq!(linked("javascript:alert(1)"), "javascript:alert(1)");
    }
}
