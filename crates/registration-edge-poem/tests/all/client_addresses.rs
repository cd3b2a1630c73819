//! The client's address cannot be made up.

use poem::{Route, endpoint::make_sync, get};
use registration_edge_poem::{
    ClientAddress,
    client_address::{ForwardedBy, TrustedProxies},
};

use super::support::server;

/// Asks with these headers, through a server that believes these networks, and expects to be taken for that.
async fn check(networks: &[&str], header: ForwardedBy, headers: &str, client: &str) {
    let tell =
        make_sync(|request| request.data::<ClientAddress>().map(ToString::to_string).unwrap_or_default());
    let networks = networks.iter().map(|network| network.parse().unwrap()).collect();
    let proxies = TrustedProxies { networks, header };
    let server =
        server(Route::new().at("/me", get(tell)), |settings, _| settings.trusted_proxies = proxies).await;
    assert_eq!(server.get("/me", headers).await.body, client, "{headers}");
}

const XFF: ForwardedBy = ForwardedBy::XForwardedFor;
const OURS: &[&str] = &["127.0.0.0/8", "10.0.0.0/8"];

#[tokio::test]
async fn nobody_is_believed_by_default() {
    for header in ["X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP"] {
        check(&[], XFF, &format!("{header}: 192.0.2.1\r\n"), "127.0.0.1").await;
    }
    check(&["10.0.0.0/8"], XFF, "X-Forwarded-For: 192.0.2.1\r\n", "127.0.0.1").await;
}

#[tokio::test]
async fn the_rightmost_hop_that_is_not_ours_is_the_client() {
    check(OURS, XFF, "X-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1").await;
    check(OURS, XFF, "X-Forwarded-For: 6.6.6.6, 192.0.2.1, 10.0.0.7\r\n", "192.0.2.1").await;
    check(OURS, XFF, "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1").await;
}

#[tokio::test]
async fn what_cannot_be_read_ends_the_walk() {
    check(OURS, XFF, "X-Forwarded-For: 6.6.6.6, nonsense, 10.0.0.7\r\n", "10.0.0.7").await;
    check(OURS, XFF, "X-Forwarded-For: 6.6.6.6, nonsense\r\n", "127.0.0.1").await;
    check(OURS, XFF, "X-Forwarded-For: 6.6.6.6, \r\n", "127.0.0.1").await;
    check(OURS, XFF, "", "127.0.0.1").await;
}

#[tokio::test]
async fn only_the_header_that_our_proxy_writes_is_read() {
    let both = "Forwarded: for=6.6.6.6\r\nX-Forwarded-For: 192.0.2.1\r\n";
    check(OURS, XFF, both, "192.0.2.1").await;
    check(OURS, ForwardedBy::Forwarded, both, "6.6.6.6").await;
}

#[tokio::test]
async fn forwarded_is_read_as_its_standard_says() {
    for (said, client) in [
        ("for=192.0.2.43;proto=https, for=10.1.1.1", "192.0.2.43"),
        ("For=\"[2001:db8:cafe::17]:4711\"", "2001:db8:cafe::17"),
        ("by=10.0.0.1;for=\"192.0.2.43:47\"", "192.0.2.43"),
        ("for=6.6.6.6, for=unknown", "127.0.0.1"),
        ("for=6.6.6.6, for=_hidden", "127.0.0.1"),
        ("proto=https", "127.0.0.1"),
    ] {
        check(OURS, ForwardedBy::Forwarded, &format!("Forwarded: {said}\r\n"), client).await;
    }
}

#[tokio::test]
async fn an_ipv4_address_in_ipv6_clothing_is_the_ipv4_address() {
    check(OURS, XFF, "X-Forwarded-For: ::ffff:192.0.2.1\r\n", "192.0.2.1").await;
    check(OURS, XFF, "X-Forwarded-For: 192.0.2.1, ::ffff:10.0.0.1\r\n", "192.0.2.1").await;
}

#[test]
fn a_key_is_an_ipv4_address_or_a_64() {
    let key = |text: &str| ClientAddress::new(text.parse().unwrap()).key();
    assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
    assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
    assert_eq!(key("192.0.2.1"), key("::ffff:192.0.2.1"));
    assert_eq!(key("2001:db8:1:2::1").to_string(), "2001:db8:1:2::/64");
}
