//! A list is read part by part; where the next part begins stands sealed in the address, for this list only.
use registration_domain::page::{Listing, Page, PageSize, Position};

use crate::{failure::Failure, visit::Visit};

const CURSOR: &str = "cursor";

/// Which part of the list at this address was asked for.
///
/// # Errors
/// [`Failure::NotFound`] for a cursor that is none of this list's: the address was made up, or is too old.
pub(crate) fn part(visit: &Visit) -> Result<Page, Failure> {
    let cursor = visit.query().value(CURSOR);
    if cursor.is_empty() {
        return Ok(Page::first(PageSize::DEFAULT));
    }
    let opened = visit.platform().cursors().open_cursor(&scope(visit)?, cursor);
    let after = opened.as_deref().and_then(Position::from_bytes).ok_or(Failure::NotFound)?;
    Ok(Page { size: PageSize::DEFAULT, after: Some(after) })
}

/// The address of the next part, if there is one.
///
/// # Errors
/// [`Failure::SignedOut`].
pub(crate) fn next<Row>(visit: &Visit, listing: &Listing<Row>) -> Result<Option<String>, Failure> {
    let Some(next) = &listing.next else { return Ok(None) };
    let sealed = visit.platform().cursors().seal_cursor(&scope(visit)?, &next.to_bytes());
    Ok(Some(with(visit, &[(CURSOR, &sealed)])))
}

/// The address of the first part, where this is another.
pub(crate) fn first(visit: &Visit) -> Option<String> {
    visit.query().has(CURSOR).then(|| with(visit, &[]))
}

/// The address of something else that shows the same list.
pub(crate) fn beside(visit: &Visit, path: &str) -> String {
    asked(visit, path, &[])
}

/// The address of this page with these parts of its query instead, and at its beginning.
pub(crate) fn with(visit: &Visit, parts: &[(&str, &str)]) -> String {
    asked(visit, visit.path().split('?').next().unwrap_or("/"), parts)
}

fn asked(visit: &Visit, path: &str, parts: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let kept = visit.query().fields().iter().filter(|(name, value)| {
        name != CURSOR && !value.is_empty() && !parts.iter().any(|(it, _)| it == name)
    });
    for (name, value) in kept {
        query.append_pair(name, value);
    }
    for (name, value) in parts.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// An address with this query.
pub(crate) fn query(path: &str, parts: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(parts);
    format!("{path}?{}", query.finish())
}

/// Whose list this is, and of what.
fn scope(visit: &Visit) -> Result<Vec<u8>, Failure> {
    let account = visit.signed_in()?.account.id();
    Ok(format!("page {account} {}", with(visit, &[])).into_bytes())
}
