//! What is told of each thing: every fact of the person's, and of others only what the person was shown.
use crate::{
    access::Access,
    account::{Account, AccountParts, AccountState},
    email::Email,
    export::{Entry, Item},
    invitation::{Invitation, InvitationParts, InvitationState},
    locale::Locale,
    membership::{Cause, MembershipState},
    note::Note,
    notification::{Notification, NotificationKind},
    time_zone::TimeZone,
    view::{AuditView, MembershipView, NotificationView},
};

/// Without the hash of the password, which tells nobody anything.
pub(super) fn account(account: &Account) -> Entry {
    let AccountParts {
        id,
        email,
        username,
        name,
        password: _,
        state,
        administrator,
        generation: _,
        locale,
        time_zone,
        created_at,
        revision: _,
    } = account.parts();
    let state = match state {
        AccountState::Active => "active",
        AccountState::Suspended { .. } => "suspended",
        AccountState::Closed { .. } => "closed",
    };
    Entry::default()
        .with("id", id.to_string())
        .with("email", email.as_str())
        .with("username", username.as_str())
        .with("first_name", name.first.as_str())
        .with("last_name", name.last.as_str())
        .with("state", state)
        .with("platform_administrator", *administrator)
        .with("language", locale.as_ref().map(Locale::as_str))
        .with("time_zone", time_zone.as_ref().map(TimeZone::as_str))
        .with("created_at", *created_at)
}

pub(super) fn membership(view: &MembershipView) -> Entry {
    let it = view.membership.parts();
    let (cause, invitation) = match it.cause {
        Cause::Founding => ("founding", None),
        Cause::Invitation(id) => ("invitation", Some(id.to_string())),
        Cause::EmailDomain { .. } => ("email_domain", None),
        Cause::JoinRequest(_) => ("join_request", None),
        Cause::EmployeeCode(_) => ("employee_code", None),
    };
    let (state, removed_at, by_oneself, reason) = match &it.state {
        MembershipState::Active => ("active", None, None, None),
        MembershipState::Removed { at, by, reason } => {
            ("removed", Some(*at), Some(*by == it.account), reason.as_ref())
        }
    };
    Entry::default()
        .with("id", it.id.to_string())
        .with("organization_id", it.organization.to_string())
        .with("organization", view.organization.parts().name.to_string())
        .with("access", it.access.to_string())
        .with("came_by", cause)
        .with("invitation_id", invitation)
        .with("joined_at", it.joined_at)
        .with("state", state)
        .with("removed_at", removed_at)
        .with("left_by_oneself", by_oneself)
        .with("reason", reason.map(Note::as_str))
}

pub(super) fn invitation_sent(invitation: &Invitation, organization: String) -> Entry {
    let reason = match &invitation.parts().state {
        InvitationState::Declined { reason, .. } => reason.as_ref(),
        InvitationState::Pending | InvitationState::Accepted { .. } | InvitationState::Revoked { .. } => None,
    };
    exchanged(invitation, organization).with("reason", reason.map(Note::as_str))
}

pub(super) fn invitation_received(invitation: &Invitation, organization: String, inviter: String) -> Entry {
    exchanged(invitation, organization).with("invited_by", inviter)
}

fn exchanged(invitation: &Invitation, organization: String) -> Entry {
    let InvitationParts {
        id,
        organization: organization_id,
        email,
        purpose,
        access,
        inviter: _,
        generation: _,
        addressed: _,
        term: _,
        note,
        locale,
        created_at,
        expires_at,
        state,
        revision: _,
    } = invitation.parts();
    let (state, settled_at) = match state {
        InvitationState::Pending => ("pending", None),
        InvitationState::Accepted { at, .. } => ("accepted", Some(*at)),
        InvitationState::Declined { at, .. } => ("declined", Some(*at)),
        InvitationState::Revoked { at, .. } => ("revoked", Some(*at)),
    };
    Entry::default()
        .with("id", id.to_string())
        .with("organization_id", organization_id.to_string())
        .with("organization", organization)
        .with("email", email.as_str())
        .with("purpose", purpose.key())
        .with("access", access.to_string())
        .with("message", note.as_ref().map(Note::as_str))
        .with("language", locale.as_ref().map(Locale::as_str))
        .with("created_at", *created_at)
        .with("expires_at", *expires_at)
        .with("state", state)
        .with("settled_at", settled_at)
}

pub(super) fn notification(view: NotificationView) -> Entry {
    let NotificationView { notification, organization, read_at } = view;
    let Notification { id, account: _, organization: _, at, kind } = notification;
    let bare = Entry::default()
        .with("id", id.to_string())
        .with("kind", kind.key())
        .with("at", at)
        .with("read_at", read_at)
        .with("organization", organization.map(|it| it.parts().name.to_string()));
    let access = |it: &Access| Item::from(it.to_string());
    let reason = |it: &Option<Note>| Item::from(it.as_ref().map(Note::as_str));
    let email = |it: &Email| Item::from(it.as_str());
    match &kind {
        NotificationKind::AccessChanged { membership, by, before, after } => bare
            .with("membership_id", membership.to_string())
            .with("by", by.full())
            .with("access_before", access(before))
            .with("access", access(after)),
        NotificationKind::AccessRemoved { membership, by, reason: why } => bare
            .with("membership_id", membership.to_string())
            .with("by", by.full())
            .with("reason", reason(why)),
        NotificationKind::OwnershipHandedOver { membership, from } => {
            bare.with("membership_id", membership.to_string()).with("by", from.full())
        }
        NotificationKind::InvitationAccepted { invitation, person, email: to, access: with } => bare
            .with("invitation_id", invitation.to_string())
            .with("by", person.full())
            .with("email", email(to))
            .with("access", access(with)),
        NotificationKind::InvitationDeclined { invitation, email: to, reason: why } => bare
            .with("invitation_id", invitation.to_string())
            .with("email", email(to))
            .with("reason", reason(why)),
        NotificationKind::NewInvitationWished { invitation, email: to } => {
            bare.with("invitation_id", invitation.to_string()).with("email", email(to))
        }
        NotificationKind::JoinRequestApproved { request, access: with } => {
            bare.with("join_request_id", request.to_string()).with("access", access(with))
        }
        NotificationKind::JoinRequestRejected { request, reason: why } => {
            bare.with("join_request_id", request.to_string()).with("reason", reason(why))
        }
        NotificationKind::JoinRequestExpired { request } => bare.with("join_request_id", request.to_string()),
        NotificationKind::JoinRequestWaits { request, person, email: from } => bare
            .with("join_request_id", request.to_string())
            .with("by", person.full())
            .with("email", email(from)),
    }
}

pub(super) fn own_act(view: &AuditView) -> Entry {
    act(view).with("network_address", view.event.origin.0.as_deref())
}

/// From where others acted is theirs.
pub(super) fn act_about_them(view: &AuditView) -> Entry {
    act(view).with("by", view.actor.as_ref().map(|it| it.name.full()))
}

fn act(view: &AuditView) -> Entry {
    let it = &view.event;
    Entry::default()
        .with("id", it.id.to_string())
        .with("at", it.at)
        .with("action", it.action.key())
        .with("organization_id", it.organization.map(|it| it.to_string()))
        .with("subject", it.subject.kind.key())
        .with("subject_id", it.subject.id.to_string())
        .with("about", it.label.as_str())
        .with("before", it.before.as_deref())
        .with("after", it.after.as_deref())
}
