//! Who comes too late asks the inviter for a new invitation, once a day.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    message::{Letter, Message, MessageId},
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

/// Asks for a new invitation in place of one that expired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishForNewInvitation {
    /// From the expired link.
    pub token: Secret,
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
    /// Tells the inviter that the invitee came too late.
    ///
    /// # Errors
    /// [`LinkRefusal`], or what every verb may meet: `asked_too_soon` on the same day.
    pub async fn wish_for_new_invitation(
        &self,
        command: WishForNewInvitation,
    ) -> Result<Answer<()>, VerbError<LinkRefusal>> {
        let unknown = || VerbError::Refused(LinkRefusal::Unknown);
        let (id, link) = self.invitation_link(&command.token).ok_or_else(unknown)?;
        let ids = &self.ports.ids;
        let fresh = Fresh { message: ids.fresh(), notification: ids.fresh(), event: ids.fresh() };
        let command = &command;
        let settled = self.settle(Outcome::Done, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, id).await?.ok_or_else(unknown)?;
            decide(&snapshot, &command.origin, link, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        Ok(settled.await?.map(|_| ()))
    }
}

/// What a wish writes: a mail to the inviter, and nothing about the invitation.
///
/// # Errors
/// [`LinkRefusal`]: what settled the invitation, that a newer link was sent or this one holds, its backing.
pub fn decide(
    snapshot: &Snapshot,
    origin: &Origin,
    link: Generation,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, LinkRefusal> {
    let (lapsed, permit, scene) = snapshot.lapsed(link, settings, now)?;
    let (id, email) = (lapsed.parts().id, lapsed.parts().email.clone());
    let inviter = scene.inviter.parts();
    let told = Message {
        id: fresh.message,
        to: inviter.email.clone(),
        locale: inviter.locale.clone(),
        at: now,
        letter: Letter::NewInvitationWished {
            invitation: id,
            organization: scene.organization.parts().name.clone(),
            email: email.clone(),
        },
    };
    let organization = lapsed.parts().organization;
    let kind = NotificationKind::NewInvitationWished { invitation: id, email: email.clone() };
    let event = AuditEvent::unnamed(origin, fresh.event, Action::NewInvitationWished, id, &email, now);
    Ok(ChangeSet::under(&permit)
        .with(settings.limits.new_invitation_wishes().spend(&id, now))
        .with(Change::Send(told))
        .with(notify(fresh.notification, inviter.id, organization, kind, now))
        .with(Change::Record(event.within(organization))))
}
