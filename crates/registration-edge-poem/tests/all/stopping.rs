//! A stop lets running requests finish, and only for so long.

use std::{sync::Arc, time::Duration};

use poem::{Route, endpoint::make, get};
use tokio::{net::TcpStream, sync::Notify};

use super::support::{Server, server};

/// A server with a route that says when it has begun and waits to be let go on.
async fn with_waiting_route(grace: Duration) -> (Server, Arc<Notify>, Arc<Notify>) {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let route = make({
        let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
        move |_| {
            let (begun, go_on) = (Arc::clone(&begun), Arc::clone(&go_on));
            async move {
                begun.notify_one();
                go_on.notified().await;
                "done"
            }
        }
    });
    let server = server(Route::new().at("/", get(route)), |_, limits| limits.grace = grace).await;
    (server, begun, go_on)
}

#[tokio::test]
async fn a_running_request_is_answered_and_a_new_connection_is_not() {
    let (mut server, begun, go_on) = with_waiting_route(Duration::from_secs(20)).await;
    let mut idle = server.connect().await;
    let mut client = server.connect().await;
    client.say(&format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)).await;
    begun.notified().await;
    server.shutdown.cancel();
    idle.closed().await;
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody listens any more");
    go_on.notify_one();
    assert_eq!(client.answer().await.body, "done");
    client.closed().await;
    (&mut server.stopped).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_never_ends_is_given_up() {
    let (mut server, begun, _go_on) = with_waiting_route(Duration::from_millis(100)).await;
    let mut client = server.connect().await;
    client.say(&format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)).await;
    begun.notified().await;
    server.shutdown.cancel();
    let stopped = tokio::time::timeout(Duration::from_secs(10), &mut server.stopped).await;
    stopped.expect("the grace is over").unwrap().unwrap();
    client.closed().await;
}
