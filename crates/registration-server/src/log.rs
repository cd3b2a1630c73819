//! The log goes to standard error, and no panic quotes what it was about.
use std::{backtrace::Backtrace, io, panic};

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

/// From now on, events are written, and panics are events.
pub(crate) fn start(log: &Log) {
    // The filter was parsed with the configuration; one that fails now logs what the default would.
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let events = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = match log.format {
        LogFormat::Text => events.with_ansi(io::IsTerminal::is_terminal(&io::stderr())).try_init(),
        LogFormat::Json => events.json().flatten_event(true).try_init(),
    };
    // A second start in one process, as in tests, keeps the first.
    drop(started);
    panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        // A literal holds no secret; a text that was made at run time may quote one.
        let what = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(not told)");
        tracing::error!(at, what, backtrace = %Backtrace::capture(), "a panic");
    }));
}
