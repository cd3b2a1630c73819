//! The one place that writes to standard output.
use std::{fmt::Display, io::Write};

pub(crate) fn say(line: impl Display) {
    let mut out = std::io::stdout().lock();
    // Whoever reads may have left (`| head`); the exit code still tells what happened.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
