//! Every list is read by keyset: from behind a position, in a total order, so that inserts move nothing.
use uuid::Uuid;

use crate::time::Timestamp;

/// How many rows a list gives at once.
///
/// ```
/// use registration_domain::page::PageSize;
///
/// assert_eq!(PageSize::new(100).map(PageSize::rows), Some(100));
/// assert_eq!(PageSize::new(101), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageSize(u16);

impl PageSize {
    /// Where nothing was asked for.
    pub const DEFAULT: Self = Self(25);
    /// The first row alone.
    pub const ONE: Self = Self(1);

    /// 1 to 100.
    pub fn new(rows: u16) -> Option<Self> {
        (1..=100).contains(&rows).then_some(Self(rows))
    }
    /// How many rows.
    pub fn rows(self) -> u16 {
        self.0
    }
}

/// What a row is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// Never: sorts as the earliest of times.
    Never,
    /// By an instant.
    Time(Timestamp),
    /// By a folded text.
    Text(String),
}

/// The row behind which a page begins: its key, and its id where keys are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The key of the last row that was given.
    pub key: SortKey,
    /// Its id.
    pub id: Uuid,
}

const NEVER: u8 = 0;
const TIME: u8 = 1;
const TEXT: u8 = 2;

impl Position {
    /// As bytes, to be sealed: the id, the kind of the key, the key.
    ///
    /// ```
    /// use registration_domain::page::{Position, SortKey};
    /// use uuid::Uuid;
    ///
    /// let position = Position { key: SortKey::Text("ruiz ana".into()), id: Uuid::from_u128(7) };
    /// assert_eq!(Position::from_bytes(&position.to_bytes()), Some(position));
    /// assert_eq!(Position::from_bytes(b"made up"), None);
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.id.as_bytes().to_vec();
        match &self.key {
            SortKey::Never => bytes.push(NEVER),
            SortKey::Time(at) => {
                bytes.push(TIME);
                bytes.extend(at.micros().to_be_bytes());
            }
            SortKey::Text(text) => {
                bytes.push(TEXT);
                bytes.extend(text.bytes());
            }
        }
        bytes
    }
    /// Nothing for bytes that were not written here.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (id, key) = bytes.split_first_chunk()?;
        let key = match key.split_first()? {
            (&NEVER, []) => SortKey::Never,
            (&TIME, at) => SortKey::Time(Timestamp::from_micros(i64::from_be_bytes(at.try_into().ok()?))),
            (&TEXT, text) => SortKey::Text(String::from_utf8(text.to_vec()).ok()?),
            _ => return None,
        };
        Some(Self { key, id: Uuid::from_bytes(*id) })
    }
}

/// Which part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// At most so many rows.
    pub size: PageSize,
    /// From behind this row; from the start without one.
    pub after: Option<Position>,
}

impl Page {
    /// The start of a list.
    pub fn first(size: PageSize) -> Self {
        Self { size, after: None }
    }
}

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<Row> {
    /// The rows, in order.
    pub rows: Vec<Row>,
    /// Where the next part begins; nothing where this is the last.
    pub next: Option<Position>,
}

impl<Row> Listing<Row> {
    /// From one row more than the page takes: the surplus only tells that there is a next part.
    pub fn from_surplus(mut rows: Vec<Row>, size: PageSize, position: impl Fn(&Row) -> Position) -> Self {
        let full = rows.len() > usize::from(size.rows());
        rows.truncate(usize::from(size.rows()));
        let next = if full { rows.last().map(position) } else { None };
        Self { rows, next }
    }
    /// The same list of other rows.
    pub fn map<Other>(self, f: impl FnMut(Row) -> Other) -> Listing<Other> {
        Listing { rows: self.rows.into_iter().map(f).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let id = Uuid::from_u128(7);
        for key in [
            SortKey::Never,
            SortKey::Time(Timestamp::from_micros(-1)),
            SortKey::Text(String::new()),
            SortKey::Text("müller ana".into()),
        ] {
            let position = Position { key, id };
            assert_eq!(Position::from_bytes(&position.to_bytes()), Some(position));
        }
    }

    #[test]
    fn other_bytes_are_no_position() {
        for bytes in [&[0; 16][..], &[0; 15], &[9; 17], &[1; 20], &[]] {
            assert_eq!(Position::from_bytes(bytes), None, "{bytes:?}");
        }
    }
}
