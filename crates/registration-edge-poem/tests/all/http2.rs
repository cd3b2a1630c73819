//! HTTP/2 is spoken on the same port, with the same layers and deadlines.

use std::time::Duration;

use poem::{Route, endpoint::make_sync, get};

use super::support::{Client, Server, server};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const SHORT: Duration = Duration::from_millis(100);
const LONG: Duration = Duration::from_mins(1);

async fn with_deadlines(head: Duration, idle: Duration) -> Server {
    let routes = Route::new().at("/", get(make_sync(|_| "fine")));
    server(routes, |_, limits| {
        limits.head_deadline = head;
        limits.idle_deadline = idle;
    })
    .await
}

fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    let mut bytes = vec![0, 0, length, kind, flags, 0, 0, 0, stream];
    bytes.extend(payload);
    bytes
}

/// `GET /` at this host, as the whole of a stream: three entries of HPACK's static table and a literal.
fn ask(stream: u8, host: &str) -> Vec<u8> {
    const END_OF_STREAM_AND_HEADERS: u8 = 0x5;
    let mut block = vec![0x82, 0x86, 0x84, 0x41, u8::try_from(host.len()).unwrap()];
    block.extend(host.as_bytes());
    frame(HEADERS, END_OF_STREAM_AND_HEADERS, stream, &block)
}

/// Waits for a frame of that kind and tells its payload.
async fn next(client: &mut Client, wanted: u8) -> Vec<u8> {
    loop {
        let head = client.bytes(9).await;
        let length = usize::from(head[1]) * 256 + usize::from(head[2]);
        let payload = client.bytes(length).await;
        if head[3] == wanted {
            return payload;
        }
    }
}

async fn asked(server: &Server, host: &str) -> (Client, Vec<u8>) {
    let mut client = server.connect().await;
    client.say_bytes(&[PREFACE, &frame(SETTINGS, 0, 0, &[]), &ask(1, host)].concat()).await;
    let headers = next(&mut client, HEADERS).await;
    (client, headers)
}

#[tokio::test]
async fn a_request_is_answered_through_the_same_layers() {
    const STATUS_200: u8 = 0x88;
    let server = with_deadlines(LONG, LONG).await;
    let (_client, headers) = asked(&server, &server.address.to_string()).await;
    assert_eq!(headers[0], STATUS_200);
    let (_client, headers) = asked(&server, "evil.example").await;
    assert_ne!(headers[0], STATUS_200, "another host is refused");
}

#[tokio::test]
async fn an_idle_connection_is_told_good_bye() {
    let server = with_deadlines(LONG, SHORT).await;
    let (mut client, _) = asked(&server, &server.address.to_string()).await;
    next(&mut client, GOAWAY).await;
}

#[tokio::test]
async fn frames_that_belong_to_no_request_are_no_head() {
    let server = with_deadlines(SHORT, LONG).await;
    let host = server.address.to_string();
    let (mut client, _) = asked(&server, &host).await;
    client.say_bytes(&frame(PING, 0, 0, &[0; 8])).await;
    next(&mut client, PING).await;
    // waits for: the deadline of a head to pass; the connection is still good.
    tokio::time::sleep(3 * SHORT).await;
    client.say_bytes(&ask(3, &host)).await;
    next(&mut client, HEADERS).await;
}
