//! A position as bytes, to be sealed: what the row is sorted by, and its id.
use registration_domain::{
    page::{Position, SortKey},
    time::Timestamp,
};
use uuid::Uuid;

const NEVER: u8 = 0;
const TIME: u8 = 1;
const TEXT: u8 = 2;

/// The id, the kind of the key, the key.
pub(super) fn written(position: &Position) -> Vec<u8> {
    let mut bytes = position.id.as_bytes().to_vec();
    match &position.key {
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
pub(super) fn read(bytes: &[u8]) -> Option<Position> {
    let (id, key) = bytes.split_first_chunk()?;
    let key = match key.split_first()? {
        (&NEVER, []) => SortKey::Never,
        (&TIME, at) => SortKey::Time(Timestamp::from_micros(i64::from_be_bytes(at.try_into().ok()?))),
        (&TEXT, text) => SortKey::Text(String::from_utf8(text.to_vec()).ok()?),
        _ => return None,
    };
    Some(Position { key, id: Uuid::from_bytes(*id) })
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
            assert_eq!(read(&written(&position)), Some(position));
        }
    }

    #[test]
    fn other_bytes_are_no_position() {
        for bytes in [&[0; 16][..], &[0; 15], &[9; 17], &[1; 20], &[]] {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }
}
