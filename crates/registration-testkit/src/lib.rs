//! Contracts, in-memory adapters, strategies and broken adapters for implementers and testers.
pub mod servers;
