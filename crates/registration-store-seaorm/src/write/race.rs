//! A transaction that lost a race is tried again whole.
use std::time::Duration;

use registration_domain::port::CommitError;
use sea_orm::DatabaseConnection;

use super::Write;
use crate::{
    database::begin,
    error::{Failure, is_verdict, unavailable},
};

/// How often before the verb has to decide anew.
const TRIES: u32 = 6;
/// Before the second try; twice as long before each further one.
const PAUSE: Duration = Duration::from_millis(5);

#[derive(Debug)]
pub(crate) struct Racer(pub(super) DatabaseConnection);

/// What a try came to.
enum Try<T> {
    Over(Result<T, CommitError>),
    Lost,
}

impl Racer {
    pub(super) async fn write<W: Write>(&self, write: &W) -> Result<W::Answer, CommitError> {
        for tried in 0..TRIES {
            if tried > 0 {
                tokio::time::sleep(PAUSE * 2_u32.pow(tried - 1)).await;
            }
            if let Try::Over(result) = self.once(write).await {
                return result;
            }
        }
        Err(CommitError::Conflict)
    }

    async fn once<W: Write>(&self, write: &W) -> Try<W::Answer> {
        let transaction = match begin(&self.0).await {
            Ok(begun) => begun,
            Err(error) => return Try::Over(Err(unavailable(error).into())),
        };
        let answer = match write.apply(&transaction).await {
            Ok(answer) => answer,
            Err(failure) => {
                // A connection that cannot even roll back is closed, and its transaction with it.
                let _ = transaction.rollback().await;
                return if failure.is_lost_race() { Try::Lost } else { Try::Over(Err(failure.told())) };
            }
        };
        match transaction.commit().await {
            Ok(()) => Try::Over(Ok(answer)),
            Err(error) if is_verdict(&error) => {
                let failure = Failure::from(error);
                if failure.is_lost_race() { Try::Lost } else { Try::Over(Err(failure.told())) }
            }
            Err(error) => Try::Over(Err(CommitError::Unknown(unavailable(error)))),
        }
    }
}
