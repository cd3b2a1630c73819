//! Where secrets are looked for, and in which guises: as they are, and as the bytes that they stand for.
use std::{fs, path::PathBuf, process::Command};

use crate::all::deployment::Deployment;

/// Something that must hold no secret.
pub(super) struct Place {
    what: String,
    bytes: Vec<u8>,
}

impl Place {
    pub(super) fn new(what: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let place = Self { what: what.to_owned(), bytes: bytes.into() };
        assert!(!place.bytes.is_empty(), "{what} is empty");
        place
    }
}

/// What a place holds of these, told without the secret itself.
pub(super) fn leaks(secrets: &[String], place: &Place) -> Vec<String> {
    let text = String::from_utf8_lossy(&place.bytes);
    let mut found = Vec::new();
    for secret in secrets {
        for (guise, needle) in guises(secret) {
            // Few places are no text, and those are searched byte by byte.
            let is_text = std::str::from_utf8(&needle).ok().filter(|_| place.bytes.is_ascii());
            let at = match is_text {
                Some(needle) => text.find(needle),
                None => place.bytes.windows(needle.len()).position(|it| it == needle),
            };
            if let Some(at) = at {
                let before = String::from_utf8_lossy(&place.bytes[at.saturating_sub(80)..at]);
                let length = secret.len();
                found.push(format!(
                    "{} holds a secret of {length} letters {guise} after {before:?}",
                    place.what
                ));
            }
        }
    }
    found
}

/// What a place holds of these codes, as words of their own: six digits may be a part of a number, of an id or of a
/// time. What stands in a file of a database has no word around it but other digits.
pub(super) fn code_leaks(codes: &[String], place: &Place) -> Vec<String> {
    let bytes = &place.bytes;
    let is_text = std::str::from_utf8(bytes).is_ok();
    let goes_on = |at: Option<&u8>| {
        at.is_some_and(|it| if is_text { it.is_ascii_alphanumeric() } else { it.is_ascii_digit() })
    };
    let stands_at = |at: usize, code: &[u8]| {
        let before = at.checked_sub(1).and_then(|it| bytes.get(it));
        bytes[at..].starts_with(code)
            && !goes_on(before)
            && before != Some(&b'.')
            && !goes_on(bytes.get(at + code.len()))
    };
    let found = codes.iter().filter_map(|code| {
        let at = (0..bytes.len()).find(|at| stands_at(*at, code.as_bytes()))?;
        let before = String::from_utf8_lossy(&bytes[at.saturating_sub(80)..at]);
        Some(format!("{} holds a code after {before:?}", place.what))
    });
    found.collect()
}

/// A token is base64 of bytes that end with what only the keyring makes; databases dump bytes as digits.
fn guises(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut guises = vec![("as it is", secret.as_bytes().to_vec())];
    guises.push(("in digits", hexadecimal(secret.as_bytes()).into_bytes()));
    if let Some(bytes) = decoded(secret).filter(|it| it.len() >= 32) {
        let end = &bytes[bytes.len() - 16..];
        guises.push(("in digits of its bytes", hexadecimal(end).into_bytes()));
        guises.push(("in bytes", end.to_vec()));
    }
    guises
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |it: u8| char::from_digit(it.into(), 16).expect("a digit");
    bytes.iter().flat_map(|it| [digit(it >> 4), digit(it & 0xF)]).collect()
}

/// What a token stands for, as URL-safe base64 without padding; nothing for another text.
pub(super) fn decoded(text: &str) -> Option<Vec<u8>> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut bytes = Vec::with_capacity(text.len());
    let (mut held, mut bits) = (0_u32, 0);
    for letter in text.bytes() {
        let digit = DIGITS.iter().position(|it| *it == letter)?;
        held = ((held << 6) | u32::try_from(digit).ok()?) & 0xFFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

/// All that a thief of the database has.
pub(super) fn dump(deployment: &Deployment) -> Vec<Place> {
    let url = deployment.database_url();
    let Some(file) = url.strip_prefix("sqlite:") else {
        let dumped = Command::new(pg_dump()).args(["--inserts", "--dbname", &url]).output();
        let dumped = dumped.expect("pg_dump runs");
        assert!(dumped.status.success(), "{}", String::from_utf8_lossy(&dumped.stderr));
        return vec![Place::new("a dump", dumped.stdout)];
    };
    let wal = format!("{file}-wal");
    let mut places = vec![Place::new("the file", fs::read(file).expect("the database"))];
    // It goes with the last process.
    places.extend(fs::read(&wal).ok().filter(|it| !it.is_empty()).map(|it| Place::new("its log", it)));
    places
}

/// Beside the newest server of Debian's.
fn pg_dump() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL is installed");
    let programs = versions.filter_map(|it| Some(it.ok()?.path().join("bin/pg_dump")));
    programs.filter(|it| it.is_file()).max().expect("pg_dump is installed")
}
