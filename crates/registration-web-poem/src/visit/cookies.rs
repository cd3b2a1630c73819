//! A cookie of ours is out of reach for scripts, for other sites and, over TLS, for other hosts.
use std::{fmt::Write as _, time::Duration};

use poem::http::{HeaderMap, HeaderValue, header};
use registration_domain::{
    secret::Secret,
    time::{DAY, HOUR},
};

use super::{Draft, Notice, Theme};

/// A year, for what a person chose.
const CHOICE: Duration = Duration::from_hours(24 * 365);

/// A cookie on its way to the browser.
#[derive(Debug, Clone)]
pub(crate) struct Cookie {
    name: &'static str,
    value: Secret,
    age: Option<Duration>,
}

pub(super) const SESSION: &str = "session";
pub(super) const VISITOR: &str = "visitor";
pub(super) const INVITATION: &str = "invitation";
pub(super) const SETUP: &str = "setup";
pub(super) const RESET: &str = "reset";
pub(super) const DEVICE: &str = "device";
pub(super) const DRAFT: &str = "draft";
pub(super) const SIGN_UP: &str = "sign_up";
pub(super) const NOTICE: &str = "notice";
pub(super) const THEME: &str = "theme";
pub(super) const LANGUAGE: &str = "language";
/// The only one that a script sets: by which clock the browser goes.
pub(super) const ZONE: &str = "zone";

impl Cookie {
    pub(super) fn session(token: &Secret, age: Duration) -> Self {
        Self { name: SESSION, value: token.clone(), age: Some(age) }
    }
    /// The session is over in this browser.
    pub(crate) fn end_session() -> Self {
        Self::end(SESSION)
    }
    pub(super) fn visitor(name: &str) -> Self {
        Self { name: VISITOR, value: Secret::new(name), age: None }
    }
    /// The invitation that was opened, out of the address bar.
    pub(crate) fn invitation(token: &Secret) -> Self {
        Self { name: INVITATION, value: plain(token), age: Some(DAY) }
    }
    /// The invitation was settled.
    pub(crate) fn end_invitation() -> Self {
        Self::end(INVITATION)
    }
    /// The setup link that was opened, out of the address bar.
    pub(crate) fn setup(token: &Secret) -> Self {
        Self { name: SETUP, value: plain(token), age: Some(DAY) }
    }
    /// The platform was set up.
    pub(crate) fn end_setup() -> Self {
        Self::end(SETUP)
    }
    /// The link to set a new password that was opened, out of the address bar.
    pub(crate) fn reset(token: &Secret) -> Self {
        Self { name: RESET, value: plain(token), age: Some(DAY) }
    }
    /// A new password was set.
    pub(crate) fn end_reset() -> Self {
        Self::end(RESET)
    }
    /// By this the browser is known again as one on which somebody signed in; it lets nobody in.
    pub(super) fn device(token: &Secret) -> Self {
        Self { name: DEVICE, value: token.clone(), age: Some(90 * DAY) }
    }
    /// What was typed when the session was over already; none where it is too long for a cookie.
    pub(super) fn draft(draft: &Draft) -> Option<Self> {
        Some(Self { name: DRAFT, value: Secret::new(draft.written()?), age: Some(HOUR) })
    }
    pub(super) fn end_draft() -> Self {
        Self::end(DRAFT)
    }
    /// The sign-up that this browser began, sealed.
    pub(crate) fn sign_up(sealed: &Secret) -> Self {
        Self { name: SIGN_UP, value: plain(sealed), age: Some(DAY) }
    }
    /// Whoever signed up has signed in.
    pub(crate) fn end_sign_up() -> Self {
        Self::end(SIGN_UP)
    }
    pub(super) fn notice(notice: &Notice) -> Self {
        Self { name: NOTICE, value: Secret::new(notice.written()), age: Some(Duration::from_mins(2)) }
    }
    pub(super) fn end_notice() -> Self {
        Self::end(NOTICE)
    }
    /// How the pages shall look.
    pub(crate) fn theme(theme: Theme) -> Self {
        Self { name: THEME, value: Secret::new(theme.key()), age: Some(CHOICE) }
    }
    /// In which language.
    pub(crate) fn language(tag: &str) -> Self {
        Self { name: LANGUAGE, value: Secret::new(tag), age: Some(CHOICE) }
    }
    fn end(name: &'static str) -> Self {
        Self { name, value: Secret::new(""), age: Some(Duration::ZERO) }
    }
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// As a header. Plain names are for http on loopback alone, where browsers refuse the prefix.
    pub(super) fn header(&self, https: bool) -> Option<HeaderValue> {
        let mut text =
            format!("{}={}; Path=/; HttpOnly; SameSite=Lax", name(self.name, https), self.value.expose());
        if https {
            text.push_str("; Secure");
        }
        if let Some(age) = self.age {
            write!(text, "; Max-Age={}", age.as_secs()).ok()?;
        }
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// A token of ours, which is plain letters; of anything else in a link nothing is kept, lest it add to the cookie.
fn plain(token: &Secret) -> Secret {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'.' | b'-' | b'_' | b'~');
    let text = token.expose();
    Secret::new(if text.bytes().all(is_plain) { text } else { "unknown" })
}

/// What a browser sent under this name; of two, which another site may have planted, neither.
pub(super) fn sent<'a>(headers: &'a HeaderMap, of: &str, https: bool) -> Option<&'a str> {
    let wanted = name(of, https);
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    let mut found = lines.flat_map(|it| it.split(';')).filter_map(|it| {
        let (name, value) = it.trim().split_once('=')?;
        (name == wanted && !value.is_empty()).then_some(value)
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

pub(super) fn name(of: &str, https: bool) -> String {
    if https { format!("__Host-{of}") } else { of.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_tls_a_cookie_is_bound_to_the_host() {
        let cookie = Cookie::session(&Secret::new("t"), DAY);
        let told = |https| cookie.header(https).unwrap().to_str().unwrap().to_owned();
        assert_eq!(told(true), "__Host-session=t; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=86400");
        assert_eq!(told(false), "session=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400");
    }

    #[test]
    fn a_made_up_link_adds_nothing_to_its_cookie() {
        let cookie = Cookie::invitation(&Secret::new("x; Domain=evil.example")).header(true).unwrap();
        assert!(cookie.to_str().unwrap().starts_with("__Host-invitation=unknown; Path=/;"));
    }

    #[test]
    fn a_cookie_that_came_twice_is_none() {
        let of = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_str(line).unwrap());
            sent(&headers, "session", true).map(str::to_owned)
        };
        assert_eq!(of("a=b; __Host-session=x=y").as_deref(), Some("x=y"));
        assert_eq!(of("__Host-session=x; __Host-session=y"), None);
        assert_eq!(of("session=x"), None);
        assert_eq!(of("__Host-session="), None);
    }
}
