//! Whoever wants to join sees the organization's name before anything is sent, and what stands between them already.
use crate::{
    account::Account,
    contact::Contact,
    invitation::{Invitation, InvitationId, Purpose},
    join_request::{JoinRequest, JoinRequestId, JoinRequestState},
    organization::{Organization, OrganizationId},
    organization_name::OrganizationName,
    permit::NotPermitted,
    platform::{Platform, VerbError},
    port::{Moment, PortError},
    session::Caller,
    settings::Settings,
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
    /// The invitation of their address that waits there, and since when.
    pub invitation: Option<(InvitationId, Timestamp)>,
    /// The request of theirs that waits there, and since when.
    pub asked: Option<(JoinRequestId, Timestamp)>,
    /// When they were rejected a short while ago, and from when on they may ask again.
    pub rejected: Option<(Timestamp, Timestamp)>,
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
        let asked = moment.pending_request(account.id(), id).await?.filter(|it| !it.has_expired(now));
        let rejected = moment.last_rejection(account.id(), id).await?;
        let is_known = is_member
            || invitation.is_some()
            || asked.is_some()
            || rejected.is_some()
            || organization.parts().discoverable;
        if !is_known && !is_of_the_house(&*moment, &account, id).await? {
            return Err(UNSEEN);
        }
        let between = Between { is_member, invitation, asked, rejected };
        Ok(between.shown(organization, &self.settings, now))
    }
}

async fn is_of_the_house(
    moment: &dyn Moment,
    account: &Account,
    id: OrganizationId,
) -> Result<bool, PortError> {
    Ok(domain_of(moment, account).await?.is_some_and(|it| it.parts().organization == id))
}

/// What stands between somebody and an organization.
struct Between {
    is_member: bool,
    invitation: Option<Invitation>,
    asked: Option<JoinRequest>,
    rejected: Option<JoinRequest>,
}

impl Between {
    fn shown(self, organization: Organization, settings: &Settings, now: Timestamp) -> OrganizationToJoin {
        let Self { is_member, invitation, asked, rejected } = self;
        let contact = settings.contact_of(&organization).cloned();
        let rejected = rejected.and_then(|it| match it.parts().state {
            JoinRequestState::Rejected { at, .. } => {
                Some((at, at.plus(settings.lifetimes.join_request_pause)))
            }
            JoinRequestState::Pending
            | JoinRequestState::Approved { .. }
            | JoinRequestState::Withdrawn { .. }
            | JoinRequestState::Settled { .. }
            | JoinRequestState::Expired { .. } => None,
        });
        let parts = organization.into_parts();
        OrganizationToJoin {
            id: parts.id,
            name: parts.name,
            contact,
            is_member,
            invitation: invitation.map(|it| (it.id(), it.parts().created_at)),
            asked: asked.map(|it| (it.id(), it.parts().created_at)),
            rejected: rejected.filter(|(_, again)| now < *again),
        }
    }
}
