//! What a connection is doing, and since when: reading a head, serving, waiting for the next one, or stuck.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::{Instant, sleep_until};

use super::ListenerLimits;

/// The state of one connection, shared by its socket and its service.
pub(super) struct Pulse {
    state: Mutex<State>,
}

struct State {
    /// Requests that are being answered; HTTP/2 has many at a time.
    serving: usize,
    /// Since when the head of a request is on its way.
    head_since: Option<Instant>,
    /// Since when nothing was asked.
    idle_since: Instant,
    /// Since when the peer takes nothing of what we write.
    stuck_since: Option<Instant>,
    /// Frames that belong to no request keep coming in HTTP/2, so they tell nothing about a head.
    http2: bool,
    /// An answer of the application is not wholly with the kernel yet.
    answer_under_way: bool,
    /// The peer may still be sending a body that nobody reads.
    may_be_sending: bool,
}

/// Why a connection has to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overdue {
    Head,
    Idle,
    Stuck,
}

/// One request is being answered until this is dropped.
pub(super) struct Serving(Arc<Pulse>);

impl Pulse {
    /// A new connection owes us a head at once.
    pub(super) fn start() -> Arc<Self> {
        let now = Instant::now();
        let state = State {
            serving: 0,
            head_since: Some(now),
            idle_since: now,
            stuck_since: None,
            http2: false,
            answer_under_way: false,
            may_be_sending: false,
        };
        Arc::new(Self { state: Mutex::new(state) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn has_read(&self, bytes: &[u8], first: bool) {
        let mut state = self.state();
        if first {
            state.http2 = bytes.starts_with(b"PRI");
        }
        if state.serving == 0 && state.head_since.is_none() && !state.http2 {
            state.head_since = Some(Instant::now());
        }
    }

    pub(super) fn begins_serving(self: &Arc<Self>, has_body: bool) -> Serving {
        let mut state = self.state();
        state.serving += 1;
        state.head_since = None;
        state.answer_under_way = true;
        state.may_be_sending = has_body;
        drop(state);
        Serving(Arc::clone(self))
    }

    pub(super) fn is_stuck(&self, stuck: bool) {
        let mut state = self.state();
        state.stuck_since = if stuck { state.stuck_since.or_else(|| Some(Instant::now())) } else { None };
    }

    pub(super) fn has_flushed(&self) {
        let mut state = self.state();
        state.answer_under_way = state.serving > 0;
    }

    /// Whether what is written now can only be the protocol's own refusal.
    pub(super) fn owes_no_answer(&self) -> bool {
        !self.state().answer_under_way
    }

    pub(super) fn refuses_head(&self) {
        self.state().may_be_sending = true;
    }

    pub(super) fn may_be_sending(&self) -> bool {
        self.state().may_be_sending
    }

    /// Waits for a deadline to pass.
    pub(super) async fn overdue(&self, limits: &ListenerLimits) -> Overdue {
        let shortest = limits.head_deadline.min(limits.idle_deadline).min(limits.write_deadline);
        loop {
            let now = Instant::now();
            let due = self.state().due(limits);
            match due {
                Some((at, why)) if at <= now => return why,
                // No deadline that begins from here on ends before `shortest` is over.
                Some((at, _)) => sleep_until(at.min(now + shortest)).await,
                None => sleep_until(now + shortest).await,
            }
        }
    }
}

impl State {
    fn due(&self, limits: &ListenerLimits) -> Option<(Instant, Overdue)> {
        if let Some(since) = self.stuck_since {
            return Some((since + limits.write_deadline, Overdue::Stuck));
        }
        if self.serving > 0 {
            return None;
        }
        Some(match self.head_since {
            Some(since) => (since + limits.head_deadline, Overdue::Head),
            None => (self.idle_since + limits.idle_deadline, Overdue::Idle),
        })
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.serving -= 1;
        state.idle_since = Instant::now();
    }
}
