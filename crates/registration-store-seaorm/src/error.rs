//! A violated index has a name in the domain, a lost race is a conflict, and the rest is the store's own failure.
use registration_domain::port::{CommitError, PortError, Unique};
use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr, SqlErr};

/// Why a store could not be opened, migrated or closed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address begins with neither `sqlite:` nor `postgres:`.
    #[error("a database is named as sqlite:PATH or postgres://…")]
    UnknownDatabase,
    /// What the database said.
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// A port failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// Why a write did not come to its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The ledger says no.
    Refused(CommitError),
    /// The database does.
    Database(DbErr),
}

/// As SQLite names it, as PostgreSQL does, and what it keeps unique. Whatever else an index keeps unique, such
/// as a fresh id, is only ever hit by a race.
const INDEXES: [(&str, &str, Unique); 10] = [
    ("email_change.account", "email_change_waiting_once", Unique::WaitingEmailChange),
    ("account.email_key", "account_email_once", Unique::Email),
    ("account.username", "account_username_once", Unique::Username),
    ("membership.organization, membership.account", "membership_once", Unique::Membership),
    (
        "invitation.organization, invitation.purpose, invitation.email_key",
        "invitation_pending_once",
        Unique::PendingInvitation,
    ),
    ("founding.one", "founding_pkey", Unique::Founding),
    ("email_domain.organization, email_domain.name", "email_domain_once", Unique::EmailDomain),
    ("email_domain.name", "email_domain_verified_once", Unique::VerifiedEmailDomain),
    (
        "join_request.organization, join_request.account",
        "join_request_pending_once",
        Unique::PendingJoinRequest,
    ),
    ("employee_code.digest", "employee_code_once", Unique::EmployeeCode),
];

/// Somebody else was faster: on PostgreSQL a serialization failure, a deadlock and a lock not had in time, on
/// SQLite the codes of a busy or locked file.
const LOST_RACES: [&str; 9] = ["40001", "40P01", "55P03", "5", "6", "261", "262", "517", "773"];

impl Failure {
    /// Whether the same is worth another try.
    pub(crate) fn is_lost_race(&self) -> bool {
        match self {
            Self::Database(error) => is_lost_race(error),
            Self::Refused(_) => false,
        }
    }
    /// As the port tells it.
    pub(crate) fn told(self) -> CommitError {
        match self {
            Self::Refused(why) => why,
            Self::Database(error) => refused(error),
        }
    }
}

pub(crate) fn is_lost_race(error: &DbErr) -> bool {
    code(error).is_some_and(|it| LOST_RACES.contains(&it.as_str()))
}

/// Whether the database itself took a stand, so that what was asked of it did not happen.
pub(crate) fn is_verdict(error: &DbErr) -> bool {
    code(error).is_some_and(|it| it.starts_with("40") || it.starts_with("23"))
}

pub(crate) fn unavailable(error: DbErr) -> PortError {
    if matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) {
        PortError::Overloaded
    } else {
        PortError::Unavailable(Box::new(error))
    }
}

/// Of a write that no rule can refuse.
pub(crate) fn failed(error: CommitError) -> PortError {
    match error {
        CommitError::Port(error) | CommitError::Unknown(error) => error,
        refused @ (CommitError::Conflict
        | CommitError::Taken(_)
        | CommitError::Spent { .. }
        | CommitError::Repeated(_)) => PortError::Unavailable(Box::new(refused)),
    }
}

fn refused(error: DbErr) -> CommitError {
    if let Some(SqlErr::UniqueConstraintViolation(message)) = error.sql_err() {
        let hit =
            |(sqlite, postgres, _): &&(&str, &str, _)| names(&message, sqlite) || names(&message, postgres);
        return INDEXES
            .iter()
            .find(hit)
            .map_or(CommitError::Conflict, |(_, _, what)| CommitError::Taken(*what));
    }
    if is_lost_race(&error) { CommitError::Conflict } else { unavailable(error).into() }
}

/// SQLite ends its message with the columns, PostgreSQL quotes the name of the index.
fn names(message: &str, index: &str) -> bool {
    message.ends_with(&format!(": {index}")) || message.contains(&format!("\"{index}\""))
}

fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return None;
    };
    let verdict = error.as_database_error()?;
    verdict.code().map(Into::into)
}

impl From<DbErr> for Failure {
    fn from(error: DbErr) -> Self {
        Self::Database(error)
    }
}
impl From<CommitError> for Failure {
    fn from(error: CommitError) -> Self {
        Self::Refused(error)
    }
}
impl From<PortError> for Failure {
    fn from(error: PortError) -> Self {
        Self::Refused(error.into())
    }
}
