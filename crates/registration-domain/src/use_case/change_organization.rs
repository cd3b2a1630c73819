//! What an organization says of itself, and whether it lets itself be found, is changed by those who may edit it.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    contact::Contact,
    organization::{JoiningAccess, Organization, OrganizationId},
    organization_name::OrganizationName,
    permission::Permission,
    permit::{NotPermitted, Permit, Standing},
    platform::{Platform, VerbError, shown},
    receipt::Outcome,
    session::Caller,
    settings::Settings,
    time::Timestamp,
};

/// Changes an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeOrganization {
    /// Who.
    pub by: Caller,
    /// Which.
    pub organization: OrganizationId,
    /// Its new name.
    pub name: Option<OrganizationName>,
    /// Whether it lets itself be found from now on.
    pub discoverable: Option<bool>,
    /// Whom those may ask whom it turned away.
    pub contact: Option<NewContact>,
    /// What it proposes for those who ask to join.
    pub joining_access: Option<JoiningAccess>,
}

/// Whom people may ask from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewContact {
    /// This one.
    Is(Contact),
    /// Whoever helps for the whole platform.
    None,
}

impl Platform {
    /// Changes an organization.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn change_organization(
        &self,
        command: ChangeOrganization,
    ) -> Result<Organization, VerbError<NotPermitted>> {
        let event = self.ports.ids.fresh();
        let (command, id) = (&command, command.organization);
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let standing = moment.standing(command.by.account, id).await?;
            let organization = moment.organization(id).await?;
            decide(standing.as_ref(), organization, command, &self.settings, now, event)
                .map_err(VerbError::Refused)
        });
        settled.await?;
        Ok(shown(self.ports.reads.moment().await?.organization(id).await?, "organization", &id)?)
    }
}

/// What an edit writes: nothing where it changes nothing.
///
/// # Errors
/// [`NotPermitted`] without the right to edit.
pub fn decide(
    standing: Option<&Standing>,
    organization: Option<Organization>,
    command: &ChangeOrganization,
    settings: &Settings,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, NotPermitted> {
    let permit = Permit::check(standing, &Permission::ORGANIZATION_EDIT, &settings.catalogue)?;
    let before = organization.ok_or(NotPermitted::NotAMember)?;
    let mut after = before.clone();
    if let Some(name) = &command.name {
        after = after.rename(name.clone());
    }
    if let Some(discoverable) = command.discoverable {
        after = after.let_be_found(discoverable);
    }
    if let Some(contact) = &command.contact {
        after = after.refer_to(match contact {
            NewContact::Is(contact) => Some(contact.clone()),
            NewContact::None => None,
        });
    }
    if let Some(access) = &command.joining_access {
        after = after.propose(access.clone());
    }
    if after == before {
        return Ok(ChangeSet::under(&permit));
    }
    let (id, name) = (command.organization, &after.parts().name);
    let event = AuditEvent::by(&command.by, event, Action::OrganizationChanged, id, name, now)
        .within(id)
        .from(told(&before))
        .to(told(&after));
    Ok(ChangeSet::under(&permit).with(Change::UpdateOrganization(after)).with(Change::Record(event)))
}

fn told(organization: &Organization) -> String {
    let parts = organization.parts();
    let mut told = vec![parts.name.to_string()];
    told.push(if parts.discoverable { "can be found" } else { "cannot be found" }.to_owned());
    told.extend(parts.contact.as_ref().map(|it| format!("questions to {it}")));
    if parts.joining_access != JoiningAccess::default() {
        told.push(format!("proposes {}", parts.joining_access.access()));
    }
    told.join(", ")
}
