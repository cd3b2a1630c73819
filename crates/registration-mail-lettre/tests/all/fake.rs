//! A server that says what a test wants it to say, and remembers what it was told.
use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

pub(crate) struct FakeServer {
    pub(crate) port: u16,
    told: Arc<Mutex<Vec<String>>>,
}

/// What it answers to a line; nothing is silence.
pub(crate) type Answer = fn(line: &str) -> Option<&'static str>;

impl FakeServer {
    /// Answers as usual wherever `answer` has nothing of its own, which `""` is; it is asked for the greeting
    /// with an empty line, and for the end of a mail with a dot.
    pub(crate) async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&told);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, answer, Arc::clone(&log)));
            }
        });
        Self { port, told }
    }

    pub(crate) fn told(&self) -> Vec<String> {
        self.told.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, answer: Answer, told: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut line = String::new();
    let mut is_mail = false;
    loop {
        if !is_mail || line == "." {
            is_mail = line == "DATA";
            match answer(&line) {
                Some("") => write.write_all(usual(&line).as_bytes()).await?,
                Some(special) => {
                    is_mail = is_mail && special.starts_with('3');
                    write.write_all(format!("{special}\r\n").as_bytes()).await?;
                }
                None => std::future::pending::<()>().await,
            }
        }
        let Some(next) = lines.next_line().await? else { return Ok(()) };
        line = next;
        told.lock().unwrap().push(line.clone());
    }
}

fn usual(line: &str) -> &'static str {
    match line.split(' ').next() {
        Some("EHLO") => "250-fake\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n",
        Some("DATA") => "354 Go ahead\r\n",
        Some("AUTH") => "235 Welcome\r\n",
        Some("QUIT") => "221 Bye\r\n",
        Some("") => "220 fake\r\n",
        Some(_) | None => "250 Fine\r\n",
    }
}
