//! The log tells the route and never the address, and metrics are told the same.

use std::{
    io,
    sync::{Arc, Mutex, OnceLock},
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

/// Everything that this process logs from now on, at every level. There is one for all tests, since what
/// a thread captures for itself depends on what other threads log at the same time.
fn captured() -> &'static Captured {
    static CAPTURED: OnceLock<Captured> = OnceLock::new();
    CAPTURED.get_or_init(|| {
        let captured = Captured::default();
        tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(captured.clone())
            .init();
        captured
    })
}

/// The log after these paths were asked for, with ids that begin with `id`.
async fn log_of(id: &str, paths: &[&str]) -> String {
    let captured = captured();
    let server = server(routes(), |_, _| ()).await;
    for (n, path) in paths.iter().enumerate() {
        server.get(path, &format!("Request-Id: {id}-{n}\r\n")).await;
    }
    let bytes = captured.0.lock().unwrap().clone();
    String::from_utf8(bytes).unwrap()
}

/// The one event of that request that says how it was answered.
fn event<'a>(log: &'a str, request_id: &str) -> &'a str {
    let named = format!("request_id={request_id}}}");
    let mut events = log.lines().filter(|line| line.contains(&named) && line.contains("answered"));
    let event = events.next().unwrap_or_else(|| panic!("no event of {request_id} in {log}"));
    assert_eq!(events.next(), None, "one event a request");
    event
}

#[tokio::test]
async fn the_route_is_logged_and_never_the_token() {
    let paths = ["/api/i/tok3n-s3cret?q=tok3n-s3cret", "/none/tok3n-s3cret", "/api/boom/tok3n-s3cret"];
    let log = log_of("token", &paths).await;
    assert!(event(&log, "token-0").contains("route=\"/api/i/:token\""), "{log}");
    assert!(event(&log, "token-1").contains("route=\"(unmatched)\" status=404"), "{log}");
    assert!(event(&log, "token-2").contains("status=500"), "{log}");
    assert!(!log.contains("tok3n-s3cret"), "{log}");
}

#[tokio::test]
async fn one_event_tells_method_status_time_size_and_request() {
    let log = log_of("whole", &["/api/i/x"]).await;
    let event = event(&log, "whole-0");
    for part in ["method=\"GET\"", "status=200", "micros=", "bytes=5"] {
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
