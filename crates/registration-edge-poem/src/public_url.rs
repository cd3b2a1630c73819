//! The public URL is what links are made of, and the only name besides loopback that we answer to.

use std::{fmt, net::IpAddr, str::FromStr};

use poem::http::{
    Uri,
    uri::{Authority, Scheme},
};

/// Where people reach the service: a scheme, a host and a port.
///
/// ```
/// use registration_edge_poem::public_url::PublicUrl;
///
/// let url: PublicUrl = "https://Registration.Example/".parse()?;
/// assert!(url.is_https());
/// assert_eq!(url.to_string(), "https://registration.example");
/// assert!("ftp://example.org".parse::<PublicUrl>().is_err());
/// # Ok::<(), registration_edge_poem::public_url::NotAPublicUrl>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    https: bool,
    host: Host,
}

/// A text that is no public URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPublicUrl {
    /// Neither `http://` nor `https://`, or no host.
    #[error("a public URL is http:// or https:// and a host")]
    Malformed,
    /// A path, a query or a user name.
    #[error("a public URL has no path, no query and no user name")]
    MoreThanAnOrigin,
}

/// A host and the port that it is asked for at, as a request names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    name: String,
    port: Option<u16>,
}

impl PublicUrl {
    /// Whether people reach us over TLS.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Whether only this machine reaches us.
    pub fn is_loopback(&self) -> bool {
        self.host.is_loopback()
    }

    /// Whether a request that names this host means us; a port that is the scheme's own may be left out.
    pub(crate) fn is_at(&self, host: &Host) -> bool {
        let default = if self.https { 443 } else { 80 };
        self.host.name == host.name && self.host.port.unwrap_or(default) == host.port.unwrap_or(default)
    }
}

impl FromStr for PublicUrl {
    type Err = NotAPublicUrl;

    fn from_str(text: &str) -> Result<Self, NotAPublicUrl> {
        let uri: Uri = text.trim().parse().map_err(|_| NotAPublicUrl::Malformed)?;
        let https = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTPS => true,
            Some(scheme) if *scheme == Scheme::HTTP => false,
            _ => return Err(NotAPublicUrl::Malformed),
        };
        let authority = uri.authority().ok_or(NotAPublicUrl::Malformed)?;
        if authority.as_str().contains('@') || !matches!(uri.path(), "" | "/") || uri.query().is_some() {
            return Err(NotAPublicUrl::MoreThanAnOrigin);
        }
        let host = Host::parse(authority.as_str()).ok_or(NotAPublicUrl::Malformed)?;
        Ok(Self { https, host })
    }
}

impl fmt::Display for PublicUrl {
    /// The origin, without a slash at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.https { "https" } else { "http" }, self.host.name)?;
        self.host.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl Host {
    /// The host of a `Host` header or an authority, in lower case.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let authority: Authority = text.parse().ok()?;
        let name = authority.host().to_ascii_lowercase();
        let rest = authority.as_str().get(name.len()..)?;
        let port = match rest.strip_prefix(':') {
            Some("") | None => None,
            Some(digits) => Some(digits.parse().ok()?),
        };
        // Anything else beside host and port, such as a user name, would have shifted the rest.
        let whole = rest.is_empty() || rest.starts_with(':');
        (whole && !name.is_empty() && !authority.as_str().contains('@')).then_some(Self { name, port })
    }

    /// `localhost`, a name below it, or an address of the loopback interface.
    pub(crate) fn is_loopback(&self) -> bool {
        let bare = self.name.trim_start_matches('[').trim_end_matches(']');
        self.name == "localhost"
            || self.name.ends_with(".localhost")
            || bare.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
    }
}
