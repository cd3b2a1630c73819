//! A mail follows the commit that it tells of. It names what it is about, and holds no secret.
mod email_domain;
mod joining;
mod own;
mod security;
mod sign_up;

use crate::{
    access::Access,
    email::Email,
    id::Id,
    invitation::InvitationId,
    locale::Locale,
    membership::MembershipId,
    note::Note,
    organization_name::OrganizationName,
    person_name::PersonName,
    revision::Generation,
    session::{Origin, SessionId},
    time::Timestamp,
};

pub use email_domain::{EmailDomainLetter, EmailDomainNews};
pub use joining::{Asking, JoiningLetter};
pub use own::OwnLetter;
pub use security::SecurityLetter;
pub use sign_up::SignUpLetter;

/// The id of a message.
pub type MessageId = Id<Message>;

/// A mail to render and send after the commit. Its key, date and content are fixed by this value, so that
/// a second try is the same mail to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id, which becomes its Message-ID.
    pub id: MessageId,
    /// The stored address that it goes to.
    pub to: Email,
    /// The language of whom it goes to.
    pub locale: Option<Locale>,
    /// Its date.
    pub at: Timestamp,
    /// What it says.
    pub letter: Letter,
}

/// What a mail says: the facts at the time of the commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// To an invitee: the link, made when it is rendered.
    Invitation {
        /// What the link opens.
        invitation: InvitationId,
        /// Which of its links; an older one is not sent any more.
        generation: Generation,
        /// Into what.
        organization: OrganizationName,
        /// By whom.
        inviter: PersonName,
        /// With how much access.
        access: Access,
        /// What the inviter says.
        note: Option<Note>,
        /// Until when.
        expires_at: Timestamp,
    },
    /// To an inviter: somebody came in.
    Joined {
        /// By which invitation.
        invitation: InvitationId,
        /// Into what.
        organization: OrganizationName,
        /// Who.
        person: PersonName,
        /// Their address.
        email: Email,
        /// With how much access.
        access: Access,
    },
    /// To an inviter: somebody does not want to.
    Declined {
        /// Which invitation.
        invitation: InvitationId,
        /// Of what.
        organization: OrganizationName,
        /// Whose address.
        email: Email,
        /// Why.
        reason: Option<Note>,
    },
    /// To an inviter: somebody came too late and wishes for a new one.
    NewInvitationWished {
        /// Which invitation.
        invitation: InvitationId,
        /// Of what.
        organization: OrganizationName,
        /// Whose address.
        email: Email,
    },
    /// To a member: what they may do was changed.
    AccessChanged {
        /// Their membership.
        membership: MembershipId,
        /// Where.
        organization: OrganizationName,
        /// By whom.
        by: PersonName,
        /// What they could do.
        before: Access,
        /// What they can do.
        after: Access,
    },
    /// To somebody who was a member.
    AccessRemoved {
        /// Their membership.
        membership: MembershipId,
        /// Where.
        organization: OrganizationName,
        /// By whom.
        by: PersonName,
        /// Why.
        reason: Option<Note>,
    },
    /// To a member who is an Owner now.
    OwnershipHandedOver {
        /// Their membership.
        membership: MembershipId,
        /// Of what.
        organization: OrganizationName,
        /// By whom.
        from: PersonName,
    },
    /// To an account's owner: somebody signed in on a device that was never seen before.
    NewDevice {
        /// The session.
        session: SessionId,
        /// Whose.
        person: PersonName,
        /// What the device calls itself.
        device: Option<String>,
        /// From where.
        origin: Origin,
        /// When.
        at: Timestamp,
    },
    /// To an Owner: what became of an e-mail domain of the organization.
    EmailDomain(EmailDomainLetter),
    /// To an account's owner: about their password, and who tries to sign in.
    Security(SecurityLetter),
    /// About somebody who asks to join, or comes in by a code.
    Joining(JoiningLetter),
    /// To the address of a sign-up.
    SignUp(SignUpLetter),
    /// About somebody's own account.
    Own(OwnLetter),
}

impl Letter {
    /// The stable name of its kind, and of its templates.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::Joined { .. } => "joined",
            Self::Declined { .. } => "declined",
            Self::NewInvitationWished { .. } => "new_invitation_wished",
            Self::AccessChanged { .. } => "access_changed",
            Self::AccessRemoved { .. } => "access_removed",
            Self::OwnershipHandedOver { .. } => "ownership_handed_over",
            Self::NewDevice { .. } => "new_device",
            Self::EmailDomain(letter) => letter.kind(),
            Self::Security(letter) => letter.kind(),
            Self::Joining(letter) => letter.kind(),
            Self::SignUp(letter) => letter.kind(),
            Self::Own(letter) => letter.kind(),
        }
    }
}

/// How far a message came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// How far.
    pub state: DeliveryState,
    /// What the mail server said last, in its own words.
    pub reason: Option<String>,
    /// Since when.
    pub at: Timestamp,
}

/// How far a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryState {
    /// It waits for its first try or the next one.
    Queued,
    /// It waits until its recipient's budget has room.
    Held,
    /// A mail server took it.
    Sent,
    /// It was given up.
    Failed,
    /// A newer one took its place, or what it told of is no more.
    Superseded,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Held, Self::Sent, Self::Failed, Self::Superseded];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Held => "held",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Superseded => "superseded",
        }
    }
}
