//! The program `registration`.
use std::process::ExitCode;

fn main() -> ExitCode {
    registration_server::main()
}
