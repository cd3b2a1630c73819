//! A membership is ended by somebody who may; what the member invited is looked through afterwards.
use crate::{
    access::Access,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    invitation::RevokedWhy,
    membership::MembershipId,
    message::{Letter, MessageId},
    note::Note,
    notification::{NotificationId, NotificationKind},
    organization::OrganizationId,
    permission::Permission,
    permit::{NotPermitted, Permit},
    platform::{Platform, VerbError},
    receipt::Outcome,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{
        managed_invitation::closed,
        managed_member::{MemberRefusal, Scene, Snapshot, gather, owners_changed, spare},
    },
};

/// Ends somebody's membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoveMember {
    /// Who.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Whose.
    pub member: MembershipId,
    /// Why, for the member and the log.
    pub reason: Option<Note>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub message: MessageId,
    pub notification: NotificationId,
    pub event: AuditEventId,
    /// Of the event that an open invitation of the member was closed.
    pub closing: AuditEventId,
}

impl Platform {
    /// From the member's next request on, they are none.
    ///
    /// # Errors
    /// [`MemberRefusal`], or what every verb may meet.
    pub async fn remove_member(&self, command: RemoveMember) -> Result<(), VerbError<MemberRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh {
            message: ids.fresh(),
            notification: ids.fresh(),
            event: ids.fresh(),
            closing: ids.fresh(),
        };
        let command = &command;
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let RemoveMember { by, organization, member, .. } = command;
            let snapshot = gather(&*moment, by, *organization, *member).await?;
            decide(&snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        settled.await.map(|_| ())
    }
}

/// What a removal writes. An invitation of the member that is open is closed with it, so that nothing comes
/// back by itself.
///
/// # Errors
/// [`MemberRefusal`], in this order: the right, the member, an Owner's, the last Owner, one's own.
pub fn decide(
    snapshot: &Snapshot,
    command: &RemoveMember,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, MemberRefusal> {
    let standing = snapshot.standing.as_ref();
    let permit = Permit::check(standing, &Permission::MEMBERS_REMOVE, &settings.catalogue)?;
    let Scene { actor, organization, target } = snapshot.scene()?;
    let is_owner = *target.access() == Access::Owner;
    if is_owner {
        spare(snapshot, standing)?;
    }
    if target.account.id() == permit.actor() {
        return Err(NotPermitted::OwnAccess.into());
    }
    let RemoveMember { by, reason, member, .. } = command;
    let letter = Letter::AccessRemoved {
        membership: *member,
        organization: organization.parts().name.clone(),
        by: actor.parts().name.clone(),
        reason: reason.clone(),
    };
    let kind = NotificationKind::AccessRemoved {
        membership: *member,
        by: actor.parts().name.clone(),
        reason: reason.clone(),
    };
    let email = target.account.parts().email.clone();
    let event = AuditEvent::by(by, fresh.event, Action::AccessRemoved, *member, email, now)
        .within(command.organization)
        .from(target.access())
        .because(reason.as_ref());
    let invited = snapshot.pending.clone().and_then(|it| it.open().ok());
    let closed = invited.map(|it| closed(it, by, RevokedWhy::InviteeRemoved, fresh.closing, now));
    Ok(ChangeSet::under(&permit)
        .with_all(is_owner.then(|| owners_changed(organization)))
        .with_all(closed.into_iter().flatten())
        .with(Change::Send(target.letter(fresh.message, letter, now)))
        .with(target.notice(fresh.notification, kind, now))
        .with(target.review(now))
        .with(Change::UpdateMembership(target.membership.remove(by.account, reason.clone(), now)))
        .with(Change::Record(event)))
}
