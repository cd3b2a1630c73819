//! What waits is committed together: one wait for the disk serves all, and a refused write leaves the others alone.
//!
//! The writes of a batch are applied one after the other, each to what the ones before it left behind, as if
//! each had been committed alone. A write that is refused goes back to its savepoint. Nobody gets an answer
//! before the commit: whoever was refused because of another one's row must know that the row is there.
use async_trait::async_trait;
use registration_domain::port::{CommitError, PortError};
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use super::Write;
use crate::error::unavailable;

/// How many writes share a commit.
const BATCH: usize = 64;
/// How many may wait before there is too much to do.
const QUEUE: usize = 4096;

/// Where writes wait for their batch.
#[derive(Debug)]
pub(crate) struct Queue(mpsc::Sender<Box<dyn Waiting>>);

impl Queue {
    /// The writer ends with the last sender.
    pub(super) fn start(connection: DatabaseConnection) -> Self {
        let (sender, receiver) = mpsc::channel(QUEUE);
        tokio::spawn(serve(connection, receiver));
        Self(sender)
    }

    pub(super) async fn write<W: Write>(&self, write: W) -> Result<W::Answer, CommitError> {
        let (sender, answer) = oneshot::channel();
        let job = Box::new(Job { write, result: None, answer: sender });
        self.0.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => PortError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => PortError::Unavailable("the writer has stopped".into()),
        })?;
        let lost = || CommitError::Unknown(PortError::Unavailable("the writer gave no answer".into()));
        answer.await.unwrap_or_else(|_| Err(lost()))
    }
}

async fn serve(connection: DatabaseConnection, mut queue: mpsc::Receiver<Box<dyn Waiting>>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let (connection, batch) = (connection.clone(), std::mem::take(&mut batch));
        // A task of its own: should one panic, the writes of its batch are unknown, and the next ones go on.
        if let Err(error) = tokio::spawn(commit(connection, batch)).await {
            tracing::error!(%error, "a batch of writes was lost");
        }
    }
}

/// What became of a batch.
enum Fate {
    Written,
    NotWritten(DbErr),
    Unknown(DbErr),
}

async fn commit(connection: DatabaseConnection, mut batch: Vec<Box<dyn Waiting>>) {
    let fate = match apply(&connection, &mut batch).await {
        Err(error) => Fate::NotWritten(error),
        Ok(transaction) => transaction.commit().await.map_or_else(Fate::Unknown, |()| Fate::Written),
    };
    for waiting in batch {
        waiting.answer(&fate);
    }
}

/// # Errors
/// Where the transaction as a whole is lost: it is rolled back as it is dropped.
async fn apply(
    connection: &DatabaseConnection,
    batch: &mut [Box<dyn Waiting>],
) -> Result<DatabaseTransaction, DbErr> {
    // A transaction that begins as a reader fails at once when another process has written.
    let immediate = Some(SqliteTransactionMode::Immediate);
    let options = TransactionOptions { sqlite_transaction_mode: immediate, ..Default::default() };
    let transaction = connection.begin_with_options(options).await?;
    for waiting in batch {
        waiting.apply(&transaction).await?;
    }
    Ok(transaction)
}

/// A write of any kind, and whoever waits for its answer.
#[async_trait]
trait Waiting: Send {
    /// # Errors
    /// Where not even its savepoint could be reached.
    async fn apply(&mut self, to: &DatabaseTransaction) -> Result<(), DbErr>;
    /// Whoever waits no more misses the answer, and nothing else.
    fn answer(self: Box<Self>, fate: &Fate);
}

struct Job<W: Write> {
    write: W,
    result: Option<Result<W::Answer, CommitError>>,
    answer: oneshot::Sender<Result<W::Answer, CommitError>>,
}

#[async_trait]
impl<W: Write> Waiting for Job<W> {
    async fn apply(&mut self, to: &DatabaseTransaction) -> Result<(), DbErr> {
        let savepoint = to.begin().await?;
        let result = self.write.apply(&savepoint).await;
        match &result {
            Ok(_) => savepoint.commit().await?,
            Err(_) => savepoint.rollback().await?,
        }
        self.result = Some(result.map_err(crate::error::Failure::told));
        Ok(())
    }

    fn answer(self: Box<Self>, fate: &Fate) {
        let Self { result, answer, .. } = *self;
        let failed = |error: &DbErr| unavailable(error.clone());
        let told = match (fate, result) {
            (Fate::Written, Some(result)) => result,
            // What was refused was not written, but perhaps for the sake of what was not written either.
            (Fate::Unknown(error), Some(Err(_))) | (Fate::NotWritten(error), _) => Err(failed(error).into()),
            (Fate::Unknown(error), _) => Err(CommitError::Unknown(failed(error))),
            (Fate::Written, None) => Err(CommitError::Conflict),
        };
        let _ = answer.send(told);
    }
}

/// What a write holds may be a secret.
impl std::fmt::Debug for dyn Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waiting")
    }
}
