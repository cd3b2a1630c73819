//! A connection has deadlines, and there are only so many.

use std::time::Duration;

use poem::{Route, endpoint::make, endpoint::make_sync, get};
use registration_edge_poem::{ListenerLimits, bind};
use tokio::{net::TcpStream, time::Instant};

use super::support::{Server, server};

async fn limited(differ: impl FnOnce(&mut ListenerLimits)) -> Server {
    let slow = make(|_| async {
        // waits for: nothing; it is the slow handler that the deadlines are tried on.
        tokio::time::sleep(Duration::from_secs(2)).await;
        "slow"
    });
    let large = make_sync(|_| vec![b'x'; 64 * 1024 * 1024]);
    let routes =
        Route::new().at("/fine", get(make_sync(|_| "fine"))).at("/slow", get(slow)).at("/large", get(large));
    server(routes, |_, limits| differ(limits)).await
}

fn request(server: &Server, path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)
}

const SHORT: Duration = Duration::from_millis(150);

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let server = limited(|limits| limits.head_deadline = SHORT).await;
    server.connect().await.closed().await;
}

#[tokio::test]
async fn a_head_that_never_ends_is_closed_however_it_trickles() {
    let server = limited(|limits| limits.head_deadline = SHORT).await;
    let mut client = server.connect().await;
    let began = Instant::now();
    let mut trickle = tokio::time::interval(Duration::from_millis(20));
    client.say("GET /fine HTTP/1.1\r\n").await;
    loop {
        tokio::select! {
            () = client.closed() => break,
            _ = trickle.tick() => {}
        }
        client.try_to_say(b"X-Slow: 1\r\n").await;
        assert!(began.elapsed() < Duration::from_secs(10), "still open");
    }
    assert!(began.elapsed() >= SHORT, "an honest client has its time");
}

#[tokio::test]
async fn a_second_head_has_the_same_deadline() {
    let server = limited(|limits| limits.head_deadline = SHORT).await;
    let mut client = server.connect().await;
    client.say(&request(&server, "/fine")).await;
    assert_eq!(client.answer().await.status, 200);
    let began = Instant::now();
    client.say("GET /f").await;
    client.closed().await;
    assert!(began.elapsed() < Duration::from_secs(10), "not the deadline of idling");
}

#[tokio::test]
async fn an_idle_connection_is_kept_for_a_while_and_then_closed() {
    let server = limited(|limits| {
        limits.head_deadline = Duration::from_millis(50);
        limits.idle_deadline = Duration::from_secs(2);
    })
    .await;
    let mut client = server.connect().await;
    client.say(&request(&server, "/fine")).await;
    client.answer().await;
    // Idling is no head: it has a deadline of its own, and a request within it is answered.
    // waits for: the deadline of a head to pass.
    tokio::time::sleep(SHORT).await;
    client.say(&request(&server, "/fine")).await;
    assert_eq!(client.answer().await.status, 200);
    client.closed().await;
}

#[tokio::test]
async fn a_request_may_take_longer_than_a_head() {
    let server = limited(|limits| {
        limits.head_deadline = Duration::from_millis(50);
        limits.idle_deadline = Duration::from_millis(50);
    })
    .await;
    let mut client = server.connect().await;
    client.say(&request(&server, "/slow")).await;
    assert_eq!(client.answer().await.body, "slow");
}

#[tokio::test]
async fn a_client_that_takes_nothing_is_closed_and_its_place_is_free() {
    let server = limited(|limits| {
        limits.write_deadline = SHORT;
        limits.connections = 1;
    })
    .await;
    let mut stuck = server.connect().await;
    stuck.say(&request(&server, "/large")).await;
    assert_eq!(server.get("/fine", "").await.status, 200);
}

#[tokio::test]
async fn a_burst_of_connections_waits_in_the_kernel_and_is_not_dropped() {
    let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    for _ in 0..200 {
        // A dropped attempt is repeated after a second, which is what must not happen.
        let connected = tokio::time::timeout(Duration::from_millis(900), TcpStream::connect(address)).await;
        waiting.push(connected.expect("the kernel has room").unwrap());
    }
}

#[tokio::test]
async fn beyond_the_cap_a_connection_waits_for_a_place() {
    let server = limited(|limits| limits.connections = 1).await;
    let mut first = server.connect().await;
    first.say(&request(&server, "/fine")).await;
    assert_eq!(first.answer().await.status, 200);
    let mut second = server.connect().await;
    second.say(&request(&server, "/fine")).await;
    let waiting = tokio::time::timeout(SHORT, second.answer()).await;
    assert!(waiting.is_err(), "the place is taken");
    drop(first);
    assert_eq!(second.answer().await.status, 200);
}
