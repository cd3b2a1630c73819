//! What is wrong with the configuration is said all at once: which setting, from where, and why.
use std::fmt;

use super::origin::Origin;

/// What is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its name, or the key in the file that is none.
    pub setting: String,
    /// Where its value came from.
    pub origin: Option<Origin>,
    /// Why it cannot be taken. Never quotes a secret.
    pub reason: String,
}

/// Everything that is wrong; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.origin {
            None | Some(Origin::Default) => write!(f, "{}: {}", self.setting, self.reason),
            Some(origin) => write!(f, "{} ({origin}): {}", self.setting, self.reason),
        }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration cannot be used:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for Faults {}
