//! The hops that a request says it took, oldest first; one that cannot be read is `None`.

use std::net::{IpAddr, SocketAddr};

use poem::http::{HeaderMap, header};

use super::ForwardedBy;

/// All hops of all headers of that name, in order.
pub(super) fn hops(by: ForwardedBy, headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    match by {
        ForwardedBy::XForwardedFor => elements(headers, "x-forwarded-for").map(|hop| node(hop?)).collect(),
        ForwardedBy::Forwarded => {
            elements(headers, header::FORWARDED.as_str()).map(|hop| node(for_of(hop?)?)).collect()
        }
    }
}

fn elements<'a>(headers: &'a HeaderMap, name: &'a str) -> impl Iterator<Item = Option<&'a str>> {
    headers.get_all(name).iter().flat_map(|value| match value.to_str() {
        Ok(text) => text.split(',').map(|element| Some(element.trim())).collect(),
        Err(_) => vec![None],
    })
}

/// The `for` parameter of an element of `Forwarded`.
fn for_of(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    })
}

/// An address, bare, in brackets, or with a port; `unknown` and made-up names are none.
fn node(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}
