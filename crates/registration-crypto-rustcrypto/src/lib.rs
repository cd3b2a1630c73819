//! Password hashes, the keyring, sealed links and cursors, the time and fresh ids: all that is secret or by chance.
//!
//! Everything that this crate makes is derived from a [`Keyring`], which lies in a file outside of the
//! database, or is salted by chance: a dump of the database alone opens nothing.
//!
//! | port | adapter | by |
//! | --- | --- | --- |
//! | `LinkSealer`, `Codes`, `Fingerprints`, `CursorSealer` | [`RustCryptoSealer`] | HMAC-SHA-256 and ChaCha20-Poly1305 |
//! | `PasswordHasher` | [`Argon2Hasher`] | Argon2id |
//! | `Clock` | [`SystemClock`], [`ShiftedClock`] | the operating system |
//! | `Ids` | [`UuidV7Ids`] | UUIDv7 (RFC 9562) |
//!
//! ```
//! use registration_crypto_rustcrypto::{Keyring, RustCryptoSealer};
//! use registration_domain::{
//!     link::{Link, LinkPurpose},
//!     port::LinkSealer,
//!     revision::Generation,
//! };
//!
//! # let directory = tempfile::tempdir()?;
//! # let path = directory.path().join("keyring");
//! let sealer = RustCryptoSealer::new(&Keyring::open_or_create(&path)?);
//! let link = Link {
//!     purpose: LinkPurpose::Invitation,
//!     subject: "01975e2c-6d1c-7c3a-9a55-0d6f4b1f8a11".parse()?,
//!     generation: Generation::FIRST,
//! };
//! let token = sealer.seal(link);
//! assert_eq!(sealer.open(token.0.expose()), Some(link));
//! assert_eq!(sealer.open("made-up"), None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod clock;
mod hasher;
mod ids;
mod keyring;
mod random;
mod sealer;

pub use clock::{ShiftedClock, SystemClock};
pub use hasher::{Argon2Hasher, HashingCost, HashingSettings, UnusableCost};
pub use ids::UuidV7Ids;
pub use keyring::{Keyring, KeyringError};
pub use sealer::RustCryptoSealer;
