//! The keys lie in a file outside of the database: the newest signs, the older ones verify.
mod file;
mod line;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use hmac::{Hmac, KeyInit, Mac};
use registration_domain::{port::Clock, time::Timestamp};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{clock::SystemClock, random};

/// What tells the keys of a ring apart; it stands in every token, and says nothing of its key.
pub(crate) type KeyId = [u8; 4];

/// A key of 256 bits, wiped when it is dropped.
pub(crate) type KeyBytes = Zeroizing<[u8; 32]>;

/// One or more keys, oldest first.
///
/// The file has a key a line, `id key created`: eight hexadecimal digits, the key in base64, and the seconds
/// since 1970 when it was made. Replicas share the file. An older key may be taken out of it once nothing
/// that it sealed is needed any more.
pub struct Keyring {
    keys: Vec<Key>,
}

/// One key.
pub(crate) struct Key {
    id: KeyId,
    bytes: KeyBytes,
    created_at: Timestamp,
}

/// Why there is no keyring.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyringError {
    /// The file cannot be read or written.
    #[error("the keyring {} cannot be used", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Others than its owner can read or write the file.
    #[error(
        "the keyring {} has mode {mode:04o}: others can read it. Run `chmod 600` on it, and if it may have been \
         read, put a new one in its place",
        path.display()
    )]
    Exposed {
        /// Which.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is no keyring.
    #[error("the keyring {} is malformed in line {line}: {what}", path.display())]
    Malformed {
        /// Which.
        path: PathBuf,
        /// Where, from 1.
        line: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The file holds no key.
    #[error("the keyring {} holds no key", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoChance(#[from] getrandom::Error),
}

impl Keyring {
    /// Reads the ring, or makes one of a single key if there is none, with mode 0600. Where several
    /// processes make it at once, all of them get the same one.
    ///
    /// # Errors
    /// [`KeyringError`]; a file that others can read is refused too.
    pub fn open_or_create(path: &Path) -> Result<Self, KeyringError> {
        if let Some(text) = file::read(path)? {
            return Self::parse(path, &text);
        }
        file::create(path, &Self { keys: vec![Key::random(SystemClock.now())?] }.text())?;
        Self::open(path)
    }

    /// Reads the ring.
    ///
    /// # Errors
    /// [`KeyringError`]; that there is no file, too.
    pub fn open(path: &Path) -> Result<Self, KeyringError> {
        let missing = || file::failed(path)(std::io::ErrorKind::NotFound.into());
        Self::parse(path, &file::read(path)?.ok_or_else(missing)?)
    }

    /// Adds a key to the ring in this file, which signs from now on, and answers the new ring.
    ///
    /// Processes that run read the ring at their start: start them again, for what the new key sealed is
    /// unknown to them. What the older keys sealed stays good.
    ///
    /// # Errors
    /// [`KeyringError`]; the ring is then as it was.
    pub fn rotate(path: &Path) -> Result<Self, KeyringError> {
        let _alone = file::lock(path)?;
        let mut ring = Self::open(path)?;
        ring.keys.push(Key::random(SystemClock.now())?);
        file::replace(path, &ring.text())?;
        Ok(ring)
    }

    /// What tells this ring from others, and nothing of its keys.
    ///
    /// It is a keyed digest under the oldest key, by which the digests in the database are made: it stays as
    /// it is when a key is added, and changes when the ring is another or the oldest key is taken out.
    pub fn fingerprint(&self) -> String {
        let oldest = self.oldest();
        let digest = mac(&oldest.subkey("registration/ring"), &[&oldest.id]);
        let (half, _) = digest.split_first_chunk().expect("a digest has 32 bytes");
        format!("{:032x}", u128::from_be_bytes(*half))
    }

    pub(crate) fn keys(&self) -> &[Key] {
        &self.keys
    }
    fn oldest(&self) -> &Key {
        &self.keys[0] // no ring is empty: `parse` and `open_or_create` see to it
    }

    fn parse(path: &Path, text: &str) -> Result<Self, KeyringError> {
        let malformed =
            |index: usize, what| KeyringError::Malformed { path: path.to_owned(), line: index + 1, what };
        let mut keys: Vec<Key> = Vec::new();
        for (index, text) in text.lines().enumerate() {
            let Some(key) = line::parse(text).map_err(|what| malformed(index, what))? else { continue };
            if keys.iter().any(|other| other.id == key.id) {
                return Err(malformed(index, "this id stands there twice"));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            return Err(KeyringError::Empty { path: path.to_owned() });
        }
        Ok(Self { keys })
    }

    fn text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::from(line::HEADING));
        self.keys.iter().for_each(|key| line::write(key, &mut text));
        text
    }
}

impl Key {
    fn random(now: Timestamp) -> Result<Self, getrandom::Error> {
        Ok(Self { id: random::bytes()?, bytes: Zeroizing::new(random::bytes()?), created_at: now })
    }
    pub(crate) fn id(&self) -> KeyId {
        self.id
    }
    /// The key for one use: what is made with it is of no use for another.
    pub(crate) fn subkey(&self, label: &str) -> KeyBytes {
        Zeroizing::new(mac(&self.bytes, &[label.as_bytes()]))
    }
}

/// HMAC-SHA-256 (RFC 2104) over the parts, one after the other.
pub(crate) fn mac(key: &KeyBytes, parts: &[&[u8]]) -> [u8; 32] {
    keyed(key, parts).finalize().into_bytes().into()
}

/// The same, not yet finished, to compare with in constant time.
pub(crate) fn keyed(key: &KeyBytes, parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_slice()).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

/// Shows the ids only.
impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.keys.iter().map(|key| line::hexadecimal(key.id))).finish()
    }
}
