//! The file of a database is for its owner only: what lies in it tells of people.
use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt};

use sea_orm::sqlx::sqlite::SqliteConnectOptions;

/// Makes the file where there is none; SQLite makes those beside it alike. One that is there stays as its owner
/// wants it, and why one cannot be made, the driver says better.
pub(super) fn make(path: &str) {
    // Neither `:memory:` nor what asks the driver for something else is a plain file.
    if path.contains([':', '?']) {
        return;
    }
    if let Ok(options) = format!("sqlite:{path}").parse::<SqliteConnectOptions>() {
        drop(OpenOptions::new().write(true).create_new(true).mode(0o600).open(options.get_filename()));
    }
}
