//! The resolver against a name server of our own, on loopback.
mod proof;
mod zone;
