//! Whoever waits for work is woken by the commit that made it; looking now and then is for other processes' work.
use std::{fmt, sync::Arc};

use async_trait::async_trait;
use registration_domain::{
    change::{Change, ChangeSet},
    port::{Act, CommitError, Ledger},
};
use tokio::sync::Notify;

/// Who waits for what.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wakes {
    /// Mails to be sent.
    pub(crate) mail: Arc<Notify>,
    /// Invitations to be looked through.
    pub(crate) reviews: Arc<Notify>,
    /// People who want a reset link.
    pub(crate) resets: Arc<Notify>,
}

/// Another ledger, whose commits wake.
pub(crate) struct WakingLedger<L> {
    inner: Arc<L>,
    wakes: Wakes,
}

impl<L> WakingLedger<L> {
    pub(crate) fn new(inner: Arc<L>, wakes: Wakes) -> Self {
        Self { inner, wakes }
    }
}

#[async_trait]
impl<L: Ledger> Ledger for WakingLedger<L> {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        let sends = changes.changes().iter().any(|it| matches!(it, Change::Send(_)));
        let reviews = changes.changes().iter().any(|it| matches!(it, Change::AddReview(_)));
        let resets = changes.changes().iter().any(|it| matches!(it, Change::AskReset(_)));
        let answer = self.inner.commit(act, changes).await;
        if let Ok(()) | Err(CommitError::Unknown(_)) = answer {
            if sends {
                self.wakes.mail.notify_one();
            }
            if reviews {
                self.wakes.reviews.notify_one();
            }
            if resets {
                self.wakes.resets.notify_one();
            }
        }
        answer
    }
}

impl<L> fmt::Debug for WakingLedger<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WakingLedger").field("wakes", &self.wakes).finish_non_exhaustive()
    }
}
