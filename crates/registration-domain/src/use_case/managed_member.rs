//! What the verbs on a member share: what they read, and why they do nothing.
use crate::{
    access::Access,
    account::Account,
    change::{Change, Review},
    id::Id,
    invitation::{Invitation, Purpose},
    membership::{ActiveMembership, MembershipId},
    message::{Letter, Message, MessageId},
    notification::{NotificationId, NotificationKind},
    organization::{Organization, OrganizationId},
    permit::{NotPermitted, Permit, Standing},
    port::{Moment, PortError},
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
    session::Caller,
    time::Timestamp,
    use_case::notifications::notify,
};

/// All that a decision about a member rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the caller may do.
    pub standing: Option<Standing>,
    /// Who the caller is.
    pub actor: Option<Account>,
    /// Where.
    pub organization: Option<Organization>,
    /// The member, where they belong to this organization today.
    pub target: Option<Target>,
    /// How many Owners the organization has whose accounts are active.
    pub owners: u32,
    /// A pending invitation of the member's address in this organization.
    pub pending: Option<Invitation>,
}

/// A member who can be changed, and whose account it is.
#[derive(Debug, Clone)]
pub struct Target {
    /// Their membership.
    pub membership: ActiveMembership,
    /// Their account.
    pub account: Account,
}

/// The same, where the right is proved and everything is there.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Who the caller is.
    pub actor: Account,
    /// Where.
    pub organization: Organization,
    /// The member.
    pub target: Target,
}

/// Why nothing became of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MemberRefusal {
    /// The caller may not.
    #[error(transparent)]
    NotPermitted(#[from] NotPermitted),
    /// There is no such member here, or no more.
    #[error("there is no such member here")]
    NotFound,
    /// An organization keeps an Owner.
    #[error("an organization keeps an Owner: hand ownership over first")]
    LastOwner,
    /// The member was changed since the caller looked.
    #[error("the member was changed since you looked")]
    Stale,
    /// The platform lacks the role or a permission.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

pub(crate) async fn gather(
    moment: &dyn Moment,
    by: &Caller,
    organization: OrganizationId,
    target: MembershipId,
) -> Result<Snapshot, PortError> {
    let member = moment.member(target).await?.filter(|it| it.membership.parts().organization == organization);
    let target =
        member.and_then(|it| Some(Target { membership: it.membership.active()?, account: it.account }));
    let pending = match &target {
        Some(it) => moment.pending(organization, Purpose::Member, &it.account.parts().email).await?,
        None => None,
    };
    Ok(Snapshot {
        standing: moment.standing(by.account, organization).await?,
        actor: moment.account(by.account).await?,
        organization: moment.organization(organization).await?,
        owners: moment.owners(organization).await?,
        target,
        pending,
    })
}

impl Snapshot {
    /// Everything, once the caller has the right: without it nobody learns who belongs.
    ///
    /// # Errors
    /// [`MemberRefusal::NotFound`] where the member, or all, is not here.
    pub fn scene(&self) -> Result<Scene, MemberRefusal> {
        let actor = self.actor.clone().ok_or(NotPermitted::NotAMember)?;
        let organization = self.organization.clone().ok_or(NotPermitted::NotAMember)?;
        let target = self.target.clone().ok_or(MemberRefusal::NotFound)?;
        Ok(Scene { actor, organization, target })
    }
    /// That the member, who is an Owner, may go, or be less. One whose account is suspended is not among
    /// the Owners that count.
    ///
    /// # Errors
    /// [`MemberRefusal::LastOwner`].
    pub fn can_spare_an_owner(&self) -> Result<(), MemberRefusal> {
        let counted = u32::from(self.target.as_ref().is_some_and(|it| it.account.is_active()));
        if self.owners > counted { Ok(()) } else { Err(MemberRefusal::LastOwner) }
    }
}

impl Target {
    /// How much they may do today.
    pub fn access(&self) -> &Access {
        &self.membership.parts().access
    }
    /// A mail to them.
    pub fn letter(&self, id: Id<Message>, letter: Letter, now: Timestamp) -> Message {
        let account = self.account.parts();
        let id: MessageId = id;
        Message { id, to: account.email.clone(), locale: account.locale.clone(), at: now, letter }
    }
    /// What they find on their own pages.
    pub fn notice(&self, id: NotificationId, kind: NotificationKind, now: Timestamp) -> Change {
        let parts = self.membership.parts();
        notify(id, parts.account, parts.organization, kind, now)
    }
    /// What they invited before is looked through, for they may be able to give less from now on.
    pub fn review(&self, asked_at: Timestamp) -> Change {
        let parts = self.membership.parts();
        Change::AddReview(Review { organization: parts.organization, inviter: parts.account, asked_at })
    }
}

/// Changes of Owners meet in the organization's row, so that two of them cannot both rest on the same count.
pub(crate) fn owners_changed(organization: Organization) -> Change {
    Change::UpdateOrganization(organization)
}

/// Nobody unmakes an Owner but an Owner.
pub(crate) fn spare(snapshot: &Snapshot, standing: Option<&Standing>) -> Result<Permit, MemberRefusal> {
    let permit = Permit::owner(standing)?;
    snapshot.can_spare_an_owner()?;
    Ok(permit)
}

impl Refusal for MemberRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotPermitted(why) => why.told(),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
            Self::LastOwner => (RefusalKind::Conflict, "last_owner"),
            Self::Stale => (RefusalKind::Stale, "stale"),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        if let Self::Fields(faults) = self { faults.clone() } else { Vec::new() }
    }
    fn facts(&self) -> Vec<Fact> {
        if let Self::NotPermitted(why) = self { why.facts() } else { Vec::new() }
    }
}
