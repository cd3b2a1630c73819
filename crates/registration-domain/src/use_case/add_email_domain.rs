//! An organization says that a domain is its own; that counts for nothing before it is proven.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    domain_name::DomainName,
    email_domain::{EmailDomain, EmailDomainId, ProofToken},
    organization::OrganizationId,
    permit::Standing,
    platform::{Answer, Platform, VerbError},
    receipt::{Digest, Once, Outcome},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{
        find_email_domain::ShownEmailDomain,
        managed_email_domain::{EmailDomainRefusal, PolicyWish, faults, free_mail, permit, policy},
    },
};

/// Adds an e-mail domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddEmailDomain {
    /// Who.
    pub by: Caller,
    /// To which organization.
    pub organization: OrganizationId,
    /// Which domain.
    pub domain: DomainName,
    /// What is to be done with people who have addresses there.
    pub policy: PolicyWish,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the caller may do.
    pub standing: Option<Standing>,
    /// The one that the organization has of this domain already.
    pub own: Option<EmailDomain>,
}

/// What is to be made, and cannot be guessed.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is of its type's name")]
pub struct Fresh {
    pub domain: EmailDomainId,
    pub token: ProofToken,
    pub event: AuditEventId,
}

impl Platform {
    /// Adds an e-mail domain, and answers what is to be published to prove it.
    ///
    /// # Errors
    /// [`EmailDomainRefusal`], or what every verb may meet.
    pub async fn add_email_domain(
        &self,
        command: AddEmailDomain,
    ) -> Result<Answer<ShownEmailDomain>, VerbError<EmailDomainRefusal>> {
        let (domain, event) = (self.ports.ids.fresh(), self.ports.ids.fresh());
        let fresh = Fresh { domain, token: self.proof_token(domain, &command), event };
        let (command, fresh) = (&command, &fresh);
        let outcome = Outcome::EmailDomain { domain };
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let AddEmailDomain { by, organization, domain, .. } = command;
            let snapshot = Snapshot {
                standing: moment.standing(by.account, *organization).await?,
                own: moment.email_domain_of(*organization, domain).await?,
            };
            decide(&snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        self.answer_email_domain(settled.await?).await
    }

    /// Bound to the organization, the domain and this very addition; without the keyring nobody guesses it.
    fn proof_token(&self, id: EmailDomainId, command: &AddEmailDomain) -> ProofToken {
        let AddEmailDomain { organization, domain, .. } = command;
        let bound = format!("{id} {organization} {}", domain.as_str());
        let Digest(digest) = self.ports.fingerprints.fingerprint("email domain proof", bound.as_bytes());
        let mut token = [0; 16];
        token.copy_from_slice(&digest[..16]);
        ProofToken::from_bytes(token)
    }
}

/// What an addition writes.
///
/// # Errors
/// [`EmailDomainRefusal`]: who may, what is wrong with the fields, what one holds, and whether the organization
/// has the domain already; in this order.
pub fn decide(
    snapshot: &Snapshot,
    command: &AddEmailDomain,
    settings: &Settings,
    now: Timestamp,
    fresh: &Fresh,
) -> Result<ChangeSet, EmailDomainRefusal> {
    let standing = snapshot.standing.as_ref();
    let permit = permit(standing, settings)?;
    let AddEmailDomain { by, organization, domain: name, policy: wish, .. } = command;
    let mut wrong = Vec::from_iter(free_mail(name, settings));
    wrong.extend(faults(wish, settings));
    if !wrong.is_empty() {
        return Err(EmailDomainRefusal::Fields(wrong));
    }
    let policy = policy(wish, standing, settings)?;
    if let Some(own) = &snapshot.own {
        return Err(EmailDomainRefusal::AlreadyThere(own.id()));
    }
    let event = AuditEvent::by(by, fresh.event, Action::EmailDomainAdded, fresh.domain, name, now)
        .within(*organization)
        .to(&policy);
    let added = EmailDomain::add(fresh.domain, name.clone(), policy, fresh.token.clone(), &permit, now);
    Ok(ChangeSet::under(&permit)
        .with(settings.limits.email_domains().spend(organization, now))
        .with(Change::AddEmailDomain(added))
        .with(Change::Record(event)))
}
