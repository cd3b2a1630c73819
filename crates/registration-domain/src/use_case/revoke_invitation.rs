//! The inviting side takes an open invitation back, expired or not; its link then says so.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    invitation::{InvitationId, RevokedWhy},
    note::Note,
    organization::OrganizationId,
    platform::{Answer, Platform, VerbError},
    receipt::{Once, Outcome},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::managed_invitation::{ManageRefusal, Snapshot, gather},
    view::InvitationView,
};

/// Takes an invitation back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevokeInvitation {
    /// Who.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Which.
    pub invitation: InvitationId,
    /// Why, for the organization.
    pub reason: Option<Note>,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

impl Platform {
    /// Takes an open invitation back.
    ///
    /// # Errors
    /// [`ManageRefusal`], or what every verb may meet.
    pub async fn revoke_invitation(
        &self,
        command: RevokeInvitation,
    ) -> Result<Answer<InvitationView>, VerbError<ManageRefusal>> {
        let event = self.ports.ids.fresh();
        let outcome = Outcome::Invitation { invitation: command.invitation };
        let command = &command;
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let RevokeInvitation { by, organization, invitation, .. } = command;
            let snapshot = gather(&*moment, by, *organization, *invitation, None).await?;
            decide(&snapshot, command, &self.settings, now, event).map_err(VerbError::Refused)
        });
        self.answer_invitation(settled.await?).await
    }
}

/// What taking an invitation back writes, expired or not.
///
/// # Errors
/// [`ManageRefusal`]: the right, the invitation, what settled it.
pub fn decide(
    snapshot: &Snapshot,
    command: &RevokeInvitation,
    settings: &Settings,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, ManageRefusal> {
    let (permit, _, _, open) = snapshot.open(settings)?;
    let RevokeInvitation { by, reason, .. } = command;
    let (id, email) = (open.invitation().id(), open.invitation().parts().email.clone());
    let event = AuditEvent::by(by, event, Action::InvitationRevoked, id, email, now);
    let revoked = open.revoke(by.account, RevokedWhy::Withdrawn { reason: reason.clone() }, now);
    Ok(ChangeSet::under(&permit)
        .with(Change::UpdateInvitation(revoked))
        .with(Change::Record(event.within(permit.organization()).because(reason.as_ref()))))
}
