//! One connection that is kept, and as much of HTTP/1.1 (RFC 9112) as this server speaks to it.
use std::net::SocketAddr;

use anyhow::{Context, Result, bail, ensure};
use registration_domain::secret::Secret;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What is asked.
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) token: Option<Secret>,
    pub(crate) body: Option<Value>,
}

/// What was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Connection {
    stream: TcpStream,
    address: SocketAddr,
    received: Vec<u8>,
}

impl Request {
    pub(crate) fn get(path: impl Into<String>, token: Secret) -> Self {
        Self { method: "GET", path: path.into(), token: Some(token), body: None }
    }
    pub(crate) fn post(path: impl Into<String>, token: Option<Secret>, body: Value) -> Self {
        Self { method: "POST", path: path.into(), token, body: Some(body) }
    }

    fn octets(&self, host: SocketAddr) -> Vec<u8> {
        let Self { method, path, token, body } = self;
        let token = token.as_ref().map(|it| format!("authorization: Bearer {}\r\n", it.expose()));
        let body = body.as_ref().map(Value::to_string);
        let about = body
            .as_ref()
            .map(|it| format!("content-type: application/json\r\ncontent-length: {}\r\n", it.len()));
        let [token, about, body] = [token, about, body].map(Option::unwrap_or_default);
        let text = format!(
            "{method} {path} HTTP/1.1\r\nhost: {host}\r\nuser-agent: benchmark\r\n{token}{about}\r\n{body}"
        );
        text.into_bytes()
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Result<Value> {
        Ok(serde_json::from_slice(&self.body)?)
    }
    /// The text in this place of the body.
    pub(crate) fn text(&self, pointer: &str) -> Result<String> {
        let body = self.json()?;
        let text = body.pointer(pointer).and_then(Value::as_str);
        text.map(str::to_owned).with_context(|| format!("{pointer} is missing in {body}"))
    }
    /// The same answer, if it has this status.
    pub(crate) fn expect(self, status: u16) -> Result<Self> {
        let said = || String::from_utf8_lossy(&self.body).into_owned();
        ensure!(self.status == status, "{status} was expected, and {} answered: {}", self.status, said());
        Ok(self)
    }
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, address, received: Vec::with_capacity(1 << 16) })
    }

    pub(crate) async fn send(&mut self, request: &Request) -> Result<Answer> {
        self.stream.write_all(&request.octets(self.address)).await?;
        loop {
            if let Some((answer, length)) = parsed(&self.received)? {
                self.received.drain(..length);
                return Ok(answer);
            }
            let read = self.stream.read_buf(&mut self.received).await?;
            ensure!(read > 0, "the server closed a connection in the middle of an answer");
        }
    }
}

/// The first answer, and how many octets it took; nothing while some of it is missing.
fn parsed(received: &[u8]) -> Result<Option<(Answer, usize)>> {
    let Some(head) = received.windows(4).position(|it| it == b"\r\n\r\n") else { return Ok(None) };
    let text = std::str::from_utf8(&received[..head])?;
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|it| it.split(' ').nth(1)).context("no status line")?.parse()?;
    let mut length = matches!(status, 204 | 304).then_some(0);
    for (name, value) in lines.filter_map(|it| it.split_once(": ")) {
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.parse()?);
        }
    }
    let Some(length) = length else { bail!("an answer of unknown length: {text}") };
    let (from, to) = (head + 4, head + 4 + length);
    let body = received.get(from..to);
    Ok(body.map(|body| (Answer { status, body: body.to_vec() }, to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_whole_or_waited_for() {
        let whole = b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}HTTP";
        for cut in 0..43 {
            assert!(parsed(&whole[..cut]).unwrap().is_none(), "{cut}");
        }
        let (answer, length) = parsed(whole).unwrap().unwrap();
        assert_eq!((answer.status, answer.body.as_slice(), length), (201, &b"{}"[..], whole.len() - 4));
    }

    #[test]
    fn no_content_has_no_length() {
        let (answer, _) = parsed(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap().unwrap();
        assert_eq!((answer.status, answer.body.len()), (204, 0));
        assert!(parsed(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
