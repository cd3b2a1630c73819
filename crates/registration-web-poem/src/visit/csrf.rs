//! A form proves that it came from a page of ours, by a token that is bound to the session, or to the browser
//! before there is one.
use registration_domain::{platform::Platform, secret::Secret};

use crate::form::Form;

/// The name of the hidden field.
pub(super) const FIELD: &str = "csrf";

/// The token for the forms of this session, or of this browser where nobody is signed in.
pub(super) fn token(platform: &Platform, session: Option<&Secret>, visitor: &str) -> String {
    let fingerprints = platform.fingerprints();
    match session {
        Some(session) => fingerprints.fingerprint("form of a session", session.expose().as_bytes()),
        None => fingerprints.fingerprint("form of a visitor", visitor.as_bytes()),
    }
    .to_string()
}

/// Whether the form holds the right token; compared in constant time.
///
/// `begins` says that the form begins a session: then the browser's token counts after it has begun, too,
/// so that a form that is sent twice is known for a repeat.
pub(super) fn proves(
    form: &Form,
    platform: &Platform,
    session: Option<&Secret>,
    visitor: Option<&str>,
    begins: bool,
) -> bool {
    let given = form.secret(FIELD);
    let right = |session: Option<&Secret>, visitor| given == Secret::new(token(platform, session, visitor));
    match (session, visitor) {
        (None, None) => false,
        (None, Some(visitor)) => right(None, visitor),
        (Some(session), visitor) => {
            right(Some(session), "") || (begins && visitor.is_some_and(|it| right(None, it)))
        }
    }
}
