//! A member invites an address to the organization, giving no more than they hold.
use crate::{
    access::Access,
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    invitation::{Invitation, InvitationId, Offer, RevokedWhy},
    message::{Letter, Message, MessageId},
    organization::{Organization, OrganizationId},
    permission::Permission,
    permit::{NotPermitted, Permit, Standing},
    platform::{Answer, Platform, VerbError, shown},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    session::Caller,
    settings::{Limits, Settings},
    time::Timestamp,
    use_case::managed_invitation::closed,
    view::InvitationView,
};

/// Invites one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// Who invites.
    pub by: Caller,
    /// Into which organization.
    pub organization: OrganizationId,
    /// Whom, as what, and until when.
    pub offer: Offer,
    /// With how much access.
    pub access: Access,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the inviter may do.
    pub standing: Option<Standing>,
    /// Where they invite into, and who they are.
    pub scene: Option<Scene>,
    /// Whether somebody with this address is a member.
    pub is_member: bool,
    /// Whether this address wants no more invitations from here.
    pub is_blocked: bool,
    /// The pending invitation of this address, expired or not.
    pub pending: Option<Invitation>,
}

/// Where an invitation leads, and who stands behind it: what its mail names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// Where it leads.
    pub organization: Organization,
    /// Who stands behind it.
    pub inviter: Account,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub invitation: InvitationId,
    pub message: MessageId,
    pub event: AuditEventId,
    /// Of the event that an expired invitation was closed.
    pub replacement: AuditEventId,
}

/// Why nobody was invited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InviteRefusal {
    /// The inviter may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// The platform lacks the role or a permission.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
    /// Somebody with this address is a member.
    #[error("this person is a member already")]
    AlreadyMember,
    /// An invitation of this address is pending, and can be sent again.
    #[error("this address was invited already; the invitation can be sent again")]
    AlreadyInvited(InvitationId),
    /// Whoever reads mail at this address declined, and wants no more invitations from here.
    #[error("this address wants no more invitations from this organization")]
    Blocked,
}

impl Platform {
    /// Invites one address.
    ///
    /// # Errors
    /// [`InviteRefusal`], or what every verb may meet.
    pub async fn invite(&self, command: Invite) -> Result<Answer<InvitationView>, VerbError<InviteRefusal>> {
        let fresh = self.fresh_invite();
        let outcome = Outcome::Invitation { invitation: fresh.invitation };
        let command = &command;
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, command).await?;
            decide(snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        self.answer_invitation(settled.await?).await
    }

    /// What [`invite`](Self::invite) would answer now; nothing is done.
    ///
    /// # Errors
    /// The same as those of [`invite`](Self::invite).
    pub async fn would_invite(&self, command: &Invite) -> Result<Invitation, VerbError<InviteRefusal>> {
        let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
        let snapshot = gather(&*moment, command).await?;
        let changes = decide(snapshot, command, &self.settings, now, self.fresh_invite());
        let made = changes
            .map_err(VerbError::Refused)?
            .into_iter()
            .find_map(|it| if let Change::AddInvitation(invitation) = it { Some(invitation) } else { None });
        Ok(shown(made, "invitation", &"to be made")?)
    }

    fn fresh_invite(&self) -> Fresh {
        let ids = &self.ports.ids;
        Fresh { invitation: ids.fresh(), message: ids.fresh(), event: ids.fresh(), replacement: ids.fresh() }
    }

    /// The invitation that a verb made or changed, as it is now.
    pub(crate) async fn answer_invitation<R: Refusal + 'static>(
        &self,
        answer: Answer<Outcome>,
    ) -> Result<Answer<InvitationView>, VerbError<R>> {
        let Outcome::Invitation { invitation } = answer.what else { return Err(VerbError::KeyReused) };
        let view = self.ports.reads.moment().await?.invitation_view(invitation).await?;
        let view = shown(view, "invitation", &invitation)?;
        Ok(answer.map(|_| view))
    }
}

async fn gather(moment: &dyn Moment, command: &Invite) -> Result<Snapshot, PortError> {
    let (organization, offer) = (command.organization, &command.offer);
    Ok(Snapshot {
        standing: moment.standing(command.by.account, organization).await?,
        scene: scene(moment, organization, command.by.account).await?,
        is_member: is_member(moment, organization, &offer.email).await?,
        is_blocked: moment.is_blocked(organization, &offer.email).await?,
        pending: moment.pending(organization, offer.purpose, &offer.email).await?,
    })
}

/// What the mail of an invitation names.
pub(crate) async fn scene(
    moment: &dyn Moment,
    organization: OrganizationId,
    inviter: crate::account::AccountId,
) -> Result<Option<Scene>, PortError> {
    let found = (moment.organization(organization).await?, moment.account(inviter).await?);
    Ok(match found {
        (Some(organization), Some(inviter)) => Some(Scene { organization, inviter }),
        _ => None,
    })
}

/// Whether whoever has this address is an active member.
pub(crate) async fn is_member(
    moment: &dyn Moment,
    organization: OrganizationId,
    email: &crate::email::Email,
) -> Result<bool, PortError> {
    match moment.account_at(email).await? {
        Some(account) => Ok(moment.standing(account.id(), organization).await?.is_some()),
        None => Ok(false),
    }
}

/// What an invitation writes. One that expired is closed to make room.
///
/// # Errors
/// [`InviteRefusal`]: who may, what the catalogue lacks, what one holds, and what stands in the way of the
/// address (a membership, a pending invitation, its owner's wish); in this order.
pub fn decide(
    snapshot: Snapshot,
    command: &Invite,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, InviteRefusal> {
    let Snapshot { standing, scene, is_member, is_blocked, pending } = snapshot;
    let Invite { by, offer, access, .. } = command;
    let permit = Permit::check(standing.as_ref(), &Permission::MEMBERS_INVITE, &settings.catalogue)?;
    let scene = scene.ok_or(NotPermitted::NotAMember)?;
    let unknown = settings.catalogue.faults(access);
    if !unknown.is_empty() {
        return Err(InviteRefusal::Fields(unknown));
    }
    let grant = permit.grant(access.clone(), &settings.catalogue)?;
    if is_member {
        return Err(InviteRefusal::AlreadyMember);
    }
    let replaced = match pending.and_then(|it| it.open().ok()) {
        Some(open) if !open.invitation().has_expired(now) => {
            return Err(InviteRefusal::AlreadyInvited(open.invitation().id()));
        }
        expired => expired.map(|it| closed(it, by, RevokedWhy::Replaced, fresh.replacement, now)),
    };
    if is_blocked {
        return Err(InviteRefusal::Blocked);
    }
    let invitation = Invitation::issue(fresh.invitation, offer.clone(), grant, now);
    let event = AuditEvent::by(by, fresh.event, Action::Invited, fresh.invitation, &offer.email, now);
    let letter = letter(&invitation, &scene, fresh.message, now);
    Ok(ChangeSet::under(&permit)
        .with_all(replaced.into_iter().flatten())
        .with_all(budget(&settings.limits, &invitation, now))
        .with(Change::AddInvitation(invitation))
        .with(Change::Send(letter))
        .with(Change::Record(event.within(permit.organization()).to(access))))
}

/// The mail of an invitation in its present generation.
pub(crate) fn letter(invitation: &Invitation, scene: &Scene, id: MessageId, now: Timestamp) -> Message {
    let parts = invitation.parts();
    Message {
        id,
        to: parts.email.clone(),
        locale: parts.locale.clone(),
        at: now,
        letter: Letter::Invitation {
            invitation: parts.id,
            generation: parts.generation,
            organization: scene.organization.parts().name.clone(),
            inviter: scene.inviter.parts().name.clone(),
            access: parts.access.clone(),
            note: parts.note.clone(),
            expires_at: parts.expires_at,
        },
    }
}

/// Nobody is mailed more often by strangers than this, whoever invites them.
pub(crate) fn budget(limits: &Limits, invitation: &Invitation, now: Timestamp) -> Vec<Change> {
    let address = invitation.parts().email.canonical();
    limits.mails().iter().map(|it| it.spend(&address, now)).collect()
}

impl Refusal for InviteRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotPermitted(why) => why.told(),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
            Self::AlreadyMember => (RefusalKind::Conflict, "already_member"),
            Self::AlreadyInvited(_) => (RefusalKind::Conflict, "already_invited"),
            Self::Blocked => (RefusalKind::Conflict, "invitation_blocked"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Fields(faults) => faults.clone(),
            Self::NotPermitted(_) | Self::AlreadyMember | Self::AlreadyInvited(_) | Self::Blocked => {
                Vec::new()
            }
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotPermitted(why) => why.facts(),
            Self::AlreadyInvited(invitation) => vec![Fact::Invitation(*invitation)],
            Self::Fields(_) | Self::AlreadyMember | Self::Blocked => Vec::new(),
        }
    }
}
