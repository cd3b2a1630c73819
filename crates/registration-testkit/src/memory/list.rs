//! A page begins behind the last row that was given, in an order in which no two rows are equal.
use registration_domain::page::{Listing, Page, Position, SortKey};
use uuid::Uuid;

/// From which end a list is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Smallest,
    Greatest,
}

/// One page of these rows, each with what it is sorted by.
pub(super) fn page<Row>(
    rows: impl Iterator<Item = (SortKey, Uuid, Row)>,
    from: From,
    page: &Page,
) -> Listing<Row> {
    let after = page.after.as_ref().map(|it| (&it.key, it.id));
    let is_behind = |key: &SortKey, id: Uuid| match (after, from) {
        (None, _) => true,
        (Some(last), From::Smallest) => (key, id) > last,
        (Some(last), From::Greatest) => (key, id) < last,
    };
    let mut rest = rows.filter(|(key, id, _)| is_behind(key, *id)).collect::<Vec<_>>();
    rest.sort_by(|(key, id, _), (other_key, other_id, _)| (key, id).cmp(&(other_key, other_id)));
    if from == From::Greatest {
        rest.reverse();
    }
    let position = |(key, id, _): &(SortKey, Uuid, Row)| Position { key: key.clone(), id: *id };
    Listing::from_surplus(rest, page.size, position).map(|(_, _, row)| row)
}
