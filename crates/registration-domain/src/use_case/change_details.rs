//! A person says what they are called, which language they read, and where they live by the clock.
use crate::{
    account::{Account, AccountId},
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Expectation},
    locale::Locale,
    person_name::{NamePart, PersonName},
    platform::{Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::Outcome,
    refusal::{FieldFault, Refusal, RefusalKind},
    revision::Revision,
    session::Caller,
    time::Timestamp,
    time_zone::TimeZone,
    use_case::{authenticate::NotSignedIn, registration::username_taken},
    username::Username,
};

/// Changes some details of one's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDetails {
    /// Whose.
    pub by: Caller,
    /// What is to be changed.
    pub details: Details,
    /// The state of the account that they looked at, where they say so.
    pub seen: Option<Revision>,
}

/// Details of an account; what is left out stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// The name to sign in with.
    pub username: Option<Username>,
    /// Their first name.
    pub first_name: Option<NamePart>,
    /// Their last name.
    pub last_name: Option<NamePart>,
    /// The language of their mails and pages.
    pub locale: Option<Locale>,
    /// The zone in which their pages tell the time.
    pub time_zone: Option<TimeZone>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The account as it is now.
    pub account: Option<Account>,
    /// Who has the username that it is to have.
    pub namesake: Option<AccountId>,
}

/// Why the details are as they were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DetailsRefusal {
    /// Nobody is signed in any more.
    #[error(transparent)]
    NotSignedIn(#[from] NotSignedIn),
    /// They were changed since the caller looked.
    #[error("your details were changed since you looked")]
    Stale,
    /// A field cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

impl Platform {
    /// Changes details of the caller's own account.
    ///
    /// # Errors
    /// [`DetailsRefusal`], or what every verb may meet.
    pub async fn change_details(&self, command: ChangeDetails) -> Result<Account, VerbError<DetailsRefusal>> {
        let event = self.ports.ids.fresh();
        let (command, id) = (&command, command.by.account);
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let snapshot = gather(&*moment, command).await?;
            decide(snapshot, command, now, event).map_err(VerbError::Refused)
        });
        settled.await?;
        Ok(shown(self.ports.reads.moment().await?.account(id).await?, "account", &id)?)
    }
}

async fn gather(moment: &dyn Moment, command: &ChangeDetails) -> Result<Snapshot, PortError> {
    let namesake = match &command.details.username {
        Some(username) => moment.account_named(username).await?.map(|it| it.id()),
        None => None,
    };
    Ok(Snapshot { account: moment.account(command.by.account).await?, namesake })
}

/// What a change of details writes: nothing where it changes nothing.
///
/// # Errors
/// [`DetailsRefusal`], in this order: the account, what the caller looked at, the username.
pub fn decide(
    snapshot: Snapshot,
    command: &ChangeDetails,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, DetailsRefusal> {
    let before = snapshot.account.filter(Account::is_active).ok_or(NotSignedIn)?;
    if command.seen.is_some_and(|seen| seen != before.parts().revision) {
        return Err(DetailsRefusal::Stale);
    }
    if snapshot.namesake.is_some_and(|it| it != before.id()) {
        return Err(DetailsRefusal::Fields(vec![username_taken()]));
    }
    let after = changed(before.clone(), command.details.clone());
    if after == before {
        let (id, revision) = (before.id(), before.parts().revision);
        return Ok(ChangeSet::new().expecting(Expectation::Account(id, revision)));
    }
    let (id, email) = (after.id(), &after.parts().email);
    let event = AuditEvent::by(&command.by, event, Action::AccountChanged, id, email, now)
        .from(told(&before))
        .to(told(&after));
    Ok(ChangeSet::new().with(Change::UpdateAccount(after)).with(Change::Record(event)))
}

fn changed(account: Account, details: Details) -> Account {
    let Details { username, first_name, last_name, locale, time_zone } = details;
    let parts = account.parts().clone();
    let name = PersonName::new(first_name.unwrap_or(parts.name.first), last_name.unwrap_or(parts.name.last));
    account
        .rename(username.unwrap_or(parts.username), name)
        .prefer(locale.or(parts.locale), time_zone.or(parts.time_zone))
}

fn told(account: &Account) -> String {
    let parts = account.parts();
    let locale = parts.locale.as_ref().map_or("no language", Locale::as_str);
    let zone = parts.time_zone.as_ref().map_or("no time zone", TimeZone::as_str);
    format!("{}, {}, {locale}, {zone}", parts.username, parts.name)
}

impl Refusal for DetailsRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn(why) => why.told(),
            Self::Stale => (RefusalKind::Stale, "stale"),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Fields(faults) => faults.clone(),
            Self::NotSignedIn(_) | Self::Stale => Vec::new(),
        }
    }
}
