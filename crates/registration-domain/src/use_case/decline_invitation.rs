//! The invitee does not want to, and the inviter is told; who likes may hear no more from that organization.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    message::{Letter, Message, MessageId},
    note::Note,
    notification::{NotificationId, NotificationKind},
    platform::{Answer, Platform, VerbError},
    receipt::{Once, Outcome},
    revision::Generation,
    secret::Secret,
    session::Origin,
    settings::Settings,
    time::Timestamp,
    use_case::{
        look_up_invitation::{LinkRefusal, Snapshot, gather},
        notifications::notify,
    },
};

/// Declines an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclineInvitation {
    /// From the link.
    pub token: Secret,
    /// Why, for the inviter.
    pub reason: Option<Note>,
    /// Whether this organization shall invite the address no more.
    pub block: bool,
    /// From where.
    pub origin: Origin,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
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
    /// Declines an invitation.
    ///
    /// # Errors
    /// [`LinkRefusal`], or what every verb may meet.
    pub async fn decline_invitation(
        &self,
        command: DeclineInvitation,
    ) -> Result<Answer<()>, VerbError<LinkRefusal>> {
        let unknown = || VerbError::Refused(LinkRefusal::Unknown);
        let (id, link) = self.invitation_link(&command.token).ok_or_else(unknown)?;
        let ids = &self.ports.ids;
        let fresh = Fresh { message: ids.fresh(), notification: ids.fresh(), event: ids.fresh() };
        let command = &command;
        let settled = self.settle(Outcome::Done, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, id).await?.ok_or_else(unknown)?;
            decide(&snapshot, command, link, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        Ok(settled.await?.map(|_| ()))
    }
}

/// What a no of the invitee writes. It rests on the inviter as they are now, who is told of it.
///
/// # Errors
/// [`LinkRefusal`]: what settled the invitation, what is wrong with the link, its backing; in this order.
pub fn decide(
    snapshot: &Snapshot,
    command: &DeclineInvitation,
    link: Generation,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, LinkRefusal> {
    let (acceptable, permit, scene) = snapshot.acceptable(link, settings, now)?;
    let DeclineInvitation { reason, block, origin, .. } = command;
    let (id, email, organization) =
        (acceptable.parts().id, acceptable.parts().email.clone(), acceptable.parts().organization);
    let inviter = scene.inviter.parts();
    let told = Message {
        id: fresh.message,
        to: inviter.email.clone(),
        locale: inviter.locale.clone(),
        at: now,
        letter: Letter::Declined {
            invitation: id,
            organization: scene.organization.parts().name.clone(),
            email: email.clone(),
            reason: reason.clone(),
        },
    };
    let kind =
        NotificationKind::InvitationDeclined { invitation: id, email: email.clone(), reason: reason.clone() };
    let event = AuditEvent::unnamed(origin, fresh.event, Action::InvitationDeclined, id, &email, now)
        .within(organization)
        .because(reason.as_ref());
    let event = if *block { said_to_block(event) } else { event };
    Ok(ChangeSet::under(&permit)
        .with(Change::UpdateInvitation(acceptable.decline(reason.clone(), now)))
        .with_all(block.then_some(Change::Block { organization, email }))
        .with(Change::Send(told))
        .with(notify(fresh.notification, inviter.id, organization, kind, now))
        .with(Change::Record(event)))
}

/// That the address hears no more from here is part of what was decided, beside any reason.
fn said_to_block(event: AuditEvent) -> AuditEvent {
    let reason = event.after.as_ref().map_or(String::new(), |it| format!("{it}; "));
    event.to(format!("{reason}wants no more invitations from here"))
}
