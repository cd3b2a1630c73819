//! Letters, their bytes, and the ways by which they leave.
mod bytes;
mod contract;
mod fake;
mod letters;
mod mailbox;
mod scene;
mod smtp;
mod wire;
