//! What the inviting side's verbs on an invitation share: what they read, and why they do nothing.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::Change,
    email::Email,
    invitation::{Invitation, InvitationId, NotAcceptable, Open, RevokedWhy},
    organization::{Organization, OrganizationId},
    permission::Permission,
    permit::{NotPermitted, Permit, Standing},
    port::{Moment, PortError},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::invite::{Scene, is_member, scene},
};

/// All that a decision of the inviting side rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the caller may do.
    pub standing: Option<Standing>,
    /// Where the invitation leads, and who will stand behind it.
    pub scene: Option<Scene>,
    /// The invitation, if it is one of this organization.
    pub invitation: Option<Invitation>,
    /// Whether somebody with its address, or the one it is to have, is a member.
    pub is_member: bool,
    /// Whether that address wants no more invitations from here.
    pub is_blocked: bool,
    /// The pending invitation of the address that it is to have.
    pub pending: Option<Invitation>,
}

/// Why nothing became of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManageRefusal {
    /// The caller may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// There is no such invitation here.
    #[error("there is no such invitation here")]
    NotFound,
    /// It is settled.
    #[error(transparent)]
    Settled(NotAcceptable),
    /// The platform lacks the role or a permission, or nothing was asked for.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
    /// Somebody with this address is a member.
    #[error("this person is a member already")]
    AlreadyMember,
    /// Another invitation of this address is pending.
    #[error("this address was invited already; the invitation can be sent again")]
    AlreadyInvited(InvitationId),
    /// The address wants no more invitations from here.
    #[error("this address wants no more invitations from this organization")]
    Blocked,
}

pub(crate) async fn gather(
    moment: &dyn Moment,
    by: &Caller,
    organization: OrganizationId,
    id: InvitationId,
    email: Option<&Email>,
) -> Result<Snapshot, PortError> {
    let standing = moment.standing(by.account, organization).await?;
    let scene = scene(moment, organization, by.account).await?;
    let invitation = moment.invitation(id).await?.filter(|it| it.parts().organization == organization);
    let address = email.or_else(|| invitation.as_ref().map(|it| &it.parts().email));
    let (mut member, mut blocked, mut pending) = (false, false, None);
    if let (Some(address), Some(invitation)) = (address, &invitation) {
        member = is_member(moment, organization, address).await?;
        blocked = moment.is_blocked(organization, address).await?;
        pending = moment.pending(organization, invitation.parts().purpose, address).await?;
    }
    Ok(Snapshot { standing, scene, invitation, is_member: member, is_blocked: blocked, pending })
}

impl Snapshot {
    /// The permit, the scene, and the invitation where it is still open: the right comes first, so that
    /// nobody without it learns what there is.
    ///
    /// # Errors
    /// [`ManageRefusal`] without the right, the invitation, or its being open.
    pub fn open(
        &self,
        settings: &Settings,
    ) -> Result<(Permit, &Organization, &Account, Open), ManageRefusal> {
        let permit = Permit::check(self.standing.as_ref(), &Permission::MEMBERS_INVITE, &settings.catalogue)?;
        let Scene { organization, inviter } = self.scene.as_ref().ok_or(NotPermitted::NotAMember)?;
        let invitation = self.invitation.clone().ok_or(ManageRefusal::NotFound)?;
        let open = invitation.open().map_err(ManageRefusal::Settled)?;
        Ok((permit, organization, inviter, open))
    }
    /// Whether a mail to the address it has, or is to have, makes sense. Another invitation of that address
    /// that expired is answered, to be closed: it never stands in the way.
    ///
    /// # Errors
    /// [`ManageRefusal`] for a member's address, one that was invited otherwise, and one that wants none.
    pub fn clear(&self, id: InvitationId, now: Timestamp) -> Result<Option<Open>, ManageRefusal> {
        if self.is_member {
            return Err(ManageRefusal::AlreadyMember);
        }
        let other = self.pending.clone().filter(|it| it.id() != id).and_then(|it| it.open().ok());
        match other {
            Some(other) if !other.invitation().has_expired(now) => {
                Err(ManageRefusal::AlreadyInvited(other.invitation().id()))
            }
            _ if self.is_blocked => Err(ManageRefusal::Blocked),
            expired => Ok(expired),
        }
    }
}

/// What another act closes beside its own doing has its own line in the audit log.
pub(crate) fn closed(
    open: Open,
    by: &Caller,
    why: RevokedWhy,
    event: AuditEventId,
    now: Timestamp,
) -> [Change; 2] {
    let parts = open.invitation().parts();
    let event = AuditEvent::by(by, event, Action::InvitationRevoked, parts.id, &parts.email, now)
        .within(parts.organization)
        .to(&why);
    [Change::UpdateInvitation(open.revoke(by.account, why, now)), Change::Record(event)]
}

impl Refusal for ManageRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotPermitted(why) => why.told(),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
            Self::Settled(why) => (RefusalKind::Conflict, why.code()),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
            Self::AlreadyMember => (RefusalKind::Conflict, "already_member"),
            Self::AlreadyInvited(_) => (RefusalKind::Conflict, "already_invited"),
            Self::Blocked => (RefusalKind::Conflict, "invitation_blocked"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        if let Self::Fields(faults) = self { faults.clone() } else { Vec::new() }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotPermitted(why) => why.facts(),
            Self::AlreadyInvited(invitation) => vec![Fact::Invitation(*invitation)],
            Self::Settled(why) => why.facts(),
            Self::NotFound | Self::Fields(_) | Self::AlreadyMember | Self::Blocked => Vec::new(),
        }
    }
}
