//! What somebody should know before they change a member's access or end the membership.
use crate::{
    audit::{Action, Subject},
    count::Count,
    membership::MembershipId,
    organization::OrganizationId,
    page::{Page, PageSize},
    permission::Permission,
    platform::{Platform, VerbError},
    port::Moment,
    session::Caller,
    use_case::{find::wrapped, managed_member::MemberRefusal},
    view::{AuditFilter, LastChange, MemberView},
};

impl Platform {
    /// Who changed a member's access last, and when; nothing where it is what they came in with. For those who may
    /// change it, whether or not they may read the audit log.
    ///
    /// # Errors
    /// [`MemberRefusal`], or what every verb may meet.
    pub async fn last_access_change(
        &self,
        by: &Caller,
        organization: OrganizationId,
        member: MembershipId,
    ) -> Result<Option<LastChange>, VerbError<MemberRefusal>> {
        let permission = Permission::MEMBERS_MANAGE_ACCESS;
        let (moment, member) = self.look_at(by, organization, member, &permission).await?;
        let about = Some(member.account.parts().email.to_string());
        let filter = AuditFilter { action: Some(Action::AccessChanged), about, ..AuditFilter::default() };
        let newest = Page::first(PageSize::ONE);
        let lines = moment.audit_events(organization, &filter, &newest).await?.rows;
        let of_member =
            lines.into_iter().find(|it| it.event.subject == Subject::from(member.membership.id()));
        Ok(of_member.map(|it| LastChange { by: it.actor, at: it.event.at }))
    }

    /// How many pending invitations of a member end with their membership, for those who may end it.
    ///
    /// # Errors
    /// [`MemberRefusal`], or what every verb may meet.
    pub async fn count_pending_of(
        &self,
        by: &Caller,
        organization: OrganizationId,
        member: MembershipId,
    ) -> Result<Count, VerbError<MemberRefusal>> {
        let (moment, member) = self.look_at(by, organization, member, &Permission::MEMBERS_REMOVE).await?;
        let inviter = member.account.id();
        let now = self.ports.clock.now();
        let (mut pending, mut after) = (0, None);
        while pending <= u64::from(Count::MOST) {
            let some = moment.pending_by(inviter, organization, after, SOME).await?;
            let Some(last) = some.last() else { break };
            after = Some(last.id());
            pending += some.iter().filter(|it| !it.has_expired(now)).count() as u64;
        }
        Ok(Count::of(pending))
    }

    /// A member, or who was one, for those who may this, and the moment in which they are one.
    pub(crate) async fn look_at(
        &self,
        by: &Caller,
        organization: OrganizationId,
        member: MembershipId,
        permission: &Permission,
    ) -> Result<(Box<dyn Moment>, MemberView), VerbError<MemberRefusal>> {
        let moment = self.moment_of(by, organization, permission).await.map_err(wrapped)?;
        let found =
            moment.member(member).await?.filter(|it| it.membership.parts().organization == organization);
        Ok((moment, found.ok_or(VerbError::Refused(MemberRefusal::NotFound))?))
    }
}

/// How many are read at a time.
const SOME: u16 = 500;
