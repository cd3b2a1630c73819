//! One file a command.
fn main() {}
