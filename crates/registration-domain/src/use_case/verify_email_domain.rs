//! A domain is verified once its record is found in DNS; each look is counted before it is taken.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Touch},
    email_domain::{EmailDomainId, EmailDomainState, NotProven, ProofRecord},
    message::{EmailDomainNews, MessageId},
    organization::OrganizationId,
    permit::NotPermitted,
    platform::{Answer, Platform, VerbError},
    port::NoAnswer,
    receipt::{Once, Outcome},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{
        find_email_domain::ShownEmailDomain,
        managed_email_domain::{EmailDomainRefusal, Snapshot, TOLD, free_mail, gather, tell},
    },
};

/// Looks for the proof of an e-mail domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyEmailDomain {
    /// Who.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Which.
    pub domain: EmailDomainId,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub event: AuditEventId,
    /// One for each Owner who may have to be told.
    pub messages: Vec<MessageId>,
}

impl Platform {
    /// Asks DNS for the proof of a domain, and verifies it where it is there: also anew, where it lapsed or its
    /// record was missing.
    ///
    /// # Errors
    /// [`EmailDomainRefusal`], or what every verb may meet.
    pub async fn verify_email_domain(
        &self,
        command: VerifyEmailDomain,
    ) -> Result<Answer<ShownEmailDomain>, VerbError<EmailDomainRefusal>> {
        if let Some(first) = self.answered_before(command.once.as_ref()).await? {
            return self.answer_email_domain(first).await;
        }
        let record = self.spend_a_look(&command).await?;
        // Nothing is held while DNS is asked.
        let texts = self.ports.domain_proof.texts(&record).await;
        let fresh = self.fresh_verification();
        let (command, texts, fresh) = (&command, &texts, &fresh);
        let outcome = Outcome::EmailDomain { domain: command.domain };
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let VerifyEmailDomain { by, organization, domain, .. } = command;
            let snapshot = gather(&*moment, by, *organization, *domain).await?;
            decide(&snapshot, command, texts.as_deref(), &self.settings, now, fresh)
                .map_err(VerbError::Refused)
        });
        self.answer_email_domain(settled.await?).await
    }

    fn fresh_verification(&self) -> Fresh {
        let ids = &self.ports.ids;
        Fresh { event: ids.fresh(), messages: (0..TOLD).map(|_| ids.fresh()).collect() }
    }

    /// Commits that DNS is asked once more, and says what for.
    async fn spend_a_look(
        &self,
        command: &VerifyEmailDomain,
    ) -> Result<ProofRecord, VerbError<EmailDomainRefusal>> {
        let VerifyEmailDomain { by, organization, domain, .. } = command;
        let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
        let snapshot = gather(&*moment, by, *organization, *domain).await?;
        drop(moment);
        let (_, live) = snapshot.live(&self.settings).map_err(VerbError::Refused)?;
        let limits = &self.settings.limits;
        let spend = ChangeSet::new()
            .with(limits.domain_checks_of_organization().spend(organization, now))
            .with(limits.domain_checks().spend(domain, now));
        self.commit(spend, now).await?;
        Ok(live.domain().record())
    }
}

/// What a proof writes: little where the domain was verified already.
///
/// # Errors
/// [`EmailDomainRefusal`]: who may, the domain, whether it is everybody's, its proof, and whether another
/// organization has it; in this order, so that only those who proved it learn of another.
pub fn decide(
    snapshot: &Snapshot,
    command: &VerifyEmailDomain,
    texts: Result<&[String], &NoAnswer>,
    settings: &Settings,
    now: Timestamp,
    fresh: &Fresh,
) -> Result<ChangeSet, EmailDomainRefusal> {
    let (permit, live) = snapshot.live(settings)?;
    let actor = snapshot.actor.as_ref().ok_or(NotPermitted::NotAMember)?;
    let before = live.domain().parts().clone();
    if let Some(fault) = free_mail(&before.name, settings) {
        return Err(EmailDomainRefusal::Fields(vec![fault]));
    }
    let proven = live.prove(texts.map_err(|_| NotProven::NoAnswer)?)?;
    if snapshot.verified.as_ref().is_some_and(|it| it.id() != before.id) {
        return Err(EmailDomainRefusal::TakenElsewhere);
    }
    let looked = ChangeSet::under(&permit).with(Change::Touch(Touch::EmailDomain { id: before.id, at: now }));
    let (action, news) = match before.state {
        EmailDomainState::Verified { missing_since: None, .. } => return Ok(looked),
        EmailDomainState::Verified { missing_since: Some(_), .. } => (Action::EmailDomainRecordFound, None),
        EmailDomainState::Pending | EmailDomainState::Lapsed { .. } | EmailDomainState::Removed { .. } => {
            let (by, policy) = (actor.parts().name.clone(), before.policy.clone());
            (Action::EmailDomainVerified, Some(EmailDomainNews::Verified { by, policy }))
        }
    };
    let verified = proven.verify(now);
    let event = AuditEvent::by(&command.by, fresh.event, action, before.id, &before.name, now)
        .within(command.organization)
        .to(&before.policy);
    let mails = news.map(|it| tell(snapshot, &verified, &it, &fresh.messages, now));
    Ok(looked
        .with(Change::UpdateEmailDomain(verified))
        .with_all(mails.into_iter().flatten())
        .with(Change::Record(event)))
}
