//! A probe that needs no other program: asks a running server whether it is ready.
use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{config::Config, say::say};

const PATIENCE: Duration = Duration::from_secs(5);
/// Of an answer; a probe's is short.
const LONGEST_ANSWER: u64 = 64 * 1024;

pub(super) async fn command(config: &Config, url: Option<String>) -> Result<()> {
    let authority = match &url {
        Some(url) => {
            url.strip_prefix("http://").context("health asks over http:// only")?.trim_end_matches('/')
        }
        None => &reachable(config.listen).to_string(),
    };
    let answer = timeout(PATIENCE, ask(authority)).await;
    let answer = answer.with_context(|| format!("{authority} does not answer in time"))??;
    let status = answer.split(' ').nth(1).context("the answer is no HTTP")?;
    ensure!(status == "200", "not ready: {authority} answers {status}");
    say("ready");
    Ok(())
}

async fn ask(authority: &str) -> Result<String> {
    let stream = TcpStream::connect(authority).await;
    let mut stream = stream.with_context(|| format!("nobody answers at {authority}"))?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.take(LONGEST_ANSWER).read_to_string(&mut answer).await?;
    if answer.starts_with("HTTP/1.1 ") { Ok(answer) } else { bail!("the answer is no HTTP") }
}

/// Who listens on every address is reached on loopback.
fn reachable(mut listening: SocketAddr) -> SocketAddr {
    if listening.ip().is_unspecified() {
        listening.set_ip(match listening {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    listening
}
