//! An invitation as a line of a list, or at the head of its own page.
use registration_domain::{
    invitation::{InvitationState, RevokedWhy},
    message::DeliveryState,
    view::{InvitationView, ListedState},
};

use super::bounce;
use crate::{access, visit::Visit, words::Phrase};

/// An invitation, as the inviting side reads it.
pub(crate) struct InvitationRow {
    pub(crate) it: InvitationView,
    pub(crate) id: String,
    pub(crate) email: String,
    pub(crate) access: String,
    pub(crate) state: Tag,
    pub(crate) mail: Tag,
    pub(crate) is_open: bool,
    /// Whether somebody stands behind it, as far as was asked.
    pub(crate) is_backed: bool,
}

/// A word with the colour of a state.
pub(crate) struct Tag {
    pub(crate) class: &'static str,
    pub(crate) words: Phrase,
    /// In plain words, where there are such.
    pub(crate) plain: Option<Phrase>,
    pub(crate) reason: Option<String>,
}

impl InvitationRow {
    pub(crate) fn of(visit: &Visit, it: InvitationView) -> Self {
        let parts = it.invitation.parts();
        let listed = ListedState::of(&it.invitation, visit.now());
        Self {
            id: parts.id.to_string(),
            email: parts.email.to_string(),
            access: access::named(visit, &parts.access),
            state: state(visit, listed, &parts.state),
            mail: mail(visit, &it),
            is_open: parts.state == InvitationState::Pending,
            is_backed: true,
            it,
        }
    }
}

fn state(visit: &Visit, listed: ListedState, state: &InvitationState) -> Tag {
    let class = match listed {
        ListedState::Pending => "info",
        ListedState::Accepted => "ok",
        ListedState::Declined | ListedState::Revoked => "",
        ListedState::Expired => "warn",
    };
    let reason = match state {
        InvitationState::Pending | InvitationState::Accepted { .. } => None,
        InvitationState::Declined { reason, .. } => reason.as_ref().map(ToString::to_string),
        InvitationState::Revoked { why, .. } => Some(revoked(visit, why)),
    };
    Tag { class, words: visit.t(format!("listed-{}", listed.key())), plain: None, reason }
}

fn revoked(visit: &Visit, why: &RevokedWhy) -> String {
    match why {
        RevokedWhy::Withdrawn { reason: Some(reason) } => reason.to_string(),
        RevokedWhy::Withdrawn { reason: None } => visit.t("revoked-withdrawn").to_string(),
        RevokedWhy::Replaced => visit.t("revoked-replaced").to_string(),
        RevokedWhy::NotBacked => visit.t("revoked-not-backed").to_string(),
        RevokedWhy::InviteeRemoved => visit.t("revoked-invitee-removed").to_string(),
        RevokedWhy::InviteeCame => visit.t("revoked-invitee-came").to_string(),
    }
}

/// What the mail server said is its own words, and stands beside ours.
fn mail(visit: &Visit, it: &InvitationView) -> Tag {
    let class = match it.delivery.state {
        DeliveryState::Queued | DeliveryState::Superseded => "",
        DeliveryState::Held => "warn",
        DeliveryState::Sent => "ok",
        DeliveryState::Failed => "bad",
    };
    let tells =
        matches!(it.delivery.state, DeliveryState::Failed | DeliveryState::Held | DeliveryState::Queued);
    let reason = it.delivery.reason.clone().filter(|_| tells);
    let failed = reason.as_deref().filter(|_| it.delivery.state == DeliveryState::Failed);
    let plain = failed.and_then(bounce::meaning).map(|it| visit.t(it));
    Tag { class, words: visit.t(format!("mail-{}", it.delivery.state.key())), plain, reason }
}
