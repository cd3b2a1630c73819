//! Which database: a SQLite file or a PostgreSQL server, told apart by the URL's scheme.
use std::{
    fmt,
    path::{Path, PathBuf},
};

use registration_domain::secret::Secret;

/// Where the data lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// In a file.
    Sqlite(PathBuf),
    /// On a server; the URL may hold a password.
    Postgres(Secret),
}

/// The text names no database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no database; write sqlite:PATH or postgres://user:password@host:port/name")]
pub struct NotADatabase;

impl Database {
    /// # Errors
    /// [`NotADatabase`] for any other scheme, and for SQLite in memory, which would be another database at
    /// each connection.
    pub fn parse(url: &str) -> Result<Self, NotADatabase> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            let is_file = !path.is_empty() && !path.contains(':') && !path.contains('?');
            return if is_file { Ok(Self::Sqlite(path.into())) } else { Err(NotADatabase) };
        }
        let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
        match rest.and_then(|it| it.split_once('/')) {
            Some((server, name)) if !server.is_empty() && !name.is_empty() => {
                Ok(Self::Postgres(Secret::new(url)))
            }
            Some(_) | None => Err(NotADatabase),
        }
    }

    /// As the store takes it.
    pub fn url(&self) -> Secret {
        match self {
            Self::Sqlite(path) => Secret::new(format!("sqlite:{}", path.display())),
            Self::Postgres(url) => url.clone(),
        }
    }

    /// Where the keyring lies unless somebody says: beside a file, and nowhere for a server.
    pub fn keyring(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(path) => Some(path.with_extension("keyring")),
            Self::Postgres(_) => None,
        }
    }

    /// The folder that has to be there.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => path.parent().filter(|it| !it.as_os_str().is_empty()),
            Self::Postgres(_) => None,
        }
    }
}

/// Without a password.
impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::mask::mask(self.url().expose()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_servers_are_told_apart() {
        assert_eq!(Database::parse("sqlite:data/a.db"), Ok(Database::Sqlite("data/a.db".into())));
        assert_eq!(Database::parse("sqlite:///var/a.db"), Ok(Database::Sqlite("/var/a.db".into())));
        assert!(matches!(Database::parse("postgres://u:p@h:1/n"), Ok(Database::Postgres(_))));
        for url in ["", "sqlite:", "sqlite::memory:", "mysql://h/n", "postgres://", "postgres://host", "a.db"]
        {
            assert_eq!(Database::parse(url), Err(NotADatabase), "{url}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let database = Database::parse("postgres://ana:hunter2@db.example/registration").unwrap();
        assert_eq!(database.to_string(), "postgres://ana:***@db.example/registration");
        assert!(!format!("{database:?}").contains("hunter2"));
    }
}
