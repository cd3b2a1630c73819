//! The composition root and the command line: everything that knows which adapter stands behind which port.
pub mod cli;
mod command;
mod composition;
pub mod config;
mod log;
mod metrics;
mod open;
mod route;
mod say;
mod serve;
mod service_manager;
mod stop;
mod wake;
mod worker;

pub use command::main;
