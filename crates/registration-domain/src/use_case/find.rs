//! What people may see, of what belongs to them or to an organization in which they may look.
use crate::{
    invitation::InvitationId,
    membership::MembershipId,
    organization::{Organization, OrganizationId},
    page::{Listing, Page},
    permission::Permission,
    permit::{NotPermitted, Permit},
    platform::{Platform, VerbError},
    port::{Moment, PortError},
    session::Caller,
    settings::Settings,
    use_case::{managed_invitation::ManageRefusal, managed_member::MemberRefusal},
    view::{
        AuditFilter, AuditView, DiscoverableOrganization, InvitationFilter, InvitationView, MemberFilter,
        MemberView, MembershipView, PeopleCounts, Person,
    },
};

/// How many people are named to whoever may not do something.
const NAMED: u16 = 3;

impl Platform {
    /// An organization, for those who belong to it.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn find_organization(
        &self,
        by: &Caller,
        id: OrganizationId,
    ) -> Result<Organization, VerbError<NotPermitted>> {
        let moment = self.ports.reads.moment().await?;
        let standing = moment.standing(by.account, id).await?;
        Permit::member(standing.as_ref()).map_err(VerbError::Refused)?;
        moment.organization(id).await?.ok_or(VerbError::Refused(NotPermitted::NotAMember))
    }

    /// The organizations that let themselves be found and hold this text in their names: of every one just what
    /// everybody may know who is signed in. An empty text begins with the first of all.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn search_organizations(
        &self,
        _: &Caller,
        query: &str,
        page: &Page,
    ) -> Result<Listing<DiscoverableOrganization>, PortError> {
        self.ports.reads.moment().await?.discoverable(query, page).await
    }

    /// Where the caller belongs.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn list_memberships(
        &self,
        by: &Caller,
        page: &Page,
    ) -> Result<Listing<MembershipView>, PortError> {
        self.ports.reads.moment().await?.memberships(by.account, page).await
    }

    /// The members of an organization.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn list_members(
        &self,
        by: &Caller,
        organization: OrganizationId,
        filter: &MemberFilter,
        page: &Page,
    ) -> Result<Listing<MemberView>, VerbError<NotPermitted>> {
        let moment = self.moment_of(by, organization, &Permission::MEMBERS_VIEW).await?;
        Ok(moment.members(organization, filter, page).await?)
    }

    /// One member of an organization, or who was one.
    ///
    /// # Errors
    /// [`MemberRefusal`], or what every verb may meet.
    pub async fn find_member(
        &self,
        by: &Caller,
        organization: OrganizationId,
        id: MembershipId,
    ) -> Result<MemberView, VerbError<MemberRefusal>> {
        let (_, found) = self.look_at(by, organization, id, &Permission::MEMBERS_VIEW).await?;
        Ok(found)
    }

    /// How many people belong to an organization, did, and are invited: the last only for those who may
    /// see invitations.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn count_people(
        &self,
        by: &Caller,
        organization: OrganizationId,
    ) -> Result<PeopleCounts, VerbError<NotPermitted>> {
        let moment = self.ports.reads.moment().await?;
        let standing = moment.standing(by.account, organization).await?;
        let catalogue = &self.settings().catalogue;
        let permit = Permit::check(standing.as_ref(), &Permission::MEMBERS_VIEW, catalogue)
            .map_err(VerbError::Refused)?;
        let members = moment.count_members(organization).await?;
        let may_see_invitations = catalogue.holds(&permit.standing().access, &Permission::MEMBERS_INVITE);
        let invitations = if may_see_invitations {
            Some(moment.count_invitations(organization, self.ports.clock.now()).await?)
        } else {
            None
        };
        let owners = moment.owners(organization).await?;
        Ok(PeopleCounts { members, invitations, owners })
    }

    /// Whom a member can ask for more access: up to three others who may change it, Owners first.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn who_can_grant(
        &self,
        by: &Caller,
        organization: OrganizationId,
    ) -> Result<Vec<Person>, VerbError<NotPermitted>> {
        let moment = self.ports.reads.moment().await?;
        let standing = moment.standing(by.account, organization).await?;
        Permit::member(standing.as_ref()).map_err(VerbError::Refused)?;
        let roles = self.settings().catalogue.roles();
        let giving = roles.filter(|it| it.permissions.contains(&Permission::MEMBERS_MANAGE_ACCESS));
        let giving = giving.map(|it| it.key.clone()).collect::<Vec<_>>();
        // One more, for nobody is told to ask themselves: nobody changes their own access.
        let mut found = moment.access_givers(organization, &giving, NAMED + 1).await?;
        found.retain(|it| it.id != by.account);
        found.truncate(NAMED.into());
        Ok(found)
    }

    /// The invitations of an organization.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn list_invitations(
        &self,
        by: &Caller,
        organization: OrganizationId,
        filter: &InvitationFilter,
        page: &Page,
    ) -> Result<Listing<InvitationView>, VerbError<NotPermitted>> {
        let moment = self.moment_of(by, organization, &Permission::MEMBERS_INVITE).await?;
        Ok(moment.invitations(organization, filter, self.ports.clock.now(), page).await?)
    }

    /// One invitation of an organization.
    ///
    /// # Errors
    /// [`ManageRefusal`], or what every verb may meet.
    pub async fn find_invitation(
        &self,
        by: &Caller,
        organization: OrganizationId,
        id: InvitationId,
    ) -> Result<InvitationView, VerbError<ManageRefusal>> {
        let moment = self.moment_of(by, organization, &Permission::MEMBERS_INVITE).await.map_err(wrapped)?;
        let found = moment.invitation_view(id).await?;
        let found = found.filter(|it| it.invitation.parts().organization == organization);
        found.ok_or(VerbError::Refused(ManageRefusal::NotFound))
    }

    /// The audit log of an organization.
    ///
    /// # Errors
    /// [`NotPermitted`], or what every verb may meet.
    pub async fn list_audit_events(
        &self,
        by: &Caller,
        organization: OrganizationId,
        filter: &AuditFilter,
        page: &Page,
    ) -> Result<Listing<AuditView>, VerbError<NotPermitted>> {
        let moment = self.moment_of(by, organization, &Permission::AUDIT_VIEW).await?;
        Ok(moment.audit_events(organization, filter, page).await?)
    }

    /// A moment in which the caller may see this.
    pub(crate) async fn moment_of(
        &self,
        by: &Caller,
        organization: OrganizationId,
        permission: &Permission,
    ) -> Result<Box<dyn Moment>, VerbError<NotPermitted>> {
        let moment = self.ports.reads.moment().await?;
        let standing = moment.standing(by.account, organization).await?;
        let Settings { catalogue, .. } = self.settings();
        Permit::check(standing.as_ref(), permission, catalogue).map_err(VerbError::Refused)?;
        Ok(moment)
    }
}

pub(crate) fn wrapped<R: crate::refusal::Refusal + From<NotPermitted>>(
    error: VerbError<NotPermitted>,
) -> VerbError<R> {
    match error {
        VerbError::Refused(why) => VerbError::Refused(why.into()),
        VerbError::Spent { what, until } => VerbError::Spent { what, until },
        VerbError::KeyReused => VerbError::KeyReused,
        VerbError::Busy => VerbError::Busy,
        VerbError::Port(error) => VerbError::Port(error),
    }
}
