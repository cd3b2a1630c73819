//! An Owner makes another member Owner in their place, and keeps everything else.
use crate::{
    access::Access,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    membership::{ActiveMembership, Membership, MembershipId},
    message::{Letter, MessageId},
    notification::{NotificationId, NotificationKind},
    organization::OrganizationId,
    permit::{NotPermitted, Permit},
    platform::{Answer, Platform, VerbError, shown},
    receipt::{Once, Outcome},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::managed_member::{MemberRefusal, Scene, Snapshot, gather, owners_changed},
    view::MemberView,
};

/// Hands ownership over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOverOwnership {
    /// Who has it.
    pub by: Caller,
    /// Of which organization.
    pub organization: OrganizationId,
    /// Who is to have it.
    pub to: MembershipId,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// Ownership went from one member to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// Who had it.
    pub from: MemberView,
    /// Who has it.
    pub to: MemberView,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub message: MessageId,
    pub notification: NotificationId,
    pub event: AuditEventId,
}

impl Platform {
    /// Makes another member Owner in the caller's place.
    ///
    /// # Errors
    /// [`MemberRefusal`], or what every verb may meet.
    pub async fn hand_over_ownership(
        &self,
        command: HandOverOwnership,
    ) -> Result<Answer<HandedOver>, VerbError<MemberRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh { message: ids.fresh(), notification: ids.fresh(), event: ids.fresh() };
        let command = &command;
        let settled = self.settle_as(command.once.as_ref(), move |moment, now| async move {
            let HandOverOwnership { by, organization, to, .. } = command;
            let snapshot = gather(&*moment, by, *organization, *to).await?;
            let standing = snapshot.standing.as_ref();
            let from = standing.ok_or(VerbError::Refused(NotPermitted::NotAMember.into()))?.membership;
            let own = moment.membership(from).await?.and_then(Membership::active);
            let changes = decide(&snapshot, own, command, &self.settings, now, fresh);
            Ok((Outcome::HandedOver { from, to: *to }, changes.map_err(VerbError::Refused)?))
        });
        let answer = settled.await?;
        let Outcome::HandedOver { from, to } = answer.what else { return Err(VerbError::KeyReused) };
        let moment = self.ports.reads.moment().await?;
        let from = shown(moment.member(from).await?, "membership", &from)?;
        let to = shown(moment.member(to).await?, "membership", &to)?;
        Ok(answer.map(|_| HandedOver { from, to }))
    }
}

/// What a hand-over writes: one Owner more and one less, in one organization's row.
///
/// # Errors
/// [`MemberRefusal`]: an Owner's act, the member, one's own; then whether an Owner remains who can act.
pub fn decide(
    snapshot: &Snapshot,
    own: Option<ActiveMembership>,
    command: &HandOverOwnership,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, MemberRefusal> {
    let permit = Permit::owner(snapshot.standing.as_ref())?;
    let Scene { actor, organization, target } = snapshot.scene()?;
    if target.account.id() == permit.actor() {
        return Err(NotPermitted::OwnAccess.into());
    }
    let own = own.filter(|it| it.parts().account == permit.actor()).ok_or(NotPermitted::NotAMember)?;
    if !target.account.is_active() && snapshot.owners < 2 {
        return Err(MemberRefusal::LastOwner);
    }
    let grant = permit.grant(Access::Owner, &settings.catalogue)?;
    let letter = Letter::OwnershipHandedOver {
        membership: command.to,
        organization: organization.parts().name.clone(),
        from: actor.parts().name.clone(),
    };
    let kind =
        NotificationKind::OwnershipHandedOver { membership: command.to, from: actor.parts().name.clone() };
    let (giver, email) = (&actor.parts().email, target.account.parts().email.clone());
    let event =
        AuditEvent::by(&command.by, fresh.event, Action::OwnershipHandedOver, command.to, &email, now)
            .within(command.organization)
            .from(giver)
            .to(&email);
    let review = Change::AddReview(crate::change::Review {
        organization: command.organization,
        inviter: permit.actor(),
        asked_at: now,
    });
    Ok(ChangeSet::under(&permit)
        .with(owners_changed(organization))
        .with(Change::Send(target.letter(fresh.message, letter, now)))
        .with(target.notice(fresh.notification, kind, now))
        .with(Change::UpdateMembership(target.membership.change_access(grant)))
        .with(Change::UpdateMembership(own.step_down()))
        .with(review)
        .with(Change::Record(event)))
}
