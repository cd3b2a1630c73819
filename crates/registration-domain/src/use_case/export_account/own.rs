//! What is told of somebody's own steps: where they asked, how they signed in, and which address they want.
use crate::{
    email_change::{EmailChange, EmailChangeParts},
    export::Entry,
    join_request::{JoinRequestParts, JoinRequestState},
    note::Note,
    session::{Device, SeenSession, SessionParts},
    sign_in_log::SignInAttempt,
    view::JoinRequestView,
};

/// Who decided is told to nobody who asked.
pub(super) fn join_request(view: &JoinRequestView) -> Entry {
    let JoinRequestParts {
        id,
        organization,
        account: _,
        method,
        created_at,
        expires_at,
        warn_at: _,
        reminded_at,
        state,
        revision: _,
    } = view.request.parts();
    let (method, note) = (method.key(), method.note());
    let (state, settled_at, reason) = match state {
        JoinRequestState::Pending => ("pending", None, None),
        JoinRequestState::Approved { at, by: _, access: _ } => ("approved", Some(*at), None),
        JoinRequestState::Rejected { at, by: _, reason } => ("rejected", Some(*at), reason.as_ref()),
        JoinRequestState::Withdrawn { at } => ("withdrawn", Some(*at), None),
        JoinRequestState::Settled { at, by: _ } => ("settled", Some(*at), None),
        JoinRequestState::Expired { at } => ("expired", Some(*at), None),
    };
    Entry::default()
        .with("id", id.to_string())
        .with("organization_id", organization.to_string())
        .with("organization", view.organization.parts().name.to_string())
        .with("method", method)
        .with("note", note.map(Note::as_str))
        .with("created_at", *created_at)
        .with("expires_at", *expires_at)
        .with("reminded_at", *reminded_at)
        .with("state", state)
        .with("settled_at", settled_at)
        .with("reason", reason.map(Note::as_str))
}

/// Whether another account has the address is nobody's to know.
pub(super) fn address_change(change: &EmailChange) -> Entry {
    let EmailChangeParts {
        id,
        account: _,
        account_generation: _,
        email,
        code: _,
        created_at,
        expires_at,
        state: _,
        revision: _,
    } = change.parts();
    Entry::default()
        .with("id", id.to_string())
        .with("email", email.as_str())
        .with("created_at", *created_at)
        .with("expires_at", *expires_at)
}

pub(super) fn session(seen: &SeenSession) -> Entry {
    let SeenSession { session, last_seen_at } = seen;
    let SessionParts {
        id,
        account: _,
        account_generation: _,
        device,
        started_at,
        expires_at,
        ended_at: _,
        revision: _,
    } = session.parts();
    let Device { label, fingerprint: _, origin } = device;
    Entry::default()
        .with("id", id.to_string())
        .with("device", label.as_deref())
        .with("network_address", origin.0.as_deref())
        .with("started_at", *started_at)
        .with("last_used_at", *last_seen_at)
        .with("expires_at", *expires_at)
}

pub(super) fn sign_in(attempt: &SignInAttempt) -> Entry {
    let SignInAttempt { id, account: _, at, method, device, origin, outcome } = attempt;
    Entry::default()
        .with("id", id.to_string())
        .with("at", *at)
        .with("outcome", outcome.key())
        .with("method", method.key())
        .with("device", device.as_deref())
        .with("network_address", origin.0.as_deref())
}
