//! What changes something is asked for by our own pages only, as the browser itself tells.
use poem::http::{HeaderMap, Method, Uri, header};

/// Whether a request of this method may change something.
pub(super) fn is_unsafe(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE)
}

/// Whether the request comes from a page of ours. `Sec-Fetch-Site` says so; `Origin` must not contradict. A page
/// without referrer sends the origin `null`, which says nothing beside the former and is refused without it.
/// What sends neither is no browser, and holds no cookies that somebody else could make it use.
pub(super) fn is_own(headers: &HeaderMap, public_origin: &str) -> bool {
    let fetch_site = headers.get("sec-fetch-site").map(|it| it.as_bytes() == b"same-origin");
    let origin = headers.get(header::ORIGIN).map(|it| it.to_str().unwrap_or_default());
    match (fetch_site, origin) {
        (Some(false), _) | (None, Some("null")) => false,
        (Some(true), Some("null")) | (_, None) => true,
        (_, Some(origin)) => origin == public_origin || is_at_host(origin, headers),
    }
}

/// Whether the origin is where the request went; the edge lets only hosts of ours through.
fn is_at_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|it| it.to_str().ok());
    let Ok(origin) = origin.parse::<Uri>() else { return false };
    let is_loopback = origin.host().is_some_and(|it| matches!(it, "localhost" | "127.0.0.1" | "[::1]"));
    // Elsewhere the public URL is the only origin; the scheme of a host behind a proxy is not known here.
    is_loopback && origin.authority().map(poem::http::uri::Authority::as_str) == host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_ask_for_changes() {
        let own = "https://join.example.org";
        check(&[("sec-fetch-site", "same-origin"), ("origin", own)], true);
        check(&[("sec-fetch-site", "same-origin"), ("origin", "null")], true);
        check(&[("origin", own)], true);
        check(&[], true);
        check(&[("sec-fetch-site", "cross-site"), ("origin", own)], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("sec-fetch-site", "none")], false);
        check(&[("origin", "null")], false);
        check(&[("origin", "https://evil.example")], false);
        check(&[("origin", "https://join.example.org.evil.example")], false);
        check(&[("origin", "http://join.example.org"), ("host", "join.example.org")], false);
        check(&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], true);
        check(&[("origin", "http://127.0.0.1:9090"), ("host", "127.0.0.1:8080")], false);
    }

    fn check(told: &[(&'static str, &'static str)], own: bool) {
        let headers = told.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        assert_eq!(is_own(&headers.collect(), "https://join.example.org"), own, "{told:?}");
    }
}
