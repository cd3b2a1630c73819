//! Every state of an invitation explains itself, and offers the next step.
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use crate::{
    invitation::{InvitationId, InvitationState},
    message::{Delivery, DeliveryState},
    organization::OrganizationId,
    platform::{Platform, VerbError},
    port::PortError,
    session::Caller,
    settings::Settings,
    time::Timestamp,
    use_case::{backing::backing, look_up_invitation, managed_invitation::ManageRefusal},
    view::{InvitationView, ListedState},
};

/// Why an invitation is as it is, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What it is.
    pub state: ListedState,
    /// The reason, in words.
    pub why: String,
    /// Since when.
    pub since: Timestamp,
    /// What can be done now, the most useful first.
    pub next: Vec<NextStep>,
}

/// What the inviting side can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextStep {
    /// Let the invitee read their mail.
    Wait,
    /// A new link, for a full new term.
    Resend,
    /// Correct the address or the access, and send it anew.
    Correct,
    /// Take it back.
    Revoke,
    /// Invite the address anew.
    InviteAgain,
}

impl NextStep {
    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Resend => "resend",
            Self::Correct => "correct",
            Self::Revoke => "revoke",
            Self::InviteAgain => "invite_again",
        }
    }
}

impl Platform {
    /// Why an invitation is as it is.
    ///
    /// # Errors
    /// [`ManageRefusal`], or what every verb may meet.
    pub async fn explain_invitation(
        &self,
        by: &Caller,
        organization: OrganizationId,
        id: InvitationId,
    ) -> Result<Explanation, VerbError<ManageRefusal>> {
        let view = self.find_invitation(by, organization, id).await?;
        let behind = look_up_invitation::gather(&*self.ports.reads.moment().await?, id).await?;
        let is_backed = behind.is_none_or(|it| is_backed(&it, &self.settings));
        Ok(explain(&view, is_backed, self.ports.clock.now()))
    }
}

impl Platform {
    /// Of these invitations of an organization, those that nobody stands behind any more.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn unbacked_of(
        &self,
        organization: OrganizationId,
        invitations: &[InvitationView],
    ) -> Result<BTreeSet<InvitationId>, PortError> {
        let moment = self.ports.reads.moment().await?;
        let mut standings = BTreeMap::new();
        let mut unbacked = BTreeSet::new();
        for view in invitations {
            let parts = view.invitation.parts();
            if let Entry::Vacant(unknown) = standings.entry(parts.inviter) {
                unknown.insert(moment.standing(parts.inviter, organization).await?);
            }
            let inviter = standings.get(&parts.inviter).and_then(Option::as_ref);
            if backing(inviter, &parts.access, &self.settings).is_err() {
                unbacked.insert(parts.id);
            }
        }
        Ok(unbacked)
    }
}

fn is_backed(snapshot: &look_up_invitation::Snapshot, settings: &Settings) -> bool {
    let generation = snapshot.invitation.parts().generation;
    let at = snapshot.invitation.parts().created_at;
    !matches!(
        snapshot.acceptable(generation, settings, at),
        Err(look_up_invitation::LinkRefusal::NotBacked(_))
    )
}

/// The words for each state.
pub fn explain(view: &InvitationView, is_backed: bool, now: Timestamp) -> Explanation {
    let InvitationView { invitation, delivery, inviter, .. } = view;
    let parts = invitation.parts();
    let state = ListedState::of(invitation, now);
    let (why, since, next) = match &parts.state {
        InvitationState::Pending if !is_backed => (
            format!("{} may no longer give what it offers", inviter.name.full()),
            parts.created_at,
            vec![NextStep::Resend, NextStep::Revoke],
        ),
        InvitationState::Pending if state == ListedState::Expired => {
            ("its time is over".into(), parts.expires_at, vec![NextStep::Resend, NextStep::Revoke])
        }
        InvitationState::Pending => waiting(delivery),
        InvitationState::Accepted { at, .. } => ("somebody came in by it".into(), *at, Vec::new()),
        InvitationState::Declined { at, reason } => {
            let said = reason.as_ref().map_or(String::new(), |it| format!(": {it}"));
            (format!("the invitee does not want to{said}"), *at, vec![NextStep::InviteAgain])
        }
        InvitationState::Revoked { at, why, .. } => (why.to_string(), *at, vec![NextStep::InviteAgain]),
    };
    Explanation { state, why, since, next }
}

fn waiting(delivery: &Delivery) -> (String, Timestamp, Vec<NextStep>) {
    let said = delivery.reason.as_ref().map_or(String::new(), |it| format!(": {it}"));
    let usual = vec![NextStep::Wait, NextStep::Resend, NextStep::Correct, NextStep::Revoke];
    match delivery.state {
        DeliveryState::Queued => (format!("its mail waits to be sent{said}"), delivery.at, usual),
        DeliveryState::Held => {
            (format!("its mail waits until the recipient's budget has room{said}"), delivery.at, usual)
        }
        DeliveryState::Sent => {
            ("its mail was handed over, and nobody has answered yet".into(), delivery.at, usual)
        }
        DeliveryState::Failed => (
            format!("its mail could not be delivered{said}"),
            delivery.at,
            vec![NextStep::Correct, NextStep::Resend, NextStep::Revoke],
        ),
        DeliveryState::Superseded => ("its mail was overtaken by a newer one".into(), delivery.at, usual),
    }
}
