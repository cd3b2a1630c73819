//! A verified domain whose record is gone for too long says nothing any more: it may have another owner.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Expectation, Touch},
    email_domain::{EmailDomain, EmailDomainState},
    message::{EmailDomainNews, MessageId},
    platform::Platform,
    port::{CommitError, Moment, NoAnswer, PortError},
    session::Origin,
    settings::Settings,
    time::Timestamp,
    use_case::managed_email_domain::{Snapshot, TOLD, tell},
};

/// How many domains one turn looks at, one after the other.
const BATCH: u16 = 4;

/// Ids for what is to be made.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub event: AuditEventId,
    /// One for each Owner who has to be told.
    pub messages: Vec<MessageId>,
}

impl Platform {
    /// One turn of the job: asks DNS for the proofs of those verified domains that it was not asked about for
    /// longest, where that is a day ago. Answers how many they were.
    ///
    /// # Errors
    /// The first [`PortError`], once the others were looked at; the next turn begins anew.
    pub async fn recheck_email_domains(&self) -> Result<usize, PortError> {
        let before = self.ports.clock.now().minus(self.settings.lifetimes.domain_check);
        let due = self.ports.reads.moment().await?.email_domains_to_check(before, BATCH).await?;
        let mut looked_at = Ok(0);
        for domain in due {
            looked_at = match (looked_at, self.recheck(domain).await) {
                (Ok(count), Ok(())) => Ok(count + 1),
                (first @ Err(_), _) => first,
                (Ok(_), Err(error)) => Err(error),
            };
        }
        looked_at
    }

    /// Where somebody changed the domain meanwhile, the next turn sees what is left.
    async fn recheck(&self, due: EmailDomain) -> Result<(), PortError> {
        let texts = self.ports.domain_proof.texts(&due.record()).await;
        let fresh = Fresh {
            event: self.ports.ids.fresh(),
            messages: (0..TOLD).map(|_| self.ports.ids.fresh()).collect(),
        };
        let snapshot = gather(&*self.ports.reads.moment().await?, due).await?;
        let now = self.ports.clock.now();
        let changes = decide(&snapshot, texts.as_deref(), &self.settings, now, &fresh);
        self.commit(changes, now).await.or_else(CommitError::failure)
    }
}

/// The domain as it was read, and the commit rests on that; and whom to tell.
async fn gather(moment: &dyn Moment, due: EmailDomain) -> Result<Snapshot, PortError> {
    let organization = due.parts().organization;
    Ok(Snapshot {
        standing: None,
        actor: None,
        organization: moment.organization(organization).await?,
        owners: moment.owner_accounts(organization, TOLD).await?,
        verified: None,
        domain: Some(due),
    })
}

/// What a look writes: that it was taken, and what it changes. Where nobody answered, nothing is known, and
/// nothing changes.
pub fn decide(
    snapshot: &Snapshot,
    texts: Result<&[String], &NoAnswer>,
    settings: &Settings,
    now: Timestamp,
    fresh: &Fresh,
) -> ChangeSet {
    let Some(domain) = &snapshot.domain else { return ChangeSet::new() };
    let (id, revision) = (domain.id(), domain.parts().revision);
    let looked = ChangeSet::new()
        .expecting(Expectation::EmailDomain(id, revision))
        .with(Change::Touch(Touch::EmailDomain { id, at: now }));
    let (Ok(texts), Some(live), Some(force)) = (texts, domain.clone().live(), domain.clone().in_force())
    else {
        return looked;
    };
    let missing = force.missing_since();
    let (after, action) = match live.prove(texts) {
        Ok(_) if missing.is_none() => return looked,
        Ok(proven) => (proven.verify(now), Action::EmailDomainRecordFound),
        Err(_) => {
            let after = force.miss(settings.lifetimes.domain_grace, now);
            let lapsed = matches!(after.parts().state, EmailDomainState::Lapsed { .. });
            match (lapsed, missing) {
                (true, _) => (after, Action::EmailDomainLapsed),
                (false, None) => (after, Action::EmailDomainRecordMissing),
                (false, Some(_)) => return looked,
            }
        }
    };
    let news = news(&after, settings);
    let event = AuditEvent::unnamed(&Origin::default(), fresh.event, action, id, &domain.parts().name, now)
        .within(domain.parts().organization);
    ChangeSet::new()
        .with(Change::UpdateEmailDomain(after))
        .with(Change::Touch(Touch::EmailDomain { id, at: now }))
        .with_all(news.into_iter().flat_map(|it| tell(snapshot, domain, &it, &fresh.messages, now)))
        .with(Change::Record(event))
}

/// That a record is there again is no news.
fn news(after: &EmailDomain, settings: &Settings) -> Option<EmailDomainNews> {
    let record = after.record();
    match after.parts().state {
        EmailDomainState::Verified { missing_since: Some(since), .. } => {
            let until = since.plus(settings.lifetimes.domain_grace);
            Some(EmailDomainNews::RecordMissing { record, until })
        }
        EmailDomainState::Lapsed { .. } => Some(EmailDomainNews::Lapsed { record }),
        EmailDomainState::Pending
        | EmailDomainState::Verified { missing_since: None, .. }
        | EmailDomainState::Removed { .. } => None,
    }
}
