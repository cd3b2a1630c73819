//! The log tells the route and never the address, and metrics are told the same.

use std::{
    io,
    sync::{Arc, Mutex},
};

use poem::{Route, endpoint::make_sync, get};
use tracing_subscriber::fmt::MakeWriter;

use super::support::server;

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl io::Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Captured {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

fn routes() -> Route {
    let nested = Route::new()
        .at("/i/:token", get(make_sync(|_| "hello")))
        .at("/boom/:token", get(make_sync(|_| -> &'static str { panic!("boom") })));
    Route::new().nest("/api", nested)
}

/// Everything that is logged, at every level, while these paths are asked for.
async fn log_of(paths: &[&str]) -> String {
    let captured = Captured::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(captured.clone())
        .finish();
    // One thread runs the test and the server, so its default subscriber sees both.
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = server(routes(), |_, _| ()).await;
    for path in paths {
        server.get(path, "Request-Id: the-id\r\n").await;
    }
    let bytes = captured.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

fn ours(log: &str) -> Vec<&str> {
    log.lines().filter(|line| line.contains("registration_edge_poem")).collect()
}

#[tokio::test]
async fn the_route_is_logged_and_never_the_token() {
    let log =
        log_of(&["/api/i/tok3n-s3cret?q=tok3n-s3cret", "/none/tok3n-s3cret", "/api/boom/tok3n-s3cret"]).await;
    assert!(log.contains("route=\"/api/i/:token\""), "{log}");
    assert!(log.contains("route=\"(unmatched)\" status=404"), "{log}");
    assert!(!log.contains("tok3n-s3cret"), "{log}");
}

#[tokio::test]
async fn one_event_tells_method_status_time_size_and_request() {
    let log = log_of(&["/api/i/x"]).await;
    let events: Vec<_> = ours(&log).into_iter().filter(|line| line.contains("answered")).collect();
    let [event] = events[..] else { panic!("{log}") };
    for part in ["method=\"GET\"", "status=200", "micros=", "bytes=5", "request_id=the-id"] {
        assert!(event.contains(part), "{part} in {event}");
    }
    assert!(!event.contains("127.0.0.1"), "no address: {event}");
}

#[tokio::test]
async fn the_observer_is_told_the_same() {
    let told: Arc<Mutex<Vec<(String, String, u16)>>> = Arc::default();
    let server = server(routes(), |settings, _| {
        let told = Arc::clone(&told);
        settings.observe = Arc::new(move |seen| {
            told.lock().unwrap().push((seen.method.into(), seen.route.into(), seen.status));
        });
    })
    .await;
    server.get("/api/i/x", "").await;
    server.send(&format!("MADEUP /api/i/x HTTP/1.1\r\nHost: {}\r\n\r\n", server.address)).await;
    let told = told.lock().unwrap().clone();
    let expected = |method: &str, status| (method.to_owned(), "/api/i/:token".to_owned(), status);
    assert_eq!(told, [expected("GET", 200), expected("OTHER", 405)]);
}
