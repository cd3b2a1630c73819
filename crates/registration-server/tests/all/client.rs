//! A client of the API: JSON in and out, over several processes in turn.
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use ureq::http::{HeaderMap, Request};

use super::seen::Seen;

/// Somebody who calls, with a session or without.
#[derive(Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    urls: Arc<Vec<String>>,
    turn: Arc<AtomicUsize>,
    token: Option<String>,
    pub(crate) seen: Seen,
}

/// What was answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) what: String,
}

/// What is asked for without the API's base.
const BESIDE_THE_API: [&str; 6] = ["/dev/", "/i/", "/r/", "/livez", "/readyz", "/metrics"];

impl Client {
    pub(crate) fn new(urls: Vec<String>) -> Self {
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(90)))
            .max_idle_connections_per_host(64)
            .build();
        Self {
            agent: config.into(),
            urls: Arc::new(urls),
            turn: Arc::default(),
            token: None,
            seen: Seen::default(),
        }
    }
    /// The same client, signed in.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }
    /// The same client, with connections of its own.
    pub(crate) fn apart(&self) -> Self {
        Self { token: self.token.clone(), seen: self.seen.clone(), ..Self::new(self.urls.to_vec()) }
    }

    /// Where the processes listen.
    pub(crate) fn urls(&self) -> &[String] {
        &self.urls
    }
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None, &[])
    }
    pub(crate) fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None, &[])
    }
    pub(crate) fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body), &[])
    }

    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let url = &self.urls[self.turn.fetch_add(1, Ordering::Relaxed) % self.urls.len()];
        let beside = BESIDE_THE_API.iter().any(|it| path.starts_with(it));
        let path = if beside { path.to_owned() } else { format!("/api/v1{path}") };
        let mut request = Request::builder().method(method).uri(format!("{url}{path}"));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answered = match body {
            Some(body) => {
                self.seen.note(&body);
                let request = request.header("content-type", "application/json");
                self.agent.run(request.body(body.to_string()).expect("a request"))
            }
            None => self.agent.run(request.body(()).expect("a request")),
        };
        let mut answered = answered.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        let text = answered.body_mut().read_to_string().expect("a body");
        let status = answered.status().as_u16();
        if status >= 400 {
            self.seen.note_refusal(&text);
        }
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        self.seen.note(&body);
        Answer { status, headers: answered.headers().clone(), body, what: format!("{method} {path}") }
    }
}

impl Answer {
    /// The same answer, which must have this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {:#}", self.what, self.body);
        self
    }
    /// A refusal with this status and code.
    #[track_caller]
    pub(crate) fn refused(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert_eq!(answer.body["code"], code, "{}: {:#}", answer.what, answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        answer
    }
    /// The text at a JSON pointer.
    #[track_caller]
    pub(crate) fn text(&self, pointer: &str) -> String {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("{}: no text at {pointer} of {:#}", self.what, self.body)).to_owned()
    }
    /// How long a list is.
    #[track_caller]
    pub(crate) fn count(&self) -> usize {
        self.body["data"]
            .as_array()
            .unwrap_or_else(|| panic!("{}: no list: {:#}", self.what, self.body))
            .len()
    }
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }
}
