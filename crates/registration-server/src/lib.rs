//! The composition root and the command line.
pub mod cli;
pub mod config;
