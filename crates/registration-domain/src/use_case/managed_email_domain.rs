//! What the verbs on an e-mail domain share: what they read, what a policy takes, and why they do nothing.
use crate::{
    access::Access,
    account::Account,
    change::Change,
    domain_name::DomainName,
    email_domain::{
        DomainPolicy, EmailDomain, EmailDomainId, InForce, LiveEmailDomain, NotProven, PolicyKind,
    },
    message::{EmailDomainLetter, EmailDomainNews, Letter, Message, MessageId},
    organization::{Organization, OrganizationId},
    permission::Permission,
    permit::{Grant, NotPermitted, Permit, Standing},
    port::{Moment, PortError},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::backing::backing,
};

/// So many Owners are told of what becomes of a domain: those who were members longest.
pub(crate) const TOLD: u16 = 10;

/// What is to be done with people who have addresses at a domain, as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyWish {
    /// They come in, with this access.
    Admit(Access),
    /// They ask, and somebody decides.
    Review,
    /// They come by an invitation, and in no other way.
    InvitationOnly,
}

/// All that a decision about an e-mail domain rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the caller may do.
    pub standing: Option<Standing>,
    /// Who the caller is.
    pub actor: Option<Account>,
    /// Where.
    pub organization: Option<Organization>,
    /// The e-mail domain, if it is one of this organization.
    pub domain: Option<EmailDomain>,
    /// The verified one of the same domain, whoever has it.
    pub verified: Option<EmailDomain>,
    /// The Owners, to be told.
    pub owners: Vec<Account>,
}

/// Why nothing became of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EmailDomainRefusal {
    /// The caller may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// There is no such e-mail domain here, or no more.
    #[error("there is no such e-mail domain here")]
    NotFound,
    /// Everybody can have an address there, or the platform lacks the role or a permission.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
    /// The organization has it already, verified or not.
    #[error("the organization has this e-mail domain already")]
    AlreadyThere(EmailDomainId),
    /// The proof was not found.
    #[error(transparent)]
    NotProven(#[from] NotProven),
    /// Another organization proved it, and has it still.
    #[error("another organization has verified this e-mail domain")]
    TakenElsewhere,
}

pub(crate) async fn gather(
    moment: &dyn Moment,
    by: &Caller,
    organization: OrganizationId,
    id: EmailDomainId,
) -> Result<Snapshot, PortError> {
    let domain = moment.email_domain(id).await?.filter(|it| it.parts().organization == organization);
    let verified = match &domain {
        Some(domain) => moment.verified_email_domain(&domain.parts().name).await?,
        None => None,
    };
    Ok(Snapshot {
        standing: moment.standing(by.account, organization).await?,
        actor: moment.account(by.account).await?,
        organization: moment.organization(organization).await?,
        owners: moment.owner_accounts(organization, TOLD).await?,
        domain,
        verified,
    })
}

impl Snapshot {
    /// The permit, and the domain where it is still there: the right comes first, so that nobody without it
    /// learns what there is.
    ///
    /// # Errors
    /// [`EmailDomainRefusal`] without the right, or the domain.
    pub fn live(&self, settings: &Settings) -> Result<(Permit, LiveEmailDomain), EmailDomainRefusal> {
        let permit = permit(self.standing.as_ref(), settings)?;
        let live = self.domain.clone().and_then(EmailDomain::live).ok_or(EmailDomainRefusal::NotFound)?;
        Ok((permit, live))
    }
}

/// Proof that somebody may add, verify, change and remove the e-mail domains of their organization.
pub(crate) fn permit(standing: Option<&Standing>, settings: &Settings) -> Result<Permit, NotPermitted> {
    Permit::check(standing, &Permission::ORGANIZATION_EDIT, &settings.catalogue)
}

/// The policy that is asked for. To let a domain in is to invite all of its people, so it takes that right too.
pub(crate) fn policy(
    wish: &PolicyWish,
    standing: Option<&Standing>,
    settings: &Settings,
) -> Result<DomainPolicy, EmailDomainRefusal> {
    match wish {
        PolicyWish::Admit(access) => Ok(DomainPolicy::admit(admission(standing, access, settings)?.1)),
        PolicyWish::Review => Ok(DomainPolicy::Review),
        PolicyWish::InvitationOnly => Ok(DomainPolicy::InvitationOnly),
    }
}

/// What is wrong with the fields of a policy, whoever asks for it.
pub(crate) fn faults(wish: &PolicyWish, settings: &Settings) -> Vec<FieldFault> {
    match wish {
        PolicyWish::Admit(Access::Owner) => {
            let detail = "a domain makes nobody an Owner; invite them, or hand ownership over";
            vec![FieldFault::new("access/kind", "owner_not_admitted", detail)]
        }
        PolicyWish::Admit(access) => settings.catalogue.faults(access),
        PolicyWish::Review | PolicyWish::InvitationOnly => Vec::new(),
    }
}

/// At a free-mail provider everybody has an address, so whoever proves its domain proves nothing.
pub(crate) fn free_mail(name: &DomainName, settings: &Settings) -> Option<FieldFault> {
    let detail = "everybody can have an address at this domain, so nobody is let in by it";
    settings.free_mail.has(name).then(|| FieldFault::new("domain", "free_mail_domain", detail))
}

/// The maker's permit, and what they may give: checked as the policy is made, and again when somebody comes.
pub(crate) fn admission(
    maker: Option<&Standing>,
    access: &Access,
    settings: &Settings,
) -> Result<(Permit, Grant), NotPermitted> {
    permit(maker, settings)?;
    if *access == Access::Owner {
        return Err(NotPermitted::OwnerRequired);
    }
    backing(maker, access, settings)
}

/// What holds for the addresses of a domain now, which may be less than its policy says: a maker who could not
/// give that access any more lets nobody in, and a domain that is not verified, or is everybody's, says nothing.
pub(crate) fn effective(
    domain: &EmailDomain,
    maker: Option<&Standing>,
    settings: &Settings,
) -> Option<PolicyKind> {
    let domain: InForce = domain.clone().in_force()?;
    if settings.free_mail.has(&domain.domain().parts().name) {
        return None;
    }
    Some(match domain.policy() {
        DomainPolicy::Admit { access, .. } if admission(maker, access, settings).is_ok() => PolicyKind::Admit,
        DomainPolicy::Admit { .. } | DomainPolicy::Review => PolicyKind::Review,
        DomainPolicy::InvitationOnly => PolicyKind::InvitationOnly,
    })
}

/// The mails that tell the Owners, but for whoever did it.
pub(crate) fn tell(
    snapshot: &Snapshot,
    domain: &EmailDomain,
    news: &EmailDomainNews,
    fresh: &[MessageId],
    now: Timestamp,
) -> Vec<Change> {
    let (actor, parts) = (snapshot.actor.as_ref().map(Account::id), domain.parts());
    let Some(organization) = &snapshot.organization else { return Vec::new() };
    let others = snapshot.owners.iter().filter(|it| Some(it.id()) != actor);
    let letter = Letter::EmailDomain(EmailDomainLetter {
        domain: parts.id,
        name: parts.name.clone(),
        organization: parts.organization,
        organization_name: organization.parts().name.clone(),
        news: news.clone(),
    });
    let mail = |(id, owner): (&MessageId, &Account)| {
        let (to, locale) = (owner.parts().email.clone(), owner.parts().locale.clone());
        Change::Send(Message { id: *id, to, locale, at: now, letter: letter.clone() })
    };
    fresh.iter().zip(others).map(mail).collect()
}

impl Refusal for EmailDomainRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotPermitted(why) => why.told(),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
            Self::AlreadyThere(_) => (RefusalKind::Conflict, "email_domain_exists"),
            Self::NotProven(why) => why.told(),
            Self::TakenElsewhere => (RefusalKind::Conflict, "email_domain_taken"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        if let Self::Fields(faults) = self { faults.clone() } else { Vec::new() }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotPermitted(why) => why.facts(),
            Self::AlreadyThere(domain) => vec![Fact::EmailDomain(*domain)],
            Self::NotProven(why) => why.facts(),
            Self::NotFound | Self::Fields(_) | Self::TakenElsewhere => Vec::new(),
        }
    }
}
