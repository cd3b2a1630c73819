//! What is done with the people of a domain is changed by somebody who could let them in themselves.
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
    use_case::{
        find_email_domain::ShownEmailDomain,
        managed_email_domain::{EmailDomainRefusal, PolicyWish, Snapshot, faults, gather, policy},
    },
};

/// Changes what is done with people who have addresses at a domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeEmailDomain {
    /// Who, and will stand behind it from now on.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Which.
    pub domain: EmailDomainId,
    /// To what.
    pub policy: PolicyWish,
}

impl Platform {
    /// Whoever has an address there is treated like this from now on.
    ///
    /// # Errors
    /// [`EmailDomainRefusal`], or what every verb may meet.
    pub async fn change_email_domain(
        &self,
        command: ChangeEmailDomain,
    ) -> Result<ShownEmailDomain, VerbError<EmailDomainRefusal>> {
        let event = self.ports.ids.fresh();
        let command = &command;
        let outcome = Outcome::EmailDomain { domain: command.domain };
        let settled = self.settle(outcome, None, move |moment, now| async move {
            let ChangeEmailDomain { by, organization, domain, .. } = command;
            let snapshot = gather(&*moment, by, *organization, *domain).await?;
            decide(&snapshot, command, &self.settings, now, event).map_err(VerbError::Refused)
        });
        Ok(self.answer_email_domain(settled.await?).await?.what)
    }
}

/// What a change writes: nothing where it changes nothing. Who changes it stands behind it.
///
/// # Errors
/// [`EmailDomainRefusal`]: who may, the domain, what is wrong with the fields, and what one holds; in this order.
pub fn decide(
    snapshot: &Snapshot,
    command: &ChangeEmailDomain,
    settings: &Settings,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, EmailDomainRefusal> {
    let (permit, live) = snapshot.live(settings)?;
    let wrong = faults(&command.policy, settings);
    if !wrong.is_empty() {
        return Err(EmailDomainRefusal::Fields(wrong));
    }
    let after = policy(&command.policy, snapshot.standing.as_ref(), settings)?;
    let parts = live.domain().parts();
    if after == parts.policy {
        return Ok(ChangeSet::under(&permit));
    }
    let action = Action::EmailDomainPolicyChanged;
    let event = AuditEvent::by(&command.by, event, action, parts.id, &parts.name, now)
        .within(command.organization)
        .from(&parts.policy)
        .to(&after);
    Ok(ChangeSet::under(&permit)
        .with(Change::UpdateEmailDomain(live.change_policy(after)))
        .with(Change::Record(event)))
}
