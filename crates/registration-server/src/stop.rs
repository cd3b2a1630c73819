//! SIGTERM and Ctrl-C ask for a graceful end; asked twice, it is not graceful.
use std::io;

use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Cancelled when somebody asks for the end.
pub(crate) fn on_signal() -> io::Result<CancellationToken> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let stop = CancellationToken::new();
    let asked = stop.clone();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if asked.is_cancelled() {
                tracing::warn!("asked to stop twice: what is under way is cut off");
                std::process::exit(1);
            }
            tracing::info!("stopping");
            asked.cancel();
        }
    });
    Ok(stop)
}
