//! The adapters in memory honor every contract.
mod memory;
mod stub;
