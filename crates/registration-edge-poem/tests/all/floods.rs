//! A client that calls too often is told when to come back; others are not held up.

use std::num::NonZeroU32;

use poem::{Route, endpoint::make_sync, get};
use registration_edge_poem::{client_address::TrustedProxies, flood::FloodSettings};

use super::support::{Server, server};

async fn with_limit(per_minute: u32, count_loopback: bool) -> Server {
    let networks = vec!["127.0.0.0/8".parse().unwrap()];
    server(Route::new().at("/", get(make_sync(|_| "fine"))), |settings, _| {
        settings.flood = Some(FloodSettings {
            per_minute: NonZeroU32::new(per_minute).unwrap(),
            count_loopback,
            ..FloodSettings::default()
        });
        settings.trusted_proxies = TrustedProxies { networks, ..TrustedProxies::default() };
    })
    .await
}

fn from(client: &str) -> String {
    format!("X-Forwarded-For: {client}\r\n")
}

#[tokio::test]
async fn one_call_too_many_is_told_when_to_come_back() {
    let server = with_limit(3, false).await;
    for _ in 0..3 {
        assert_eq!(server.get("/", &from("192.0.2.1")).await.status, 200);
    }
    let answer = server.get("/", &from("192.0.2.1")).await;
    answer.is_problem(429, "too_many_requests");
    let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=20).contains(&seconds), "one of three a minute comes free in 20 s, not {seconds}");
    assert_eq!(answer.header("ratelimit"), Some(format!("\"public\";r=0;t={seconds}").as_str()));
    assert_eq!(answer.header("ratelimit-policy"), Some("\"public\";q=3;w=60"));
    assert_eq!(server.get("/", &from("192.0.2.2")).await.status, 200, "others are not held up");
}

#[tokio::test]
async fn neighbours_in_a_64_are_one_client() {
    let server = with_limit(1, false).await;
    assert_eq!(server.get("/", &from("2001:db8:1:2::1")).await.status, 200);
    assert_eq!(server.get("/", &from("2001:db8:1:2::2")).await.status, 429);
    assert_eq!(server.get("/", &from("2001:db8:1:3::1")).await.status, 200);
}

#[tokio::test]
async fn a_made_up_hop_is_no_way_around() {
    let server = with_limit(1, false).await;
    assert_eq!(server.get("/", &from("1.1.1.1, 192.0.2.1")).await.status, 200);
    assert_eq!(server.get("/", &from("2.2.2.2, 192.0.2.1")).await.status, 429);
}

#[tokio::test]
async fn calls_of_signed_in_people_do_not_count() {
    let server = with_limit(1, false).await;
    for _ in 0..3 {
        let headers = format!("Authorization: Bearer x\r\n{}", from("192.0.2.1"));
        assert_eq!(server.get("/", &headers).await.status, 200);
    }
}

#[tokio::test]
async fn loopback_counts_only_when_told() {
    let free = with_limit(1, false).await;
    let counted = with_limit(1, true).await;
    assert_eq!(free.get("/", "").await.status, 200);
    assert_eq!(free.get("/", "").await.status, 200);
    assert_eq!(counted.get("/", "").await.status, 200);
    assert_eq!(counted.get("/", "").await.status, 429);
}
