//! The holder of a setup link founds the platform: the first administrator, organization and Owner.
use crate::{
    account::{Account, AccountId},
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    email::Email,
    link::{Link, LinkPurpose},
    membership::{Membership, MembershipId},
    organization::{Organization, OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    password::PasswordHash,
    platform::{Answer, Platform, VerbError, shown},
    port::{CommitError, Moment, PortError},
    receipt::{Once, Outcome},
    refusal::{FieldFault, Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    session::{Caller, Device, Session, SessionId},
    settings::Settings,
    setup::{Founding, SetupLink, SetupLinkId},
    sign_in_log::SignInMethod,
    time::Timestamp,
    use_case::registration::{HashedOnce, Registrant, Registration},
};

/// Founds the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetUp {
    /// From the link that the server printed.
    pub token: Secret,
    /// Of the first organization.
    pub organization_name: OrganizationName,
    /// Of the first administrator, who printed the link and so needs no other proof of it.
    pub email: Email,
    /// Who they are.
    pub registration: Registration,
    /// What they use.
    pub device: Device,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// The platform, founded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// Its first administrator.
    pub account: Account,
    /// Its first organization.
    pub organization: Organization,
    /// Of the session that the administrator is in.
    pub token: Secret,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The link, if there is such a one.
    pub link: Option<SetupLink>,
    /// Whether the platform has an owner.
    pub founding: Option<Founding>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub account: AccountId,
    pub organization: OrganizationId,
    pub membership: MembershipId,
    pub session: SessionId,
    pub events: [AuditEventId; 2],
}

/// Why the platform was not founded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetUpRefusal {
    /// There is no such link, or it was used: the platform has an owner.
    #[error("setup needs the link that the server printed when it started")]
    Unknown,
    /// Its time is over.
    #[error("this setup link has expired; the server prints a new one when it starts")]
    Expired,
    /// Fields that cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

impl Platform {
    /// When somebody set the platform up, if anybody did.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn founded_at(&self) -> Result<Option<Timestamp>, PortError> {
        let founding = self.ports.reads.moment().await?.founding().await?;
        Ok(founding.map(|it| it.at))
    }

    /// A setup link to print, while nobody owns the platform.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn issue_setup_link(&self) -> Result<Option<Secret>, PortError> {
        if self.founded_at().await?.is_some() {
            return Ok(None);
        }
        let now = self.ports.clock.now();
        let link = SetupLink::issue(self.ports.ids.fresh(), self.settings.lifetimes.setup_link, now);
        match self.commit(ChangeSet::new().with(Change::AddSetupLink(link)), now).await {
            Ok(()) => {}
            Err(CommitError::Port(error) | CommitError::Unknown(error)) => return Err(error),
            Err(refused) => return Err(PortError::Unavailable(Box::new(refused))),
        }
        let sealed =
            Link { purpose: LinkPurpose::Setup, subject: link.id.uuid(), generation: Generation::FIRST };
        Ok(Some(self.settings.public_url.to_token("/setup", &self.ports.links.seal(sealed).0)))
    }

    /// Founds the platform, once.
    ///
    /// # Errors
    /// [`SetUpRefusal`], or what every verb may meet.
    pub async fn set_up(&self, command: SetUp) -> Result<Answer<Founded>, VerbError<SetUpRefusal>> {
        let link = self.ports.links.open(command.token.expose());
        let link = link.filter(|it| it.purpose == LinkPurpose::Setup);
        let id = SetupLinkId::new(link.ok_or(VerbError::Refused(SetUpRefusal::Unknown))?.subject);
        let ids = &self.ports.ids;
        let fresh = Fresh {
            account: ids.fresh(),
            organization: ids.fresh(),
            membership: ids.fresh(),
            session: ids.fresh(),
            events: [ids.fresh(), ids.fresh()],
        };
        let Fresh { account, organization, session, .. } = fresh;
        let outcome = Outcome::SetUp { account, organization, session };
        let (command, hashed) = (&command, &HashedOnce::default());
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, id).await?;
            drop(moment);
            let registrant = consider(&snapshot, command, &self.settings, now).map_err(VerbError::Refused)?;
            let hash = hashed.of(&registrant, self).await?;
            Ok(decide(command, registrant, hash, &self.settings, self.ports.clock.now(), fresh))
        });
        let answer = settled.await?;
        let Outcome::SetUp { account, organization, session } = answer.what else {
            return Err(VerbError::KeyReused);
        };
        let moment = self.ports.reads.moment().await?;
        let founded = Founded {
            account: shown(moment.account(account).await?, "account", &account)?,
            organization: shown(moment.organization(organization).await?, "organization", &organization)?,
            token: self.session_token(session),
        };
        Ok(answer.map(|_| founded))
    }
}

async fn gather(moment: &dyn Moment, id: SetupLinkId) -> Result<Snapshot, PortError> {
    Ok(Snapshot { link: moment.setup_link(id).await?, founding: moment.founding().await? })
}

/// Every refusal, before the password is hashed.
///
/// # Errors
/// [`SetUpRefusal`].
pub fn consider(
    snapshot: &Snapshot,
    command: &SetUp,
    settings: &Settings,
    now: Timestamp,
) -> Result<Registrant, SetUpRefusal> {
    let link = snapshot.link.filter(|_| snapshot.founding.is_none()).ok_or(SetUpRefusal::Unknown)?;
    if link.has_expired(now) {
        return Err(SetUpRefusal::Expired);
    }
    command.registration.complete(&command.email, &settings.password).map_err(SetUpRefusal::Fields)
}

/// What founding writes. That it happens once, the one row of the founding keeps.
pub fn decide(
    command: &SetUp,
    registrant: Registrant,
    password: PasswordHash,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> ChangeSet {
    let email = command.email.clone();
    let account =
        Account::open(registrant.into_account(fresh.account, email, password), now).as_administrator();
    let (id, name) = (fresh.organization, command.organization_name.clone());
    let organization = Organization::found(id, name, OrganizationKind::Company, now);
    let membership = Membership::found(fresh.membership, id, account.id(), now);
    let session = Session::start(fresh.session, &account, command.device.clone(), now, &settings.lifetimes);
    let by = Caller { account: account.id(), origin: command.device.origin.clone() };
    let [platform, founding] = fresh.events;
    let founded = AuditEvent::by(&by, platform, Action::PlatformFounded, by.account, &command.email, now);
    let begun = Action::OrganizationFounded;
    let begun = AuditEvent::by(&by, founding, begun, id, &command.organization_name, now).within(id);
    ChangeSet::new()
        .with(Change::Found(Founding { at: now, by: account.id() }))
        .with(Change::AddAccount(account))
        .with(Change::AddOrganization(organization))
        .with(Change::AddMembership(membership))
        .admitting(session, SignInMethod::Setup)
        .with(Change::Record(founded.within(id)))
        .with(Change::Record(begun))
}

impl Refusal for SetUpRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Unknown => (RefusalKind::NotFound, "not_found"),
            Self::Expired => (RefusalKind::Gone, "setup_link_expired"),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Fields(faults) => faults.clone(),
            Self::Unknown | Self::Expired => Vec::new(),
        }
    }
}
