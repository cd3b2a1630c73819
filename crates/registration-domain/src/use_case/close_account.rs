//! Whoever closes their account is gone from everywhere at once. No organization is left without an Owner by it, and
//! no platform without an administrator.
mod decide;

use std::fmt;

use crate::{
    access::Access,
    account::Account,
    audit::AuditEventId,
    change::ChangeSet,
    join_request::OpenRequest,
    membership::ActiveMembership,
    message::MessageId,
    organization::{Organization, OrganizationId},
    page::{Page, PageSize},
    platform::{Answer, Platform, VerbError},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    secret::Secret,
    session::Device,
    time::Timestamp,
    use_case::{
        authenticate::{NotSignedIn, SignedIn},
        guess::{Failed, Whose},
    },
};

pub use decide::decide;

/// Closes one's own account for ever.
#[derive(Clone, PartialEq, Eq)]
pub struct CloseAccount {
    /// Whose.
    pub by: SignedIn,
    /// Their password, as they typed it.
    pub password: Secret,
    /// What they use.
    pub device: Device,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on, once the password was compared.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The account as it is now.
    pub account: Account,
    /// Where they belong.
    pub places: Vec<Place>,
    /// What they asked for and nobody decided.
    pub requests: Vec<OpenRequest>,
    /// Another administrator of the platform.
    pub administrator: Option<Account>,
}

/// What keeps an account open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needed {
    /// Where its owner is the only Owner.
    pub organizations: Vec<Organization>,
    /// Whether they are the only administrator of the platform.
    pub is_last_administrator: bool,
}

/// One organization that they belong to.
#[derive(Debug, Clone)]
pub struct Place {
    /// Their membership.
    pub membership: ActiveMembership,
    /// The organization.
    pub organization: Organization,
    /// How many Owners it has who can act.
    pub owners: u32,
}

/// Ids for what is to be made: of the events, one for each membership and each request that ends.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub message: MessageId,
    pub event: AuditEventId,
    pub endings: Vec<AuditEventId>,
}

/// Why the account is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CloseRefusal {
    /// Nobody is signed in any more.
    #[error(transparent)]
    NotSignedIn(#[from] NotSignedIn),
    /// It is not the password that they have.
    #[error("the password is not right")]
    Wrong {
        /// How many more tries there are before one has to wait.
        left: u32,
    },
    /// These organizations would be without an Owner.
    #[error("an organization keeps an Owner: hand ownership over first")]
    LastOwner(Vec<OrganizationId>),
    /// Nobody could help anybody any more.
    #[error("the platform keeps an administrator: make another account one first")]
    LastAdministrator,
}

impl Platform {
    /// What keeps the caller's account open, for them to settle first.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn needed(&self, by: &SignedIn) -> Result<Needed, PortError> {
        let moment = self.ports.reads.moment().await?;
        let places = places(&*moment, &by.account).await?;
        let administrator = moment.another_administrator(by.account.id()).await?;
        Ok(Needed {
            organizations: places.into_iter().filter(Place::needs_them).map(|it| it.organization).collect(),
            is_last_administrator: by.account.parts().administrator && administrator.is_none(),
        })
    }

    /// Closes the caller's account: memberships and sessions end, and the address and the username are free.
    ///
    /// # Errors
    /// [`CloseRefusal`], or what every verb may meet: `too_many_tries` where one has to wait.
    pub async fn close_account(&self, command: CloseAccount) -> Result<Answer<()>, VerbError<CloseRefusal>> {
        let guesses = self.guesses(Whose::Device(command.by.session.id()));
        let guess = self.spend_guess(guesses.clone(), self.ports.clock.now()).await?;
        let account = &command.by.account;
        if !self.compare(&guess, &command.password, Some(&account.parts().password)).await? {
            let failed = Failed { account: Some(account), device: &command.device, logged: None };
            self.settle_failure(&guess, failed).await?;
            let left = guesses.left(&*self.ports.reads.moment().await?, self.ports.clock.now()).await?;
            return Err(VerbError::Refused(CloseRefusal::Wrong { left }));
        }
        let (command, guess) = (&command, &guess);
        let settled = self.settle(Outcome::Done, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, &command.by, now).await?;
            let ids = &self.ports.ids;
            let endings = snapshot.places.len() + snapshot.requests.len();
            let endings = (0..endings).map(|_| ids.fresh()).collect();
            let fresh = Fresh { message: ids.fresh(), event: ids.fresh(), endings };
            let changes = decide(snapshot, command, now, fresh).map_err(VerbError::Refused)?;
            Ok(changes.with_all(guess.given_back()))
        });
        let settled = settled.await;
        if let Err(VerbError::Refused(_)) = &settled {
            // The password was right all the same.
            let given_back = ChangeSet::new().with_all(guess.given_back());
            drop(self.commit(given_back, self.ports.clock.now()).await);
        }
        Ok(settled?.map(|_| ()))
    }
}

async fn gather(
    moment: &dyn Moment,
    by: &SignedIn,
    now: Timestamp,
) -> Result<Snapshot, VerbError<CloseRefusal>> {
    let (seen, account) =
        moment.session(by.session.id()).await?.ok_or(VerbError::Refused(NotSignedIn.into()))?;
    let compared = by.account.parts();
    let stands = account.is_active()
        && account.parts().password == compared.password
        && account.parts().generation == compared.generation
        && seen.session.parts().ended_at.is_none();
    if !stands {
        return Err(VerbError::Refused(NotSignedIn.into()));
    }
    let places = places(moment, &account).await?;
    let requests = requests(moment, &account, now).await?;
    let administrator = moment.another_administrator(account.id()).await?;
    Ok(Snapshot { account, places, requests, administrator })
}

async fn places(moment: &dyn Moment, account: &Account) -> Result<Vec<Place>, PortError> {
    let (mut page, mut places) = (whole(), Vec::new());
    loop {
        let found = moment.memberships(account.id(), &page).await?;
        for view in found.rows {
            let organization = view.organization;
            let owners = moment.owners(organization.id()).await?;
            let active = view.membership.active();
            places.extend(active.map(|membership| Place { membership, organization, owners }));
        }
        match found.next {
            Some(next) => page.after = Some(next),
            None => return Ok(places),
        }
    }
}

async fn requests(
    moment: &dyn Moment,
    account: &Account,
    now: Timestamp,
) -> Result<Vec<OpenRequest>, PortError> {
    let (mut page, mut open) = (whole(), Vec::new());
    loop {
        let found = moment.join_requests_by(account.id(), &page).await?;
        open.extend(found.rows.into_iter().filter_map(|it| it.request.open(now).ok()));
        match found.next {
            Some(next) => page.after = Some(next),
            None => return Ok(open),
        }
    }
}

fn whole() -> Page {
    Page::first(PageSize::new(100).unwrap_or(PageSize::DEFAULT))
}

impl Place {
    /// Whether it would be without an Owner who can act.
    pub fn needs_them(&self) -> bool {
        self.is_owned() && self.owners < 2
    }
    /// Whether they are an Owner there.
    pub fn is_owned(&self) -> bool {
        self.membership.parts().access == Access::Owner
    }
}

/// Without what was typed.
impl fmt::Debug for CloseAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloseAccount").field("by", &self.by.account.id()).finish_non_exhaustive()
    }
}

impl Refusal for CloseRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn(why) => why.told(),
            Self::Wrong { .. } => (RefusalKind::Invalid, "current_password_incorrect"),
            Self::LastOwner(_) => (RefusalKind::Conflict, "last_owner"),
            Self::LastAdministrator => (RefusalKind::Conflict, "last_administrator"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Wrong { .. } => {
                vec![FieldFault::new("password", "current_password_incorrect", self.to_string())]
            }
            Self::NotSignedIn(_) | Self::LastOwner(_) | Self::LastAdministrator => Vec::new(),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotSignedIn(_) | Self::LastAdministrator => Vec::new(),
            Self::Wrong { left } => vec![Fact::TriesLeft(*left)],
            Self::LastOwner(organizations) => vec![Fact::Organizations(organizations.clone())],
        }
    }
}
