//! Whoever has an address at a verified domain comes in by themselves, as long as its maker could let them in.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Expectation, Touch},
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomain, PolicyKind},
    invitation::Invitation,
    join_request::{JoinRequest, SettledBy},
    membership::{Cause, Membership, MembershipId},
    organization::{Organization, OrganizationId},
    permit::Standing,
    platform::{Answer, Platform, VerbError},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    refusal::{Refusal, RefusalKind},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{
        find_email_domain::maker,
        managed_email_domain::{admission, effective},
        settling::{came, invited, settled},
    },
    view::MembershipView,
};

/// Joins an organization by one's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinByEmailDomain {
    /// Who.
    pub by: Caller,
    /// Which organization.
    pub organization: OrganizationId,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Who wants to come in.
    pub account: Option<Account>,
    /// What they may do there already.
    pub standing: Option<Standing>,
    /// The verified domain of their address, if the organization has it.
    pub domain: Option<EmailDomain>,
    /// What whoever chose the access may do now.
    pub maker: Option<Standing>,
    /// The request of theirs to be let in there, which is settled by their coming.
    pub asked: Option<JoinRequest>,
    /// A pending invitation of their address there, which is closed by it.
    pub invited: Option<Invitation>,
}

/// What somebody's own address opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEmailDomain {
    /// The domain of their address.
    pub name: DomainName,
    /// Who has verified it.
    pub organization: Organization,
    /// What holds for its addresses now.
    pub policy: PolicyKind,
    /// Whether they belong there already.
    pub is_member: bool,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub membership: MembershipId,
    pub event: AuditEventId,
    /// Of the event that a request of theirs was settled.
    pub settling: AuditEventId,
    /// Of the event that an invitation of theirs was closed.
    pub closing: AuditEventId,
}

/// Why nobody came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JoinByDomainRefusal {
    /// The account is gone or suspended.
    #[error("you are not signed in")]
    NotSignedIn,
    /// The organization has not verified the domain of the address; what it has is told to nobody else.
    #[error("this organization has not verified the domain of your address")]
    NotVerified,
    /// They belong there already.
    #[error("you are a member already")]
    AlreadyMember,
    /// Requests are reviewed: by the policy, or because its maker could not give the access any more.
    #[error("whoever has an address there asks to join by it, and somebody decides")]
    Reviewed,
    /// The organization takes these people by invitation only.
    #[error("whoever has an address there joins by invitation only")]
    InvitationOnly,
}

impl Platform {
    /// Lets somebody in whose address is at a verified domain, with the access that was chosen for it.
    ///
    /// # Errors
    /// [`JoinByDomainRefusal`], or what every verb may meet.
    pub async fn join_by_email_domain(
        &self,
        command: JoinByEmailDomain,
    ) -> Result<Answer<MembershipView>, VerbError<JoinByDomainRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh {
            membership: ids.fresh(),
            event: ids.fresh(),
            settling: ids.fresh(),
            closing: ids.fresh(),
        };
        let outcome = Outcome::Joined { membership: fresh.membership };
        let command = &command;
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, command).await?;
            decide(&snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        let answer = settled.await?;
        let Outcome::Joined { membership } = answer.what else { return Err(VerbError::KeyReused) };
        let view = self.membership_view(membership).await?;
        Ok(answer.map(|_| view))
    }

    /// What the caller's own address opens: nothing where nobody has verified its domain.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn find_own_email_domain(&self, by: &Caller) -> Result<Option<OwnEmailDomain>, PortError> {
        let moment = self.ports.reads.moment().await?;
        let Some(account) = moment.account(by.account).await?.filter(Account::is_active) else {
            return Ok(None);
        };
        let Some(domain) = domain_of(&*moment, &account).await? else { return Ok(None) };
        let organization = domain.parts().organization;
        let maker = maker_of(&*moment, &domain).await?;
        let Some(policy) = effective(&domain, maker.as_ref(), &self.settings) else { return Ok(None) };
        let is_member = moment.standing(account.id(), organization).await?.is_some();
        let Some(organization) = moment.organization(organization).await? else { return Ok(None) };
        Ok(Some(OwnEmailDomain { name: domain.parts().name.clone(), organization, policy, is_member }))
    }
}

async fn gather(moment: &dyn Moment, command: &JoinByEmailDomain) -> Result<Snapshot, PortError> {
    let account = moment.account(command.by.account).await?;
    let domain = match &account {
        Some(account) => domain_of(moment, account).await?,
        None => None,
    };
    let domain = domain.filter(|it| it.parts().organization == command.organization);
    let maker = match &domain {
        Some(domain) => maker_of(moment, domain).await?,
        None => None,
    };
    let standing = moment.standing(command.by.account, command.organization).await?;
    let asked = moment.pending_request(command.by.account, command.organization).await?;
    let invited = invited(moment, account.as_ref(), command.organization).await?;
    Ok(Snapshot { account, standing, domain, maker, asked, invited })
}

/// The verified domain of somebody's address, whoever has it.
pub(crate) async fn domain_of(
    moment: &dyn Moment,
    account: &Account,
) -> Result<Option<EmailDomain>, PortError> {
    match DomainName::parse(account.parts().email.domain()) {
        Ok(name) => moment.verified_email_domain(&name).await,
        // One that is so long that nothing below it could be proven.
        Err(_) => Ok(None),
    }
}

/// The verified domain of somebody's address, and what one organization does with them; nothing where it is not its.
pub(crate) async fn policy_for(
    moment: &dyn Moment,
    account: &Account,
    organization: OrganizationId,
    settings: &Settings,
) -> Result<Option<(EmailDomain, PolicyKind)>, PortError> {
    let domain = domain_of(moment, account).await?;
    let Some(domain) = domain.filter(|it| it.parts().organization == organization) else { return Ok(None) };
    let maker = maker_of(moment, &domain).await?;
    let policy = effective(&domain, maker.as_ref(), settings);
    Ok(policy.map(|policy| (domain, policy)))
}

async fn maker_of(moment: &dyn Moment, domain: &EmailDomain) -> Result<Option<Standing>, PortError> {
    match maker(domain) {
        Some(maker) => moment.standing(maker, domain.parts().organization).await,
        None => Ok(None),
    }
}

/// What the coming of somebody writes. It rests on the domain as it was read, and on its maker as they are now.
///
/// # Errors
/// [`JoinByDomainRefusal`]: the account, the domain, whether they belong there already, and its policy.
pub fn decide(
    snapshot: &Snapshot,
    command: &JoinByEmailDomain,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, JoinByDomainRefusal> {
    let account = snapshot.account.as_ref().filter(|it| it.is_active());
    let account = account.ok_or(JoinByDomainRefusal::NotSignedIn)?;
    let domain = snapshot.domain.as_ref().ok_or(JoinByDomainRefusal::NotVerified)?;
    let policy = effective(domain, snapshot.maker.as_ref(), settings);
    let policy = policy.ok_or(JoinByDomainRefusal::NotVerified)?;
    if snapshot.standing.is_some() {
        return Err(JoinByDomainRefusal::AlreadyMember);
    }
    let access = match (policy, &domain.parts().policy) {
        (PolicyKind::InvitationOnly, _) => return Err(JoinByDomainRefusal::InvitationOnly),
        (PolicyKind::Admit, DomainPolicy::Admit { access, .. }) => access,
        (PolicyKind::Admit | PolicyKind::Review, _) => return Err(JoinByDomainRefusal::Reviewed),
    };
    let (permit, grant) =
        admission(snapshot.maker.as_ref(), access, settings).map_err(|_| JoinByDomainRefusal::Reviewed)?;
    let (id, parts) = (account.id(), domain.parts());
    let cause = Cause::EmailDomain { domain: parts.id, maker: grant.by() };
    let event = AuditEvent::by(
        &command.by,
        fresh.event,
        Action::JoinedByEmailDomain,
        fresh.membership,
        &account.parts().email,
        now,
    );
    let event = event.within(command.organization).from(&parts.name).to(access);
    let by = &command.by;
    let settled_by = SettledBy::EmailDomain(parts.id);
    let asked = snapshot.asked.clone().map(|it| settled(it, settled_by, account, by, fresh.settling, now));
    let closed = came(snapshot.invited.clone(), by, fresh.closing, now);
    Ok(ChangeSet::under(&permit)
        .expecting(Expectation::EmailDomain(parts.id, parts.revision))
        .with(Change::UpdateAccount(account.clone()))
        .with_all(asked.into_iter().flatten())
        .with_all(closed.into_iter().flatten())
        .with(Change::AddMembership(Membership::begin(fresh.membership, id, grant, cause, now)))
        .with(Change::Touch(Touch::SignIn { account: id, at: now }))
        .with(Change::Record(event)))
}

impl Refusal for JoinByDomainRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn => (RefusalKind::Unauthenticated, "not_signed_in"),
            Self::NotVerified => (RefusalKind::NotFound, "not_found"),
            Self::AlreadyMember => (RefusalKind::Conflict, "already_member"),
            Self::Reviewed => (RefusalKind::Forbidden, "email_domain_reviewed"),
            Self::InvitationOnly => (RefusalKind::Forbidden, "email_domain_invitation_only"),
        }
    }
}
