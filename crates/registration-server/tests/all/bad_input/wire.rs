//! Bytes to a port, and what comes back: no client library mends what is to be broken.
use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// Only against hanging for ever: a machine that builds at the same time is slow.
const PATIENCE: Duration = Duration::from_mins(1);

/// What was answered, as far as two servers must agree on it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: Value,
}

/// Nothing where the connection ended without an answer.
pub(super) fn ask(port: u16, request: &[u8]) -> Option<Answer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
    stream.set_write_timeout(Some(PATIENCE)).expect("a socket");
    // Who is refused early may be cut off while still sending; the answer is there all the same.
    let _ = stream.write_all(request);
    let mut answered = Vec::new();
    let mut piece = [0; 8192];
    while !is_whole(&answered) {
        match stream.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => answered.extend(&piece[..read]),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error} after {:?}", String::from_utf8_lossy(request)),
        }
    }
    parsed(&answered)
}

fn is_whole(answered: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answered);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    header(head, "content-length").parse().is_ok_and(|it: usize| body.len() >= it)
}

fn parsed(answered: &[u8]) -> Option<Answer> {
    let text = String::from_utf8_lossy(answered);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let content_type = header(head, "content-type").to_owned();
    let body = serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.to_owned()));
    Some(Answer { status, content_type, body })
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.filter(|(it, _)| it.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next().unwrap_or("")
}
