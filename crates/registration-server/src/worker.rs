//! What runs beside requests: a worker that fails or panics takes its next turn, and stops between two of them.
pub(crate) mod wiring;

use std::{sync::Arc, time::Duration};

use registration_domain::port::PortError;
use tokio::{sync::Notify, task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::metrics;

/// What a worker does after a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// The next one at once: there is more.
    Turn,
    /// It waits.
    Rest,
}

/// Until when a worker waits.
#[derive(Debug, Clone)]
pub(crate) enum Rest {
    /// So long.
    For(Duration),
    /// Until it is woken.
    UntilWoken(Arc<Notify>),
    /// Until it is woken, and so long at the most.
    UntilWokenOr(Arc<Notify>, Duration),
}

/// All workers of a process.
#[derive(Debug)]
pub(crate) struct Workers {
    stop: CancellationToken,
    running: JoinSet<()>,
}

/// After a turn that failed: what failed may take a while to come back.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

impl Workers {
    pub(crate) fn new(stop: CancellationToken) -> Self {
        Self { stop, running: JoinSet::new() }
    }

    /// Takes turns until the stop. A turn is a task of its own, so that a panic ends no more than it.
    pub(crate) fn start<F>(&mut self, name: &'static str, rest: Rest, turn: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = Result<Next, PortError>> + Send + 'static,
    {
        let stop = self.stop.clone();
        self.running.spawn(async move {
            while !stop.is_cancelled() {
                // Dropped with this one when the grace is over; until then a turn is not cut off.
                let mut turns = JoinSet::new();
                turns.spawn(turn());
                let wait = match turns.join_next().await {
                    Some(Ok(Ok(Next::Turn))) => continue,
                    Some(Ok(Ok(Next::Rest))) | None => rest.clone(),
                    Some(Ok(Err(error))) => failed(name, &anyhow::Error::new(error)),
                    // What it panicked with may quote anything; the panic itself is an event already.
                    Some(Err(_)) => failed(name, &anyhow::anyhow!("its turn ended in a panic")),
                };
                stop.run_until_cancelled(wait.over()).await;
            }
        });
    }

    /// Waits until the turns that are under way are done, and so long at the most.
    pub(crate) async fn finish(mut self, grace: Duration) {
        let all = async { while self.running.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, all).await.is_err() {
            tracing::warn!(
                workers = self.running.len(),
                "stopped before all work was done; it is taken up again"
            );
            self.running.shutdown().await;
        }
    }
}

fn failed(worker: &'static str, error: &anyhow::Error) -> Rest {
    metrics::worker_failed(worker);
    tracing::error!(worker, error = format!("{error:#}"), "a worker failed; it starts again");
    Rest::For(AFTER_FAILURE)
}

impl Rest {
    async fn over(self) {
        match self {
            Self::For(length) => sleep(length).await,
            Self::UntilWoken(woken) => woken.notified().await,
            Self::UntilWokenOr(woken, length) => {
                // Elapsed or woken: it is over.
                let _ = tokio::time::timeout(length, woken.notified()).await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_worker_survives_failures_and_panics() {
        let stop = CancellationToken::new();
        let mut workers = Workers::new(stop.clone());
        let (turns, done) = (Arc::new(AtomicU32::new(0)), Arc::new(Notify::new()));
        let (count, all) = (Arc::clone(&turns), Arc::clone(&done));
        workers.start("sample", Rest::For(Duration::from_secs(1)), move || {
            let (turn, all) = (count.fetch_add(1, Ordering::SeqCst), Arc::clone(&all));
            async move {
                match turn {
                    0 => panic!("the first one does"),
                    1 => Err(PortError::Overloaded),
                    2 => Ok(Next::Turn),
                    _ => {
                        all.notify_one();
                        Ok(Next::Rest)
                    }
                }
            }
        });
        done.notified().await;
        stop.cancel();
        workers.finish(Duration::from_secs(1)).await;
        assert_eq!(turns.load(Ordering::SeqCst), 4);
    }

    #[tokio::test(start_paused = true)]
    async fn a_worker_that_waits_is_woken_and_stops_at_once() {
        let stop = CancellationToken::new();
        let mut workers = Workers::new(stop.clone());
        let (wake, turned) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let seen = Arc::clone(&turned);
        workers.start("sample", Rest::UntilWoken(Arc::clone(&wake)), move || {
            seen.notify_one();
            async { Ok(Next::Rest) }
        });
        turned.notified().await;
        wake.notify_one();
        turned.notified().await;
        stop.cancel();
        workers.finish(Duration::from_hours(1)).await;
    }
}
