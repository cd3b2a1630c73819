//! What a member may do is changed by somebody who holds it all, and never by the member.
use crate::{
    access::Access,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    membership::MembershipId,
    message::{Letter, MessageId},
    notification::{NotificationId, NotificationKind},
    organization::OrganizationId,
    permission::Permission,
    permit::{NotPermitted, Permit},
    platform::{Platform, VerbError, shown},
    receipt::Outcome,
    revision::Revision,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::managed_member::{MemberRefusal, Scene, Snapshot, gather, owners_changed, spare},
    view::MemberView,
};

/// Changes what a member may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeAccess {
    /// Who.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Whose.
    pub member: MembershipId,
    /// To what.
    pub access: Access,
    /// The state of the membership that the caller looked at.
    pub seen: Revision,
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
    /// From the member's next request on, they may do this.
    ///
    /// # Errors
    /// [`MemberRefusal`], or what every verb may meet.
    pub async fn change_access(&self, command: ChangeAccess) -> Result<MemberView, VerbError<MemberRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh { message: ids.fresh(), notification: ids.fresh(), event: ids.fresh() };
        let command = &command;
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let ChangeAccess { by, organization, member, .. } = command;
            let snapshot = gather(&*moment, by, *organization, *member).await?;
            decide(&snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        settled.await?;
        let view = self.ports.reads.moment().await?.member(command.member).await?;
        Ok(shown(view, "membership", &command.member)?)
    }
}

/// What a change of access writes: nothing where the member has that access already.
///
/// # Errors
/// [`MemberRefusal`], in this order: the right, the member, one's own, what the catalogue lacks, an Owner's,
/// the last Owner, what one holds; then whether the caller looked at what is there now.
pub fn decide(
    snapshot: &Snapshot,
    command: &ChangeAccess,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, MemberRefusal> {
    let standing = snapshot.standing.as_ref();
    let permit = Permit::check(standing, &Permission::MEMBERS_MANAGE_ACCESS, &settings.catalogue)?;
    let Scene { actor, organization, target } = snapshot.scene()?;
    if target.account.id() == permit.actor() {
        return Err(NotPermitted::OwnAccess.into());
    }
    let unknown = settings.catalogue.faults(&command.access);
    if !unknown.is_empty() {
        return Err(MemberRefusal::Fields(unknown));
    }
    let (before, after) = (target.access().clone(), command.access.clone());
    let unmakes = before == Access::Owner && after != Access::Owner;
    if unmakes {
        spare(snapshot, standing)?;
    }
    let grant = permit.grant(after.clone(), &settings.catalogue)?;
    if target.membership.parts().revision != command.seen {
        return Err(MemberRefusal::Stale);
    }
    if before == after {
        return Ok(ChangeSet::under(&permit));
    }
    let letter = Letter::AccessChanged {
        membership: command.member,
        organization: organization.parts().name.clone(),
        by: actor.parts().name.clone(),
        before: before.clone(),
        after: after.clone(),
    };
    let kind = NotificationKind::AccessChanged {
        membership: command.member,
        by: actor.parts().name.clone(),
        before: before.clone(),
        after: after.clone(),
    };
    let email = &target.account.parts().email;
    let event = AuditEvent::by(&command.by, fresh.event, Action::AccessChanged, command.member, email, now)
        .within(command.organization)
        .from(&before)
        .to(&after);
    let makes = after == Access::Owner;
    Ok(ChangeSet::under(&permit)
        .with_all((unmakes || makes).then(|| owners_changed(organization)))
        .with(Change::Send(target.letter(fresh.message, letter, now)))
        .with(target.notice(fresh.notification, kind, now))
        .with(target.review(now))
        .with(Change::UpdateMembership(target.membership.change_access(grant)))
        .with(Change::Record(event)))
}
