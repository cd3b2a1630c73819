//! A notification tells somebody on their own pages what happened to them, until they have read it.
use crate::{
    access::Access, account::AccountId, email::Email, id::Id, invitation::InvitationId,
    join_request::JoinRequestId, membership::MembershipId, note::Note, organization::OrganizationId,
    person_name::PersonName, time::Timestamp,
};

/// The id of a notification.
pub type NotificationId = Id<Notification>;

/// What happened to somebody: the facts at the time of the commit. It holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its id.
    pub id: NotificationId,
    /// Whom it is for.
    pub account: AccountId,
    /// Where it happened; none for what concerns the account alone.
    pub organization: Option<OrganizationId>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: NotificationKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotificationKind {
    /// Somebody changed what the reader may do.
    AccessChanged {
        /// Their membership.
        membership: MembershipId,
        /// By whom.
        by: PersonName,
        /// What they could do.
        before: Access,
        /// What they can do.
        after: Access,
    },
    /// Somebody ended the reader's membership.
    AccessRemoved {
        /// Their membership.
        membership: MembershipId,
        /// By whom.
        by: PersonName,
        /// Why.
        reason: Option<Note>,
    },
    /// The reader is an Owner now.
    OwnershipHandedOver {
        /// Their membership.
        membership: MembershipId,
        /// By whom.
        from: PersonName,
    },
    /// Somebody came in by an invitation of the reader's.
    InvitationAccepted {
        /// Which.
        invitation: InvitationId,
        /// Who.
        person: PersonName,
        /// The address that was invited.
        email: Email,
        /// With how much access.
        access: Access,
    },
    /// Somebody does not want to.
    InvitationDeclined {
        /// Which invitation.
        invitation: InvitationId,
        /// The address that was invited.
        email: Email,
        /// Why.
        reason: Option<Note>,
    },
    /// Somebody came too late, and wishes for a new invitation.
    NewInvitationWished {
        /// In place of which.
        invitation: InvitationId,
        /// The address that was invited.
        email: Email,
    },
    /// The reader asked to join, and belongs there now.
    JoinRequestApproved {
        /// Their request.
        request: JoinRequestId,
        /// With how much access.
        access: Access,
    },
    /// The reader asked to join, and the organization does not want it.
    JoinRequestRejected {
        /// Their request.
        request: JoinRequestId,
        /// Why.
        reason: Option<Note>,
    },
    /// The reader asked to join, and nobody decided in time.
    JoinRequestExpired {
        /// Their request.
        request: JoinRequestId,
    },
    /// Somebody waits for a decision that the reader may take, and who was mailed often enough of late to be told here.
    JoinRequestWaits {
        /// Which request.
        request: JoinRequestId,
        /// Who asks.
        person: PersonName,
        /// Their address.
        email: Email,
    },
}

impl NotificationKind {
    /// Every key, in the order of the kinds.
    pub const KEYS: &[&str] = &[
        "access_changed",
        "access_removed",
        "ownership_handed_over",
        "invitation_accepted",
        "invitation_declined",
        "new_invitation_wished",
        "join_request_approved",
        "join_request_rejected",
        "join_request_expired",
        "join_request_waits",
    ];

    /// The stable word for it.
    pub fn key(&self) -> &'static str {
        match self {
            Self::AccessChanged { .. } => "access_changed",
            Self::AccessRemoved { .. } => "access_removed",
            Self::OwnershipHandedOver { .. } => "ownership_handed_over",
            Self::InvitationAccepted { .. } => "invitation_accepted",
            Self::InvitationDeclined { .. } => "invitation_declined",
            Self::NewInvitationWished { .. } => "new_invitation_wished",
            Self::JoinRequestApproved { .. } => "join_request_approved",
            Self::JoinRequestRejected { .. } => "join_request_rejected",
            Self::JoinRequestExpired { .. } => "join_request_expired",
            Self::JoinRequestWaits { .. } => "join_request_waits",
        }
    }
}

/// That an account's owner read some of their notifications. What was read before stays read since then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Whose.
    pub account: AccountId,
    /// Which of theirs.
    pub which: Which,
    /// When.
    pub at: Timestamp,
}

/// Which notifications were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All that had come by then.
    All,
    /// This one, if it is theirs.
    One(NotificationId),
}
