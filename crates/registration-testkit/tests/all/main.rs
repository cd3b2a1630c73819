//! The adapters in memory honor every contract.
mod broken;
mod memory;
mod model;
mod strategy;
mod stub;
