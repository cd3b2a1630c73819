//! A username may be told to be free or taken; whether an address has an account is told to nobody.
use crate::{platform::Platform, port::PortError, username::Username};

/// So many numbers are tried behind a name that is taken.
const TRIED: u32 = 20;

/// Whether a username can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UsernameAvailability {
    /// Nobody has it.
    Free,
    /// Somebody has it.
    Taken {
        /// One like it that nobody has.
        suggestion: Option<Username>,
    },
}

impl Platform {
    /// Whether a username can be had now. It is held for nobody.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn username_availability(&self, wanted: &Username) -> Result<UsernameAvailability, PortError> {
        let moment = self.ports.reads.moment().await?;
        if moment.account_named(wanted).await?.is_none() {
            return Ok(UsernameAvailability::Free);
        }
        for number in 2..2 + TRIED {
            let Ok(other) = Username::parse(&format!("{wanted}{number}")) else { continue };
            if moment.account_named(&other).await?.is_none() {
                return Ok(UsernameAvailability::Taken { suggestion: Some(other) });
            }
        }
        Ok(UsernameAvailability::Taken { suggestion: None })
    }
}
