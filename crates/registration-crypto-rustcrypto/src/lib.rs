//! Password hashes, the keyring, sealed links and cursors, randomness.
