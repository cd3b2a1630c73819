//! Data goes to standard output, a fact a line; talk goes to standard error.
use std::{
    fmt::Display,
    io::{self, Write},
};

/// A line of data. Whoever closed our standard output does not want it.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// A line of talk.
pub(crate) fn tell(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
