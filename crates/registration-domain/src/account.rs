//! An account is one person's login: one for each address, one for each username.
use crate::{
    email::Email,
    id::Id,
    locale::Locale,
    note::Note,
    password::PasswordHash,
    person_name::PersonName,
    revision::{Generation, Revision},
    time::Timestamp,
    time_zone::TimeZone,
    username::Username,
};

/// The id of an account.
pub type AccountId = Id<Account>;

/// One person's login, with a verified address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account(AccountParts);

/// The fields of a stored account, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountParts {
    /// Its id.
    pub id: AccountId,
    /// The verified address that mail goes to.
    pub email: Email,
    /// The name to sign in with.
    pub username: Username,
    /// What others call the person.
    pub name: PersonName,
    /// How the person proves to be themselves.
    pub password: PasswordHash,
    /// Whether it can be used.
    pub state: AccountState,
    /// Whether it is an administrator of the platform.
    pub administrator: bool,
    /// Which sessions hold: those that were started in this one.
    pub generation: Generation,
    /// The language of its mails and pages; the platform's where none was chosen.
    pub locale: Option<Locale>,
    /// The zone in which its pages tell the time; UTC where none was chosen.
    pub time_zone: Option<TimeZone>,
    /// When it was made.
    pub created_at: Timestamp,
    /// How often it was written.
    pub revision: Revision,
}

/// Whether an account can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountState {
    /// It can.
    Active,
    /// An administrator of the platform suspended it.
    Suspended {
        /// When.
        at: Timestamp,
        /// Who.
        by: AccountId,
        /// Why.
        reason: Option<Note>,
    },
    /// Its owner closed it for ever.
    Closed {
        /// When.
        at: Timestamp,
    },
}

/// What a person says of themselves, parsed, with the hash of the password that they chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// The id it will have.
    pub id: AccountId,
    /// The verified address.
    pub email: Email,
    /// The name to sign in with.
    pub username: Username,
    /// What others call the person.
    pub name: PersonName,
    /// The hash of their password.
    pub password: PasswordHash,
    /// The language that they chose.
    pub locale: Option<Locale>,
}

impl Account {
    /// An active account of somebody who proved the address.
    pub fn open(new: NewAccount, now: Timestamp) -> Self {
        let NewAccount { id, email, username, name, password, locale } = new;
        Self(AccountParts {
            id,
            email,
            username,
            name,
            password,
            state: AccountState::Active,
            administrator: false,
            generation: Generation::FIRST,
            locale,
            time_zone: None,
            created_at: now,
            revision: Revision::FIRST,
        })
    }
    /// The same, as an administrator of the platform.
    #[must_use]
    pub fn as_administrator(self) -> Self {
        Self(AccountParts { administrator: true, ..self.0 })
    }
    /// Under this username, and called so by others.
    #[must_use]
    pub fn rename(self, username: Username, name: PersonName) -> Self {
        Self(AccountParts { username, name, ..self.0 })
    }
    /// Its mails and pages speak this language, and tell the time of this zone.
    #[must_use]
    pub fn prefer(self, locale: Option<Locale>, time_zone: Option<TimeZone>) -> Self {
        Self(AccountParts { locale, time_zone, ..self.0 })
    }
    /// At another address, which its owner proved. Whatever rested on the older one holds no more: sessions,
    /// links and codes of an earlier generation.
    #[must_use]
    pub fn with_email(self, email: Email) -> Self {
        Self(AccountParts { email, generation: self.0.generation.next(), ..self.0 })
    }
    /// Closed for ever by its owner. Address, username, password and what they preferred are erased, so that
    /// the first two are free for others; what people called them stays, for the history of those who let
    /// them in, or were let in by them. An account that was closed before stays as it is.
    ///
    /// ```
    /// use registration_domain::{account::Account, time::Timestamp};
    /// # use registration_domain::{account::NewAccount, email::Email, id::Id, password::PasswordHash,
    /// #     person_name::{NamePart, PersonName}, username::Username};
    /// # let (now, later) = (Timestamp::from_micros(0), Timestamp::from_micros(1));
    /// # let account = Account::open(NewAccount {
    /// #     id: Id::new(uuid::Uuid::nil()),
    /// #     email: Email::parse("ana@example.org")?,
    /// #     username: Username::parse("anaruiz")?,
    /// #     name: PersonName::new(NamePart::parse("Ana")?, NamePart::parse("Ruiz")?),
    /// #     password: PasswordHash::from_phc("$x$y".into()),
    /// #     locale: None,
    /// # }, now);
    ///
    /// let closed = account.clone().close(later);
    /// assert!(!closed.is_active());
    /// assert_ne!(closed.parts().email, account.parts().email);
    /// assert_eq!(closed.parts().name, account.parts().name);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn close(self, at: Timestamp) -> Self {
        if let AccountState::Closed { .. } = self.0.state {
            return self;
        }
        let nobody = self.0.id.uuid();
        Self(AccountParts {
            email: Email::of_nobody(nobody),
            username: Username::of_nobody(nobody),
            password: PasswordHash::none(),
            state: AccountState::Closed { at },
            administrator: false,
            generation: self.0.generation.next(),
            locale: None,
            time_zone: None,
            ..self.0
        })
    }

    /// With another password. Whatever rests on the older one ends with it: every session, every link.
    #[must_use]
    pub fn with_password(self, password: PasswordHash) -> Self {
        Self(AccountParts { password, ..self.0 }).in_a_new_generation()
    }
    /// Everybody is signed out who is not let in anew.
    #[must_use]
    pub fn in_a_new_generation(self) -> Self {
        Self(AccountParts { generation: self.0.generation.next(), ..self.0 })
    }

    /// Its id.
    pub fn id(&self) -> AccountId {
        self.0.id
    }
    /// Whether it can be used.
    pub fn is_active(&self) -> bool {
        self.0.state == AccountState::Active
    }

    /// For adapters: a stored account.
    pub fn from_parts(parts: AccountParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &AccountParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> AccountParts {
        self.0
    }
}
