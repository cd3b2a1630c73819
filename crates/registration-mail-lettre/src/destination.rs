//! One URL says where mail goes and how well it is protected on its way.
use std::{net::IpAddr, path::PathBuf};

use registration_domain::secret::Secret;

use crate::{mailer::MailRoute, settings::UnusableMail};

/// Where mail goes.
pub(crate) enum Destination {
    Smtp(Server),
    Files(PathBuf),
    /// Into the directory that the settings name, where the URL names none.
    Mailbox(Option<PathBuf>),
}

/// A server that takes mail.
pub(crate) struct Server {
    pub(crate) protection: Protection,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) login: Option<Login>,
}

/// How a connection to it is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protection {
    /// It begins in the clear, and nothing is said before it is upgraded.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None.
    Plain,
}

pub(crate) struct Login {
    pub(crate) user: String,
    pub(crate) password: Secret,
}

impl Destination {
    pub(crate) fn parse(url: &str, allow_plain: bool) -> Result<Self, UnusableMail> {
        let (scheme, rest) =
            url.split_once(':').ok_or(UnusableMail::Url("it has no scheme, such as smtps:"))?;
        let (protection, port) = match scheme.to_ascii_lowercase().as_str() {
            "smtp" => (Protection::StartTls, 587),
            "smtps" => (Protection::Tls, 465),
            "smtp+plain" => (Protection::Plain, 25),
            "file" if rest.is_empty() => return Err(UnusableMail::Url("file: needs a directory")),
            "file" => return Ok(Self::Files(rest.into())),
            "mailbox" => return Ok(Self::Mailbox((!rest.is_empty()).then(|| rest.into()))),
            _ => {
                return Err(UnusableMail::Url(
                    "its scheme is none of smtp, smtps, smtp+plain, file and mailbox",
                ));
            }
        };
        let server = Server::parse(protection, port, rest)?;
        if protection == Protection::Plain && !allow_plain && !is_loopback(&server.host) {
            return Err(UnusableMail::PlainBeyondLoopback { host: server.host });
        }
        Ok(Self::Smtp(server))
    }
}

impl Destination {
    pub(crate) fn route(&self) -> MailRoute {
        match self {
            Self::Smtp(Server { protection, host, port, login: _ }) => MailRoute::Server {
                host: host.clone(),
                port: *port,
                has_tls: *protection != Protection::Plain,
            },
            Self::Files(_) => MailRoute::Files,
            Self::Mailbox(_) => MailRoute::Mailbox,
        }
    }
}

impl Server {
    fn parse(protection: Protection, default_port: u16, rest: &str) -> Result<Self, UnusableMail> {
        let authority =
            rest.strip_prefix("//").ok_or(UnusableMail::Url("two slashes come after the scheme"))?;
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        // An @ that is not percent-encoded can only be the last one.
        let (login, address) = match authority.rsplit_once('@') {
            Some((login, address)) => (Some(Login::parse(login)?), address),
            None => (None, authority),
        };
        let (host, port) = host_and_port(address)?;
        Ok(Self { protection, host: host.to_owned(), port: port.unwrap_or(default_port), login })
    }
}

impl Login {
    fn parse(text: &str) -> Result<Self, UnusableMail> {
        let (user, password) =
            text.split_once(':').ok_or(UnusableMail::Url("a user needs a password: user:password@"))?;
        if user.is_empty() || password.is_empty() {
            return Err(UnusableMail::Url("user and password cannot be empty"));
        }
        Ok(Self { user: percent_decoded(user)?, password: Secret::new(percent_decoded(password)?) })
    }
}

fn host_and_port(address: &str) -> Result<(&str, Option<u16>), UnusableMail> {
    let (host, port) = match address.strip_prefix('[') {
        Some(v6) => v6.split_once(']').ok_or(UnusableMail::Url("its [ has no ]"))?,
        None => address.split_at(address.find(':').unwrap_or(address.len())),
    };
    let is_name = |b: u8| b.is_ascii_alphanumeric() || b"-._:".contains(&b);
    if host.is_empty() || !host.bytes().all(is_name) {
        return Err(UnusableMail::Url("it names no host"));
    }
    let port = match port.strip_prefix(':') {
        Some(port) => Some(port.parse().map_err(|_| UnusableMail::Url("its port is no port"))?),
        None if port.is_empty() => None,
        None => return Err(UnusableMail::Url("it names no host")),
    };
    Ok((host, port))
}

/// RFC 3986, 2.1.
fn percent_decoded(text: &str) -> Result<String, UnusableMail> {
    const WRONG: UnusableMail =
        UnusableMail::Url("a % is not followed by two hexadecimal digits of UTF-8 text");
    let mut parts = text.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).ok_or(WRONG)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(WRONG);
        }
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| WRONG)?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).map_err(|_| WRONG)
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests;
