//! A setting's value remembers where it came from, so that people find what to change.
use std::{fmt, path::PathBuf};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The file of `--config`.
    File(PathBuf),
    /// An environment variable.
    Environment(String),
    /// A file that an environment variable names.
    SecretFile(String),
    /// The command line.
    Flag(String),
}

/// The environment variable of a setting.
pub(super) fn variable(name: &str) -> String {
    format!("REGISTRATION_{}", name.replace('.', "_").to_uppercase())
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "file {}", path.display()),
            Self::Environment(variable) => write!(f, "environment {variable}"),
            Self::SecretFile(variable) => write!(f, "the file that {variable} names"),
            Self::Flag(flag) => write!(f, "flag --{flag}"),
        }
    }
}
