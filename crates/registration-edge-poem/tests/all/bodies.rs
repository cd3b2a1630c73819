//! Bodies are measured while they are read, whatever they declare.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use poem::{Body, EndpointExt, Request, Route, endpoint::make, post};
use registration_edge_poem::body_limit::BodyLimit;

use tokio::io::AsyncReadExt;

use super::support::{Server, server};

const MINUTE: Duration = Duration::from_mins(1);

async fn with_limit(limit: BodyLimit) -> Server {
    let length = |mut request: Request| async move {
        let body: Body = request.take_body();
        Ok::<_, poem::Error>(body.into_bytes().await?.len().to_string())
    };
    let routes = Route::new()
        .at("/", post(make(length)))
        .at("/upload", post(make(length).with(BodyLimit { bytes: 1000, deadline: MINUTE })))
        .at("/small", post(make(length).with(BodyLimit { bytes: 10, deadline: MINUTE })))
        .at("/ignores", post(make(|_| async { "ignored" })));
    server(routes, |settings, _| settings.body = limit).await
}

fn head(server: &Server, path: &str, header: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: {}\r\n{header}\r\n\r\n", server.address)
}

async fn declared(server: &Server, path: &str, length: usize) -> super::support::Answer {
    let body = "x".repeat(length);
    server.send(&format!("{}{body}", head(server, path, &format!("Content-Length: {length}")))).await
}

#[tokio::test]
async fn a_body_up_to_the_limit_is_read_and_no_more() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: MINUTE }).await;
    assert_eq!(declared(&server, "/", 100).await.body, "100");
    declared(&server, "/", 101).await.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn a_chunked_body_is_counted_as_it_comes() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: MINUTE }).await;
    let mut client = server.connect().await;
    client.say(&head(&server, "/", "Transfer-Encoding: chunked")).await;
    let chunk = format!("32\r\n{}\r\n", "x".repeat(50));
    client.say(&chunk.repeat(2)).await;
    client.say("1\r\nx\r\n").await;
    client.answer().await.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn a_handler_never_sees_more_than_the_limit() {
    let seen = Arc::new(AtomicUsize::new(0));
    let count = {
        let seen = Arc::clone(&seen);
        move |mut request: Request| {
            let seen = Arc::clone(&seen);
            async move {
                let mut body = request.take_body().into_async_read();
                let mut buffer = [0; 1000];
                while let Ok(read @ 1..) = body.read(&mut buffer).await {
                    seen.fetch_add(read, Ordering::Relaxed);
                }
            }
        }
    };
    let limit = BodyLimit { bytes: 100, deadline: MINUTE };
    let server = server(Route::new().at("/", post(make(count))), |settings, _| settings.body = limit).await;
    let chunk = format!("96\r\n{}\r\n", "x".repeat(150));
    let answer = server.send(&format!("{}{chunk}", head(&server, "/", "Transfer-Encoding: chunked"))).await;
    answer.is_problem(413, "body_too_large");
    assert!(seen.load(Ordering::Relaxed) <= 100);
}

#[tokio::test]
async fn a_declared_length_is_refused_before_it_comes() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: MINUTE }).await;
    let answer = server.send(&head(&server, "/", "Content-Length: 10000000000")).await;
    answer.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn a_client_that_sends_everything_first_still_reads_the_refusal() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: MINUTE }).await;
    let mut client = server.connect().await;
    client.say(&head(&server, "/", "Content-Length: 30000000")).await;
    client.say_bytes(&vec![b'x'; 30_000_000]).await;
    client.answer().await.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn a_route_has_a_limit_of_its_own() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: MINUTE }).await;
    assert_eq!(declared(&server, "/upload", 1000).await.body, "1000");
    declared(&server, "/upload", 1001).await.is_problem(413, "body_too_large");
    declared(&server, "/small", 11).await.is_problem(413, "body_too_large");
}

#[tokio::test]
async fn a_slow_body_is_refused_at_the_deadline() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: Duration::from_millis(100) }).await;
    let mut client = server.connect().await;
    client.say(&head(&server, "/", "Content-Length: 10")).await;
    client.say("x").await;
    client.answer().await.is_problem(408, "request_timeout");
}

#[tokio::test]
async fn a_compressed_body_is_not_expanded() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: MINUTE }).await;
    let answer = server
        .send(&format!("{}1234", head(&server, "/", "Content-Encoding: gzip\r\nContent-Length: 4")))
        .await;
    assert_eq!(answer.body, "4");
}

#[tokio::test]
async fn a_body_that_nobody_reads_does_no_harm() {
    let server = with_limit(BodyLimit { bytes: 100, deadline: MINUTE }).await;
    assert_eq!(declared(&server, "/ignores", 50).await.body, "ignored");
}
