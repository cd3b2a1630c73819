//! A client that holds every answer against the document, and so against the table of operations.
use poem::{
    Endpoint, Request, Response,
    http::{HeaderMap, Method, Uri, header},
};
use serde_json::Value;

use crate::schema;

/// One request, before it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Vec<u8>>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
    pub(crate) json: Value,
}

pub(crate) fn get(path: impl Into<String>) -> Asked {
    Asked::new(Method::GET, path)
}
pub(crate) fn post(path: impl Into<String>, body: Value) -> Asked {
    Asked::new(Method::POST, path).json(body)
}
pub(crate) fn post_nothing(path: impl Into<String>) -> Asked {
    Asked::new(Method::POST, path)
}
pub(crate) fn put(path: impl Into<String>, body: Value) -> Asked {
    Asked::new(Method::PUT, path).json(body)
}
pub(crate) fn patch(path: impl Into<String>, body: Value) -> Asked {
    Asked::new(Method::PATCH, path).json(body)
}
pub(crate) fn delete(path: impl Into<String>) -> Asked {
    Asked::new(Method::DELETE, path)
}

impl Asked {
    /// Below `/api/v1` unless it says otherwise.
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        let path = path.into();
        let outside = ["/api/", "/openapi", "/docs", "/problems/", "/nowhere"];
        let is_whole = outside.iter().any(|it| path.starts_with(it));
        let path = if is_whole { path } else { format!("/api/v1{path}") };
        Self { method, path, headers: Vec::new(), body: None }
    }
    #[expect(clippy::needless_pass_by_value, reason = "so that json!() stands in the call")]
    pub(crate) fn json(self, body: Value) -> Self {
        self.bytes("application/json", body.to_string().into_bytes())
    }
    pub(crate) fn bytes(self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: Some(body.into()), ..self }.header("content-type", media_type)
    }
    /// The same with another body.
    pub(crate) fn replaced(mut self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.headers.retain(|(name, _)| name != "content-type");
        self.bytes(media_type, body)
    }
    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }
    pub(crate) fn by(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }
    pub(crate) fn key(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// Sends it, and holds the answer against the document.
    pub(crate) async fn send(self, app: &impl Endpoint<Output = Response>, document: &Value) -> Answered {
        let (method, path) = (self.method.clone(), self.path.clone());
        let uri: Uri = path.parse().expect("a path");
        let mut request = Request::builder().method(self.method).uri(uri).header("host", "127.0.0.1:8080");
        for (name, value) in &self.headers {
            request = request.header(name.as_str(), value);
        }
        let response = app.call(request.body(self.body.unwrap_or_default())).await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.into_body().into_string().await.expect("a text");
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        let answered = Answered { status, headers, text, json };
        answered.check(&method, &path, document);
        answered
    }
}

impl Answered {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|it| it.to_str().ok())
    }
    pub(crate) fn code(&self) -> Option<&str> {
        self.json["code"].as_str()
    }
    /// A value of the body, which must be there.
    pub(crate) fn text_at(&self, pointer: &str) -> String {
        let found = self.json.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("{pointer} in {} {}", self.status, self.text)).to_owned()
    }
    /// The pointers and codes of the fields at fault.
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        let errors = self.json["errors"].as_array().cloned().unwrap_or_default();
        let word = |it: &Value, name: &str| it[name].as_str().unwrap_or_default().to_owned();
        errors.iter().map(|it| (word(it, "pointer"), word(it, "code"))).collect()
    }
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }
    pub(crate) fn expect_code(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.code()), (status, Some(code)), "{}", self.text);
        self
    }

    fn check(&self, method: &Method, path: &str, document: &Value) {
        assert!(self.status < 500, "{method} {path}: {}", self.text);
        assert!(self.header("request-id").is_some(), "{method} {path} has no Request-Id");
        if self.status >= 400 {
            assert_eq!(
                self.header(header::CONTENT_TYPE.as_str()),
                Some("application/problem+json"),
                "{path}"
            );
            assert_eq!(self.json["status"], self.status, "{}", self.text);
            assert_eq!(self.json["type"], format!("/problems/{}", self.code().unwrap_or_default()));
            assert_eq!(self.json["request_id"].as_str(), self.header("request-id"));
            let known = registration_http_poem::problem_table();
            assert!(known.iter().any(|it| Some(it.code) == self.code()), "{} is not in the table", self.text);
        }
        schema::check(method.as_str(), path, self, document);
    }
}
