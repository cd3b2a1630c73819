//! Whoever wants to join sees the organization's name before anything is sent, and what stands between them already.
use crate::{
    account::Account,
    contact::Contact,
    invitation::Purpose,
    organization::{Organization, OrganizationId},
    organization_name::OrganizationName,
    permit::NotPermitted,
    platform::{Platform, VerbError},
    port::Moment,
    session::Caller,
    time::Timestamp,
    use_case::join_by_email_domain::domain_of,
};

/// An organization, as somebody sees it who may join it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationToJoin {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: OrganizationName,
    /// Whom to ask: the one that it names, or else the platform's.
    pub contact: Option<Contact>,
    /// Whether they belong there already.
    pub is_member: bool,
    /// When their address was invited, where that invitation is pending and in time.
    pub invited_at: Option<Timestamp>,
}

impl Platform {
    /// An organization that lets itself be found; or to which the caller belongs, is invited, or has an address at a
    /// domain of.
    ///
    /// # Errors
    /// [`NotPermitted::NotAMember`] for any other one, as if it were not there; or what every verb may meet.
    pub async fn find_organization_to_join(
        &self,
        by: &Caller,
        id: OrganizationId,
    ) -> Result<OrganizationToJoin, VerbError<NotPermitted>> {
        const UNSEEN: VerbError<NotPermitted> = VerbError::Refused(NotPermitted::NotAMember);
        let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
        let account = moment.account(by.account).await?.filter(Account::is_active).ok_or(UNSEEN)?;
        let organization = moment.organization(id).await?.ok_or(UNSEEN)?;
        let is_member = moment.standing(account.id(), id).await?.is_some();
        let invitation = moment.pending(id, Purpose::Member, &account.parts().email).await?;
        let invitation = invitation.filter(|it| !it.has_expired(now));
        let is_known = is_member || invitation.is_some() || organization.parts().discoverable;
        if !is_known && !is_of_the_house(&*moment, &account, id).await? {
            return Err(UNSEEN);
        }
        let contact = self.settings.contact_of(&organization).cloned();
        let invited_at = invitation.map(|it| it.parts().created_at);
        Ok(shown(organization, contact, is_member, invited_at))
    }
}

async fn is_of_the_house(
    moment: &dyn Moment,
    account: &Account,
    id: OrganizationId,
) -> Result<bool, crate::port::PortError> {
    Ok(domain_of(moment, account).await?.is_some_and(|it| it.parts().organization == id))
}

fn shown(
    organization: Organization,
    contact: Option<Contact>,
    is_member: bool,
    invited_at: Option<Timestamp>,
) -> OrganizationToJoin {
    let parts = organization.into_parts();
    OrganizationToJoin { id: parts.id, name: parts.name, contact, is_member, invited_at }
}
