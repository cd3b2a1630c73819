//! A server with one of everything, and a client that says exactly what it is told to.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use poem::{IntoEndpoint, Route};
use registration_edge_poem::{EdgeSettings, ListenerLimits, bind, edge, serve};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
};
use tokio_util::sync::CancellationToken;

/// Longer than anything takes that works; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) shutdown: CancellationToken,
    pub(crate) stopped: JoinHandle<std::io::Result<()>>,
}

/// Serves the routes with what a test wants to be different.
pub(crate) async fn server<A>(app: A, differ: impl FnOnce(&mut EdgeSettings, &mut ListenerLimits)) -> Server
where
    A: IntoEndpoint,
    A::Endpoint: 'static,
{
    let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let count = AtomicU64::new(1);
    let ids = Arc::new(move || format!("made-{}", count.fetch_add(1, Ordering::Relaxed)));
    let mut settings = EdgeSettings::new(format!("http://{address}").parse().unwrap(), address, ids);
    let mut limits = ListenerLimits::default();
    differ(&mut settings, &mut limits);
    let shutdown = CancellationToken::new();
    let stopped = tokio::spawn(serve(listener, edge(app, settings), limits, shutdown.clone()));
    Server { address, shutdown, stopped }
}

/// Serves the routes as the product does.
pub(crate) async fn plain(app: Route) -> Server {
    server(app, |_, _| ()).await
}

impl Server {
    pub(crate) async fn connect(&self) -> Client {
        Client { socket: TcpStream::connect(self.address).await.unwrap(), unread: Vec::new() }
    }

    /// Sends `GET path` with these header lines, each ending in CRLF.
    pub(crate) async fn get(&self, path: &str, headers: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.address)).await
    }

    pub(crate) async fn send(&self, request: &str) -> Answer {
        let mut client = self.connect().await;
        client.say(request).await;
        client.answer().await
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

pub(crate) struct Client {
    socket: TcpStream,
    unread: Vec<u8>,
}

impl Client {
    pub(crate) async fn say(&mut self, words: &str) {
        self.socket.write_all(words.as_bytes()).await.unwrap();
    }

    /// Says it for as long as the server listens.
    pub(crate) async fn try_to_say(&mut self, words: &[u8]) {
        let _ = self.socket.write_all(words).await;
    }

    /// Waits for one answer with a declared length.
    pub(crate) async fn answer(&mut self) -> Answer {
        let head_end = loop {
            if let Some(at) = self.unread.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            assert!(self.read().await > 0, "closed without an answer: {:?}", self.unread);
        };
        let head = String::from_utf8(self.unread.drain(..head_end).collect()).unwrap();
        let mut answer = Answer::of_head(&head);
        let length = answer.header("content-length").map_or(0, |length| length.parse().unwrap());
        while self.unread.len() < length {
            assert!(self.read().await > 0, "closed in the middle of a body");
        }
        answer.body = String::from_utf8(self.unread.drain(..length).collect()).unwrap();
        answer
    }

    /// Waits for the server to close the connection without another word.
    pub(crate) async fn closed(&mut self) {
        assert_eq!(self.read().await, 0, "{:?}", String::from_utf8_lossy(&self.unread));
    }

    /// Says bytes that are no text.
    pub(crate) async fn say_bytes(&mut self, bytes: &[u8]) {
        self.socket.write_all(bytes).await.unwrap();
    }

    /// Waits for so many bytes.
    pub(crate) async fn bytes(&mut self, count: usize) -> Vec<u8> {
        while self.unread.len() < count {
            assert!(self.read().await > 0, "closed too early: {:?}", self.unread);
        }
        self.unread.drain(..count).collect()
    }

    async fn read(&mut self) -> usize {
        let mut buffer = [0; 4096];
        let read = tokio::time::timeout(PATIENCE, self.socket.read(&mut buffer));
        // A reset connection is a closed one.
        let read = read.await.expect("the server says nothing and does not close").unwrap_or(0);
        self.unread.extend(&buffer[..read]);
        read
    }
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    fn of_head(head: &str) -> Self {
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let header = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        };
        Self { status, headers: lines.map(header).collect(), body: String::new() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(named, _)| named == name).map(|(_, value)| value.as_str())
    }

    /// Asserts that this is a whole problem of that code.
    pub(crate) fn is_problem(&self, status: u16, code: &str) -> serde_json::Value {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(problem["type"], format!("/problems/{code}"));
        assert_eq!(problem["code"], code);
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string());
        assert_eq!(problem["request_id"].as_str(), self.header("request-id"));
        assert!(self.header("request-id").is_some());
        problem
    }
}
