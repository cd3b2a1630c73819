//! What people are told on their own pages.
use proptest::{option, prelude::*};
use registration_domain::notification::{Notification, NotificationKind};

use super::{access, email, id, note, person_name, timestamp};

/// Any notification, for anybody.
pub fn notification() -> impl Strategy<Value = Notification> {
    (id(), id(), option::of(id()), timestamp(), notification_kind()).prop_map(
        |(id, account, organization, at, kind)| Notification { id, account, organization, at, kind },
    )
}

/// Each kind.
pub fn notification_kind() -> impl Strategy<Value = NotificationKind> {
    prop_oneof![about_a_membership(), about_an_invitation(), about_a_request()]
}

fn about_a_membership() -> impl Strategy<Value = NotificationKind> {
    let facts = (id(), person_name(), access(), access(), option::of(note()), 0..3_u8);
    facts.prop_map(|(membership, by, before, after, reason, kind)| match kind {
        0 => NotificationKind::AccessChanged { membership, by, before, after },
        1 => NotificationKind::AccessRemoved { membership, by, reason },
        _ => NotificationKind::OwnershipHandedOver { membership, from: by },
    })
}

fn about_a_request() -> impl Strategy<Value = NotificationKind> {
    let facts = (id(), person_name(), email(), access(), option::of(note()), 0..4_u8);
    facts.prop_map(|(request, person, email, access, reason, kind)| match kind {
        0 => NotificationKind::JoinRequestApproved { request, access },
        1 => NotificationKind::JoinRequestRejected { request, reason },
        2 => NotificationKind::JoinRequestExpired { request },
        _ => NotificationKind::JoinRequestWaits { request, person, email },
    })
}

fn about_an_invitation() -> impl Strategy<Value = NotificationKind> {
    let facts = (id(), person_name(), email(), access(), option::of(note()), 0..3_u8);
    facts.prop_map(|(invitation, person, email, access, reason, kind)| match kind {
        0 => NotificationKind::InvitationAccepted { invitation, person, email, access },
        1 => NotificationKind::InvitationDeclined { invitation, email, reason },
        _ => NotificationKind::NewInvitationWished { invitation, email },
    })
}
