//! An organization gives a domain up, and others may have it; whoever came in by it stays.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    email_domain::EmailDomainId,
    organization::OrganizationId,
    platform::{Platform, VerbError},
    receipt::Outcome,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::managed_email_domain::{EmailDomainRefusal, Snapshot, gather},
};

/// Removes an e-mail domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveEmailDomain {
    /// Who.
    pub by: Caller,
    /// From which organization.
    pub organization: OrganizationId,
    /// Which.
    pub domain: EmailDomainId,
}

impl Platform {
    /// From now on the domain says nothing about its addresses.
    ///
    /// # Errors
    /// [`EmailDomainRefusal`], or what every verb may meet.
    pub async fn remove_email_domain(
        &self,
        command: RemoveEmailDomain,
    ) -> Result<(), VerbError<EmailDomainRefusal>> {
        let event = self.ports.ids.fresh();
        let command = &command;
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let RemoveEmailDomain { by, organization, domain } = command;
            let snapshot = gather(&*moment, by, *organization, *domain).await?;
            decide(&snapshot, command, &self.settings, now, event).map_err(VerbError::Refused)
        });
        settled.await.map(|_| ())
    }
}

/// What a removal writes.
///
/// # Errors
/// [`EmailDomainRefusal`]: who may, and the domain.
pub fn decide(
    snapshot: &Snapshot,
    command: &RemoveEmailDomain,
    settings: &Settings,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, EmailDomainRefusal> {
    let (permit, live) = snapshot.live(settings)?;
    let RemoveEmailDomain { by, organization, .. } = command;
    let parts = live.domain().parts();
    let event = AuditEvent::by(by, event, Action::EmailDomainRemoved, parts.id, &parts.name, now)
        .within(*organization)
        .from(&parts.policy);
    Ok(ChangeSet::under(&permit)
        .with(Change::UpdateEmailDomain(live.remove(by.account, now)))
        .with(Change::Record(event)))
}
