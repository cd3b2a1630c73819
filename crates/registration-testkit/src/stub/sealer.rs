//! Tokens and cursors say what they are for, so that a test can read them.
use registration_domain::{
    link::{Link, LinkPurpose, LinkToken},
    port::{CursorSealer, LinkSealer},
    revision::Generation,
    secret::Secret,
};
use uuid::Uuid;

use super::digest::{digest, hex};

/// Seals without a key: anybody could make one up.
///
/// ```
/// use registration_domain::{link::{Link, LinkPurpose}, port::LinkSealer, revision::Generation};
/// use registration_testkit::stub::PlainSealer;
///
/// let link = Link {
///     purpose: LinkPurpose::Invitation,
///     subject: "01a3185c-5000-7000-8000-000000000007".parse()?,
///     generation: Generation::FIRST,
/// };
/// let token = PlainSealer.seal(link).0;
/// assert!(token.expose().starts_with("invitation.01a3185c-5000-7000-8000-000000000007.0."));
/// assert_eq!(PlainSealer.open(token.expose()), Some(link));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainSealer;

impl LinkSealer for PlainSealer {
    fn seal(&self, link: Link) -> LinkToken {
        let Link { purpose, subject, generation: Generation(generation) } = link;
        let text = format!("{}.{subject}.{generation}", purpose.key());
        LinkToken(Secret::new(format!("{text}.{}", hex(&digest(&text)[..8]))))
    }
    fn open(&self, token: &str) -> Option<Link> {
        let mut parts = token.split('.');
        let purpose = parts.next()?;
        let link = Link {
            purpose: LinkPurpose::ALL.into_iter().find(|it| it.key() == purpose)?,
            subject: parts.next()?.parse::<Uuid>().ok()?,
            generation: Generation(parts.next()?.parse().ok()?),
        };
        (self.seal(link).0.expose() == token).then_some(link)
    }
}

impl CursorSealer for PlainSealer {
    fn seal_cursor(&self, scope: &[u8], position: &[u8]) -> String {
        format!("{}.{}", hex(position), hex(&digest(&(scope, position))[..8]))
    }
    fn open_cursor(&self, scope: &[u8], cursor: &str) -> Option<Vec<u8>> {
        let (text, _) = cursor.split_once('.')?;
        let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        let position = text.as_bytes().chunks(2).map(byte).collect::<Option<Vec<_>>>()?;
        (self.seal_cursor(scope, &position) == cursor).then_some(position)
    }
}
