//! Whoever runs the server invites an Owner, in the name of one who owns the organization and is out of reach.
use crate::{
    access::Access,
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    email::Email,
    invitation::{Invitation, InvitationId, Offer, Open, Purpose, RevokedWhy, Term},
    message::MessageId,
    organization::{Organization, OrganizationId},
    permit::{NotPermitted, Permit, Standing},
    platform::{Platform, VerbError},
    port::{Moment, PortError},
    receipt::Outcome,
    refusal::{Fact, Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    session::Origin,
    settings::Settings,
    time::Timestamp,
    use_case::invite::{Scene, is_member, letter},
    view::InvitationView,
};

/// Invites one address to own an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InviteOwner {
    /// Which organization.
    pub organization: OrganizationId,
    /// Whom.
    pub email: Email,
    /// What the audit log names in place of a person.
    pub origin: Origin,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Whether somebody owns the platform.
    pub is_founded: bool,
    /// The organization, if there is such a one.
    pub organization: Option<Organization>,
    /// One of its Owners who can act.
    pub owner: Option<(Standing, Account)>,
    /// Whether somebody with this address is a member.
    pub is_member: bool,
    /// Whether this address wants no more invitations from here.
    pub is_blocked: bool,
    /// The pending invitation of this address, expired or not.
    pub pending: Option<Invitation>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub invitation: InvitationId,
    pub message: MessageId,
    pub event: AuditEventId,
    /// Of the event that an older invitation was closed.
    pub replacement: AuditEventId,
}

/// Why nobody was invited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InviteOwnerRefusal {
    /// Nobody owns the platform: whoever sets it up is its first Owner.
    #[error("nobody owns this platform yet")]
    NotSetUp,
    /// There is no such organization.
    #[error("there is no such organization")]
    NotFound,
    /// None of its Owners can act, so that nobody could stand behind the invitation.
    #[error("no Owner of this organization has an active account: restore one of them first")]
    NoOwner,
    /// The Owner may not; see [`NotPermitted`].
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// Somebody with this address is a member.
    #[error("this person is a member already")]
    AlreadyMember,
    /// Whoever reads mail at this address declined, and wants no more invitations from here.
    #[error("this address wants no more invitations from this organization")]
    Blocked,
}

impl Platform {
    /// Invites an Owner. Answers the invitation, and the link that its mail brings: whoever runs the server
    /// holds the keyring, and could make it themselves.
    ///
    /// # Errors
    /// [`InviteOwnerRefusal`], or what every verb may meet.
    pub async fn invite_owner(
        &self,
        command: InviteOwner,
    ) -> Result<(InvitationView, Secret), VerbError<InviteOwnerRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh {
            invitation: ids.fresh(),
            message: ids.fresh(),
            event: ids.fresh(),
            replacement: ids.fresh(),
        };
        let outcome = Outcome::Invitation { invitation: fresh.invitation };
        let command = &command;
        let settled = self.settle(outcome, None, move |moment, now| async move {
            let snapshot = gather(&*moment, command).await?;
            decide(snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        let invited = self.answer_invitation(settled.await?).await?.what;
        let link = self.link_to_invitation(fresh.invitation, Generation::FIRST);
        Ok((invited, link))
    }
}

async fn gather(moment: &dyn Moment, command: &InviteOwner) -> Result<Snapshot, PortError> {
    let InviteOwner { organization, email, .. } = command;
    Ok(Snapshot {
        is_founded: moment.founding().await?.is_some(),
        organization: moment.organization(*organization).await?,
        owner: owner(moment, *organization).await?,
        is_member: is_member(moment, *organization, email).await?,
        is_blocked: moment.is_blocked(*organization, email).await?,
        pending: moment.pending(*organization, Purpose::Member, email).await?,
    })
}

/// Among those who give access, Owners come first, and only those who can act.
async fn owner(
    moment: &dyn Moment,
    organization: OrganizationId,
) -> Result<Option<(Standing, Account)>, PortError> {
    let Some(first) = moment.access_givers(organization, &[], 1).await?.into_iter().next() else {
        return Ok(None);
    };
    let standing = moment.standing(first.id, organization).await?;
    let standing = standing.filter(|it| it.access == Access::Owner);
    Ok(standing.zip(moment.account(first.id).await?))
}

/// What the invitation writes. A pending one of the same address makes room, whatever it offered.
///
/// # Errors
/// [`InviteOwnerRefusal`], in its order.
pub fn decide(
    snapshot: Snapshot,
    command: &InviteOwner,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, InviteOwnerRefusal> {
    let Snapshot { is_founded, organization, owner, is_member, is_blocked, pending } = snapshot;
    if !is_founded {
        return Err(InviteOwnerRefusal::NotSetUp);
    }
    let organization = organization.ok_or(InviteOwnerRefusal::NotFound)?;
    let (standing, inviter) = owner.ok_or(InviteOwnerRefusal::NoOwner)?;
    let permit = Permit::owner(Some(&standing))?;
    let grant = permit.grant(Access::Owner, &settings.catalogue)?;
    if is_member {
        return Err(InviteOwnerRefusal::AlreadyMember);
    }
    if is_blocked {
        return Err(InviteOwnerRefusal::Blocked);
    }
    let replaced = pending.and_then(|it| it.open().ok());
    let replaced = replaced.map(|it| replaced_by(it, command, fresh.replacement, now));
    let offer = Offer {
        email: command.email.clone(),
        purpose: Purpose::Member,
        term: Term::default(),
        note: None,
        locale: None,
    };
    let invitation = Invitation::issue(fresh.invitation, offer, grant, now);
    let (action, label) = (Action::Invited, &command.email);
    let event = AuditEvent::unnamed(&command.origin, fresh.event, action, fresh.invitation, label, now)
        .within(permit.organization())
        .to(&Access::Owner);
    let letter = letter(&invitation, &Scene { organization, inviter }, fresh.message, now);
    Ok(ChangeSet::under(&permit)
        .with_all(replaced.into_iter().flatten())
        .with(Change::AddInvitation(invitation))
        .with(Change::Send(letter))
        .with(Change::Record(event)))
}

/// One address has one pending invitation.
fn replaced_by(open: Open, command: &InviteOwner, event: AuditEventId, now: Timestamp) -> [Change; 2] {
    let parts = open.invitation().parts().clone();
    let why = RevokedWhy::Replaced;
    let action = Action::InvitationRevoked;
    let event = AuditEvent::unnamed(&command.origin, event, action, parts.id, &parts.email, now)
        .within(parts.organization)
        .to(&why);
    [Change::UpdateInvitation(open.revoke(parts.inviter, why, now)), Change::Record(event)]
}

impl Refusal for InviteOwnerRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSetUp => (RefusalKind::Conflict, "not_set_up"),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
            Self::NoOwner => (RefusalKind::Conflict, "no_owner"),
            Self::NotPermitted(why) => why.told(),
            Self::AlreadyMember => (RefusalKind::Conflict, "already_member"),
            Self::Blocked => (RefusalKind::Conflict, "invitation_blocked"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotPermitted(why) => why.facts(),
            Self::NotSetUp | Self::NotFound | Self::NoOwner | Self::AlreadyMember | Self::Blocked => {
                Vec::new()
            }
        }
    }
}
