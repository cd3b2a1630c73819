//! A head that cannot be parsed is refused by the protocol with a bare line; the application words it.

use std::{fmt::Write as _, pin::Pin, sync::Arc};

use poem::{Endpoint, Request, Response, http::StatusCode};

use crate::unreadable::Unreadable;

type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The bytes of a worded refusal.
pub(super) type Wording = Later<Vec<u8>>;

/// Asks the application how to refuse.
pub(super) struct Refuse {
    ask: Box<dyn Fn(Request) -> Later<Response> + Send + Sync>,
}

impl Refuse {
    pub(super) fn by<E: Endpoint + 'static>(app: Arc<E>) -> Self {
        let ask = move |request| -> Later<Response> {
            let app = Arc::clone(&app);
            Box::pin(async move { app.get_response(request).await })
        };
        Self { ask: Box::new(ask) }
    }

    /// The whole answer as bytes, if these are a bare refusal.
    pub(super) fn word(&self, bytes: &[u8]) -> Option<Wording> {
        let bare = Bare::read(bytes)?;
        let answer = (self.ask)(Unreadable(bare.status).stand_in());
        Some(Box::pin(async move { written(answer.await, bare.date).await }))
    }
}

/// A status line of a refusal, headers, and no body.
struct Bare {
    status: StatusCode,
    date: Option<String>,
}

impl Bare {
    fn read(bytes: &[u8]) -> Option<Self> {
        let head = std::str::from_utf8(bytes).ok()?.strip_suffix("\r\n\r\n")?;
        let (line, headers) = head.split_once("\r\n")?;
        let status = line.strip_prefix("HTTP/1.1 ").or_else(|| line.strip_prefix("HTTP/1.0 "))?;
        let status = StatusCode::from_bytes(status.get(..3)?.as_bytes()).ok()?;
        let header = |name: &str| {
            headers.split("\r\n").find_map(|line| {
                let (named, value) = line.split_once(':')?;
                named.eq_ignore_ascii_case(name).then(|| value.trim())
            })
        };
        let bare = status.is_client_error() && header("content-length") == Some("0");
        bare.then(|| Self { status, date: header("date").map(str::to_owned) })
    }
}

/// The answer in the form of HTTP/1.1, after which the connection ends.
async fn written(mut answer: Response, date: Option<String>) -> Vec<u8> {
    let body = answer.take_body().into_vec().await.unwrap_or_default();
    let mut head = format!("HTTP/1.1 {}\r\n", answer.status());
    for (name, value) in answer.headers() {
        if let Ok(value) = value.to_str() {
            // Writing to a string cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        }
    }
    if let Some(date) = date {
        let _ = write!(head, "date: {date}\r\n");
    }
    let _ = write!(head, "content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    let mut bytes = head.into_bytes();
    bytes.extend(body);
    bytes
}
