//! An open invitation is sent again, as it is or corrected: a new link for a full new term, and the old one dies.
use crate::{
    access::Access,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    email::Email,
    invitation::{InvitationId, RevokedWhy},
    message::MessageId,
    organization::OrganizationId,
    platform::{Answer, Platform, VerbError},
    receipt::{Once, Outcome},
    refusal::FieldFault,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{
        invite::{Scene, budget, letter},
        managed_invitation::{ManageRefusal, Snapshot, closed, gather},
    },
    view::InvitationView,
};

/// Sends an invitation again, or corrects it and sends it anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendInvitation {
    /// Who, and will stand behind it from now on.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Which.
    pub invitation: InvitationId,
    /// What is to be corrected.
    pub amendment: Amendment,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// What is to become of an invitation that is sent anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// Nothing but a new link.
    Resend,
    /// Another address, another access, or both.
    Correct {
        /// The right address.
        email: Option<Email>,
        /// The right access.
        access: Option<Access>,
    },
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub message: MessageId,
    pub event: AuditEventId,
    /// Of the event that an expired invitation of the right address was closed.
    pub replacement: AuditEventId,
}

impl Platform {
    /// Sends an open invitation again, expired or not, as it is or corrected.
    ///
    /// # Errors
    /// [`ManageRefusal`], or what every verb may meet.
    pub async fn amend_invitation(
        &self,
        command: AmendInvitation,
    ) -> Result<Answer<InvitationView>, VerbError<ManageRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh { message: ids.fresh(), event: ids.fresh(), replacement: ids.fresh() };
        let outcome = Outcome::Invitation { invitation: command.invitation };
        let command = &command;
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let AmendInvitation { by, organization, invitation, amendment, .. } = command;
            let email = match amendment {
                Amendment::Resend => None,
                Amendment::Correct { email, .. } => email.as_ref(),
            };
            let snapshot = gather(&*moment, by, *organization, *invitation, email).await?;
            decide(&snapshot, command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        self.answer_invitation(settled.await?).await
    }
}

/// Whoever sends it again must hold what it offers, for they stand behind it from now on.
///
/// # Errors
/// [`ManageRefusal`], in this order: the right, the invitation, what settled it, the fields, what one holds;
/// then what stands in the way of the address.
pub fn decide(
    snapshot: &Snapshot,
    command: &AmendInvitation,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, ManageRefusal> {
    let (permit, organization, inviter, open) = snapshot.open(settings)?;
    let before = open.invitation().parts().clone();
    let (email, access, action) = match &command.amendment {
        Amendment::Resend => (None, None, Action::InvitationResent),
        Amendment::Correct { email: None, access: None } => {
            return Err(ManageRefusal::Fields(vec![FieldFault::required("email")]));
        }
        Amendment::Correct { email, access } => (email.clone(), access.clone(), Action::InvitationAmended),
    };
    let access = access.unwrap_or_else(|| before.access.clone());
    let unknown = settings.catalogue.faults(&access);
    if !unknown.is_empty() {
        return Err(ManageRefusal::Fields(unknown));
    }
    let grant = permit.grant(access, &settings.catalogue)?;
    let replaced = snapshot.clear(before.id, now)?;
    let replaced = replaced.map(|it| closed(it, &command.by, RevokedWhy::Replaced, fresh.replacement, now));
    let amended = open.amend(email.unwrap_or_else(|| before.email.clone()), grant, now);
    let scene = Scene { organization: organization.clone(), inviter: inviter.clone() };
    let after = amended.parts();
    let event = AuditEvent::by(&command.by, fresh.event, action, before.id, &after.email, now)
        .within(before.organization)
        .from(format!("{}: {}", before.email, before.access))
        .to(format!("{}: {}", after.email, after.access));
    Ok(ChangeSet::under(&permit)
        .with_all(replaced.into_iter().flatten())
        .with_all(budget(&settings.limits, &amended, now))
        .with(Change::Send(letter(&amended, &scene, fresh.message, now)))
        .with(Change::UpdateInvitation(amended))
        .with(Change::Record(event)))
}
