//! A closed loop: each connection asks, waits for the answer, and asks again, until the time or the requests are over.
use std::{cell::RefCell, net::SocketAddr, time::Duration};

use anyhow::Result;
use futures_util::future::try_join_all;
use tokio::time::Instant;

use crate::{
    Limits,
    client::{Connection, Request},
    process::Process,
};

/// What is asked again and again.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// What says that it was done.
    pub(crate) status: u16,
    /// The request of a number; nothing where there are no more.
    pub(crate) request: Box<dyn Fn(u32) -> Option<Request>>,
}

/// What came of it.
pub(crate) struct Measured {
    pub(crate) answered: usize,
    /// Other answers than the expected one.
    pub(crate) others: usize,
    pub(crate) elapsed: Duration,
    pub(crate) median: Duration,
    pub(crate) slowest_percent: Duration,
    /// Of the server's process.
    pub(crate) server: Duration,
    /// Of the database's processes, where it has its own.
    pub(crate) database: Option<Duration>,
}

/// Pools, caches and pages are filled before anything counts.
const WARM_UP: Duration = Duration::from_millis(500);

pub(crate) async fn measure(
    address: SocketAddr,
    operation: &Operation,
    Limits { time, concurrency }: Limits,
    server: &Process,
    database: Option<&Process>,
) -> Result<Measured> {
    let opened = (0..concurrency).map(|_| Connection::open(address));
    let mut connections = try_join_all(opened).await?;
    let run = RefCell::new(Run::default());
    drive(&mut connections, operation, WARM_UP, &run).await?;
    let next = run.borrow().next;
    run.replace(Run { next, ..Run::default() });

    let before = (server.spent()?, database.map(Process::spent).transpose()?);
    let began = Instant::now();
    drive(&mut connections, operation, time, &run).await?;
    let elapsed = began.elapsed();
    let after = (server.spent()?, database.map(Process::spent).transpose()?);
    let Run { mut took, others, .. } = run.into_inner();
    took.sort_unstable();
    Ok(Measured {
        answered: took.len(),
        others,
        elapsed,
        median: at(&took, 0.50),
        slowest_percent: at(&took, 0.99),
        server: after.0.saturating_sub(before.0),
        database: after.1.zip(before.1).map(|(after, before)| after.saturating_sub(before)),
    })
}

#[derive(Default)]
struct Run {
    next: u32,
    took: Vec<Duration>,
    others: usize,
}

async fn drive(
    connections: &mut [Connection],
    operation: &Operation,
    time: Duration,
    run: &RefCell<Run>,
) -> Result<()> {
    let end = Instant::now() + time;
    let loops = connections.iter_mut().map(|connection| async move {
        while Instant::now() < end {
            let number = run.borrow().next;
            let Some(request) = (operation.request)(number) else { break };
            run.borrow_mut().next += 1;
            let began = Instant::now();
            let answer = connection.send(&request).await?;
            let mut run = run.borrow_mut();
            if answer.status == operation.status {
                run.took.push(began.elapsed());
            } else {
                run.others += 1;
            }
        }
        anyhow::Ok(())
    });
    try_join_all(loops).await?;
    Ok(())
}

/// Of sorted ones, the one that this part of all does not exceed.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "an index into fewer values than a float counts exactly"
)]
pub(crate) fn at(sorted: &[Duration], part: f64) -> Duration {
    let index = (sorted.len() as f64 * part).ceil() as usize;
    sorted.get(index.saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let took = (1..=200).map(Duration::from_millis).collect::<Vec<_>>();
        assert_eq!(at(&took, 0.50), Duration::from_millis(100));
        assert_eq!(at(&took, 0.99), Duration::from_millis(198));
        assert_eq!(at(&took[..1], 0.99), Duration::from_millis(1));
        assert_eq!(at(&[], 0.99), Duration::ZERO);
    }
}
