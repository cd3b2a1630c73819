//! A moment is REPEATABLE READ and reads only; a commit is READ COMMITTED and waits for nobody for ever.
use std::time::Duration;

use sea_orm::{ConnectOptions, sqlx::Connection};

/// How long one waits for a connection before there is too much to do.
const PATIENCE: Duration = Duration::from_secs(5);

/// For how long after its last use a connection is not asked whether it lives.
const FRESH: Duration = Duration::from_secs(1);

/// What a session is told when it begins, so that no transaction has to be.
type Defaults = &'static [(&'static str, &'static str)];

const READING: Defaults = &[
    ("default_transaction_isolation", "repeatable read"),
    ("default_transaction_read_only", "on"),
    ("statement_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "60s"),
];
const WRITING: Defaults = &[
    ("default_transaction_isolation", "read committed"),
    ("lock_timeout", "2s"),
    ("statement_timeout", "30s"),
    ("idle_in_transaction_session_timeout", "60s"),
];

pub(super) fn readers(url: &str, most: u32) -> ConnectOptions {
    options(url, most, READING)
}

pub(super) fn writers(url: &str, most: u32) -> ConnectOptions {
    options(url, most, WRITING)
}

fn options(url: &str, most: u32, defaults: Defaults) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(most.max(1))
        .acquire_timeout(PATIENCE)
        .set_application_name("registration")
        .map_sqlx_postgres_opts(move |it| it.options(defaults.iter().copied()))
        .test_before_acquire(false)
        .map_sqlx_postgres_pool_opts(|pool| {
            pool.before_acquire(|connection, metadata| {
                Box::pin(async move {
                    if metadata.idle_for > FRESH {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
        });
    super::quiet(&mut options);
    options
}
