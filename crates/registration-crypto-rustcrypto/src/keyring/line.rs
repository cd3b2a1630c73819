//! A key is one line of text: `id key created`.
use base64::{Engine, engine::general_purpose::STANDARD};
use registration_domain::time::Timestamp;
use zeroize::Zeroizing;

use super::{Key, KeyId};

/// Stands above the keys, for whoever opens the file.
pub(super) const HEADING: &str = "\
# The keys of Registration, one a line: id, key, seconds since 1970.
# Whoever reads them can open every link. The last one signs, all of them verify.
";

const SECOND: i64 = 1_000_000;

/// Nothing for an empty line or a comment.
pub(super) fn parse(line: &str) -> Result<Option<Key>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let mut fields = line.split_ascii_whitespace();
    let (Some(id), Some(key), Some(created), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err("a key has an id, a key, and when it was made");
    };
    let seconds = created.parse::<i64>().map_err(|_| "when the key was made is no number of seconds")?;
    let micros = seconds.checked_mul(SECOND).ok_or("when the key was made is out of range")?;
    Ok(Some(Key { id: key_id(id)?, bytes: key_bytes(key)?, created_at: Timestamp::from_micros(micros) }))
}

pub(super) fn write(key: &Key, text: &mut Zeroizing<String>) {
    let secret = Zeroizing::new(STANDARD.encode(key.bytes.as_slice()));
    let id = hexadecimal(key.id);
    let seconds = key.created_at.micros().div_euclid(SECOND).to_string();
    // Room for all of it at once, so that growing leaves no copy behind.
    text.reserve_exact(id.len() + secret.len() + seconds.len() + 3);
    for part in [&id, " ", &secret, " ", &seconds, "\n"] {
        text.push_str(part);
    }
}

pub(super) fn hexadecimal(id: KeyId) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}

fn key_id(text: &str) -> Result<KeyId, &'static str> {
    let is_id = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    match u32::from_str_radix(text, 16) {
        Ok(id) if is_id => Ok(id.to_be_bytes()),
        _ => Err("the id of a key is eight hexadecimal digits"),
    }
}

fn key_bytes(text: &str) -> Result<Zeroizing<[u8; 32]>, &'static str> {
    const WRONG: &str = "a key is 32 bytes in base64";
    let bytes = Zeroizing::new(STANDARD.decode(text).map_err(|_| WRONG)?);
    let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| WRONG)?;
    if bytes == [0; 32] { Err("a key of zeros is none") } else { Ok(Zeroizing::new(bytes)) }
}
