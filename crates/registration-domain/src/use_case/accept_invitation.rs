//! The holder of an invitation's newest link comes in: as a new person, or as the account that has the address.
mod decide;
mod refusal;

use crate::{
    account::{Account, AccountId},
    audit::AuditEventId,
    invitation::{Invitation, InvitationId},
    join_request::JoinRequest,
    link::LinkPurpose,
    membership::MembershipId,
    message::MessageId,
    notification::NotificationId,
    permit::Standing,
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    revision::Generation,
    secret::Secret,
    session::{Caller, Device, SessionId},
    use_case::{
        invite::{Scene, scene},
        registration::{HashedOnce, Registration},
    },
    view::MembershipView,
};

pub use decide::{Admitted, Way, consider, decide};
pub use refusal::AcceptRefusal;

/// Accepts an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptInvitation {
    /// From the link.
    pub token: Secret,
    /// Who is signed in, if somebody is.
    pub by: Option<Caller>,
    /// Who a new person is.
    pub registration: Registration,
    /// What the person uses.
    pub device: Device,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// Somebody came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Their place.
    pub membership: MembershipView,
    /// Of a new person's session; somebody who was signed in has theirs.
    pub token: Option<Secret>,
}

/// All that the decision rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// What the link leads to.
    pub invitation: Invitation,
    /// What the inviter may do now.
    pub inviter: Option<Standing>,
    /// Where it leads, and who stands behind it.
    pub scene: Option<Scene>,
    /// The account that has the invited address.
    pub account: Option<Account>,
    /// The account that is signed in.
    pub signed_in: Option<Account>,
    /// What that account may do there already.
    pub standing: Option<Standing>,
    /// The request of that account to be let in there, which is settled by their coming.
    pub asked: Option<JoinRequest>,
    /// Who has the username that a new person chose.
    pub namesake: Option<AccountId>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub account: AccountId,
    pub membership: MembershipId,
    pub session: SessionId,
    pub message: MessageId,
    pub notification: NotificationId,
    pub event: AuditEventId,
    /// Of the event that a request of theirs was settled.
    pub settling: AuditEventId,
}

impl Platform {
    /// Lets the invitee in, with exactly what the invitation carries.
    ///
    /// # Errors
    /// [`AcceptRefusal`], or what every verb may meet.
    pub async fn accept_invitation(
        &self,
        command: AcceptInvitation,
    ) -> Result<Answer<Accepted>, VerbError<AcceptRefusal>> {
        let unknown = VerbError::Refused(AcceptRefusal::Unknown);
        let (id, link) = self.invitation_link(&command.token).ok_or(unknown)?;
        let ids = &self.ports.ids;
        let fresh = Fresh {
            account: ids.fresh(),
            membership: ids.fresh(),
            session: ids.fresh(),
            message: ids.fresh(),
            notification: ids.fresh(),
            event: ids.fresh(),
            settling: ids.fresh(),
        };
        let Fresh { account, membership, session, .. } = fresh;
        let outcome = match command.by {
            Some(_) => Outcome::Joined { membership },
            None => Outcome::Registered { account, membership, session },
        };
        let (command, hashed) = (&command, &HashedOnce::default());
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot =
                gather(&*moment, id, command).await?.ok_or(VerbError::Refused(AcceptRefusal::Unknown))?;
            drop(moment);
            let way = consider(&snapshot, command, link, &self.settings, now).map_err(VerbError::Refused)?;
            let admitted = match way {
                Way::AsAccount => Admitted::Account,
                Way::AsNewPerson(registrant) => {
                    let hash = hashed.of(&registrant, self).await?;
                    Admitted::NewPerson(registrant, hash)
                }
            };
            // Hashing takes its time, and time may be what the link lacks.
            let now = self.ports.clock.now();
            decide(snapshot, command, link, admitted, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        let answer = settled.await?;
        let (membership, session) = if let Outcome::Joined { membership } = answer.what {
            (membership, None)
        } else if let Outcome::Registered { membership, session, .. } = answer.what {
            (membership, Some(session))
        } else {
            return Err(VerbError::KeyReused);
        };
        let membership = self.membership_view(membership).await?;
        let token = session.map(|it| self.session_token(it));
        Ok(answer.map(|_| Accepted { membership, token }))
    }

    /// What an invitation's token names; nothing for any other text.
    pub(crate) fn invitation_link(&self, token: &Secret) -> Option<(InvitationId, Generation)> {
        let link =
            self.ports.links.open(token.expose()).filter(|it| it.purpose == LinkPurpose::Invitation)?;
        Some((InvitationId::new(link.subject), link.generation))
    }

    /// A membership as its holder sees it.
    pub(crate) async fn membership_view(&self, id: MembershipId) -> Result<MembershipView, PortError> {
        let moment = self.ports.reads.moment().await?;
        let membership = shown(moment.membership(id).await?, "membership", &id)?;
        let parts = membership.parts();
        let organization = moment.organization(parts.organization).await?;
        let organization = shown(organization, "organization", &parts.organization)?;
        let account = shown(moment.account(parts.account).await?, "account", &parts.account)?;
        Ok(MembershipView { membership, organization, account })
    }
}

async fn gather(
    moment: &dyn Moment,
    id: InvitationId,
    command: &AcceptInvitation,
) -> Result<Option<Snapshot>, PortError> {
    let Some(invitation) = moment.invitation(id).await? else { return Ok(None) };
    let (inviter, organization) = (invitation.parts().inviter, invitation.parts().organization);
    let (signed_in, standing, asked) = match &command.by {
        Some(by) => (
            moment.account(by.account).await?,
            moment.standing(by.account, organization).await?,
            moment.pending_request(by.account, organization).await?,
        ),
        None => (None, None, None),
    };
    let namesake = match &command.registration.username {
        Some(username) => moment.account_named(username).await?.map(|it| it.id()),
        None => None,
    };
    Ok(Some(Snapshot {
        inviter: moment.standing(inviter, organization).await?,
        scene: scene(moment, organization, inviter).await?,
        account: moment.account_at(&invitation.parts().email).await?,
        invitation,
        signed_in,
        standing,
        asked,
        namesake,
    }))
}
