//! What a person fills in to become an account: every fault at once, and the hash before the commit.
use std::sync::OnceLock;

use crate::{
    account::{AccountId, NewAccount},
    email::Email,
    locale::Locale,
    password::{Password, PasswordHash, PasswordPolicy},
    person_name::{NamePart, PersonName},
    platform::Platform,
    port::PortError,
    refusal::FieldFault,
    secret::Secret,
    username::Username,
};

/// What a person fills in; which of it must be there, the verb decides.
///
/// ```
/// use registration_domain::{email::Email, password::PasswordPolicy, use_case::registration::Registration};
///
/// let nothing = Registration::default();
/// let faults = nothing.complete(&Email::parse("ana@example.org")?, &PasswordPolicy::default()).unwrap_err();
/// let fields: Vec<_> = faults.iter().map(|it| &*it.field).collect();
/// assert_eq!(fields, ["username", "first_name", "last_name", "password"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registration {
    /// The name to sign in with.
    pub username: Option<Username>,
    /// Their first name.
    pub first_name: Option<NamePart>,
    /// Their last name.
    pub last_name: Option<NamePart>,
    /// The password that they chose, as they typed it.
    pub password: Option<Secret>,
    /// The language that they chose.
    pub locale: Option<Locale>,
}

/// The same, complete and within the policy, for one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registrant {
    username: Username,
    name: PersonName,
    password: Password,
    locale: Option<Locale>,
}

impl Registration {
    /// Everything that is missing or against the policy, at once.
    ///
    /// # Errors
    /// A fault for each field.
    pub fn complete(&self, email: &Email, policy: &PasswordPolicy) -> Result<Registrant, Vec<FieldFault>> {
        let Self { username, first_name, last_name, password, locale } = self;
        let mut faults = Vec::new();
        let mut missing = |field| faults.push(FieldFault::required(field));
        if username.is_none() {
            missing("username");
        }
        if first_name.is_none() {
            missing("first_name");
        }
        if last_name.is_none() {
            missing("last_name");
        }
        let checked = match password {
            None => {
                missing("password");
                None
            }
            Some(text) => match policy.check(text.expose(), Some(email), username.as_ref()) {
                Ok(password) => Some(password),
                Err(wrong) => {
                    faults.extend(wrong.iter().map(|it| FieldFault::of("password", it)));
                    None
                }
            },
        };
        match (username, first_name, last_name, checked) {
            (Some(username), Some(first), Some(last), Some(password)) => Ok(Registrant {
                username: username.clone(),
                name: PersonName::new(first.clone(), last.clone()),
                password,
                locale: locale.clone(),
            }),
            _ => Err(faults),
        }
    }
}

impl Registrant {
    /// The name to sign in with.
    pub fn username(&self) -> &Username {
        &self.username
    }
    /// Their name.
    pub fn name(&self) -> &PersonName {
        &self.name
    }
    /// The account to be, once the password is hashed.
    pub fn into_account(self, id: AccountId, email: Email, password: PasswordHash) -> NewAccount {
        let Self { username, name, password: _, locale } = self;
        NewAccount { id, email, username, name, password, locale }
    }
}

/// That a username belongs to somebody else.
pub(crate) fn username_taken() -> FieldFault {
    FieldFault::new("username", "username_taken", "that username is taken; choose another")
}

/// A hash that is made once, however often the verb decides.
#[derive(Default)]
pub(crate) struct HashedOnce(OnceLock<PasswordHash>);

impl HashedOnce {
    /// Called while no moment is held.
    pub(crate) async fn of(
        &self,
        registrant: &Registrant,
        platform: &Platform,
    ) -> Result<PasswordHash, PortError> {
        self.of_password(&registrant.password, platform).await
    }
    /// The same, where somebody is known already.
    pub(crate) async fn of_password(
        &self,
        password: &Password,
        platform: &Platform,
    ) -> Result<PasswordHash, PortError> {
        if let Some(hash) = self.0.get() {
            return Ok(hash.clone());
        }
        let hash = platform.ports.passwords.hash(password).await?;
        Ok(self.0.get_or_init(|| hash).clone())
    }
}
