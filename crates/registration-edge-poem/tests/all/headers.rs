//! Security headers stand on every answer, and only our own hosts are answered.

use poem::{IntoResponse, Response, Route, endpoint::make_sync, get};

use super::support::{Server, plain, server};

fn routes() -> Route {
    let page = make_sync(|_| -> Response {
        "<p>".with_header("Content-Security-Policy", "default-src 'self'").into_response()
    });
    Route::new()
        .at("/fine", get(make_sync(|_| "fine")))
        .at("/livez", get(make_sync(|_| "alive")))
        .at("/page", get(page))
}

async fn at_host(server: &Server, path: &str, host: &str) -> super::support::Answer {
    server.send(&format!("GET {path} HTTP/1.1\r\n{host}\r\n")).await
}

#[tokio::test]
async fn every_answer_has_them_an_error_too() {
    let server = plain(routes()).await;
    for path in ["/fine", "/nowhere"] {
        let answer = server.get(path, "").await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path} {name}");
        }
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(answer.header("permissions-policy").is_some());
        assert_eq!(answer.header("strict-transport-security"), None, "this is http");
    }
}

#[tokio::test]
async fn a_page_keeps_its_own_policy() {
    let answer = plain(routes()).await.get("/page", "").await;
    assert_eq!(answer.header("content-security-policy"), Some("default-src 'self'"));
}

#[tokio::test]
async fn https_is_told_to_stay_https() {
    let https = |settings: &mut registration_edge_poem::EdgeSettings| {
        settings.public_url = "https://registration.example".parse().unwrap();
    };
    let server = server(routes(), |settings, _| https(settings)).await;
    let answer = at_host(&server, "/fine", "Host: registration.example\r\n").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("strict-transport-security").unwrap().starts_with("max-age="));
}

#[tokio::test]
async fn another_host_is_refused() {
    let server = plain(routes()).await;
    at_host(&server, "/fine", "Host: evil.example\r\n").await.is_problem(421, "misdirected_request");
    at_host(&server, "/fine", "Host: 127.0.0.1.evil.example\r\n")
        .await
        .is_problem(421, "misdirected_request");
    let absolute = format!("GET http://evil.example/fine HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    server.send(&absolute).await.is_problem(421, "misdirected_request");
}

#[tokio::test]
async fn no_host_and_two_hosts_are_malformed() {
    let server = plain(routes()).await;
    at_host(&server, "/fine", "").await.is_problem(400, "malformed_request");
    let two = format!("Host: {0}\r\nHost: {0}\r\n", server.address);
    at_host(&server, "/fine", &two).await.is_problem(400, "malformed_request");
    at_host(&server, "/fine", "Host: user@localhost\r\n").await.is_problem(400, "malformed_request");
}

#[tokio::test]
async fn loopback_names_are_known_where_we_listen_on_loopback_only() {
    let local = plain(routes()).await;
    let open = server(routes(), |settings, _| {
        settings.public_url = "https://registration.example".parse().unwrap();
        settings.listening = "0.0.0.0:80".parse().unwrap();
    })
    .await;
    for host in ["Host: localhost\r\n", "Host: [::1]:8080\r\n", "Host: LOCALHOST:1\r\n"] {
        assert_eq!(at_host(&local, "/fine", host).await.status, 200, "{host}");
        at_host(&open, "/fine", host).await.is_problem(421, "misdirected_request");
    }
    assert_eq!(at_host(&open, "/fine", "Host: Registration.Example:443\r\n").await.status, 200);
    at_host(&open, "/fine", "Host: registration.example:80\r\n").await.is_problem(421, "misdirected_request");
}

#[tokio::test]
async fn a_probe_is_answered_at_any_host() {
    let server = plain(routes()).await;
    assert_eq!(at_host(&server, "/livez", "Host: 10.0.0.9:8080\r\n").await.status, 200);
}
