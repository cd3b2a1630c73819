//! An invitation ends exactly once, and is accepted only by its newest link and before it expires.
mod not_acceptable;

use std::{fmt, time::Duration};

use crate::{
    access::Access,
    account::AccountId,
    email::Email,
    id::Id,
    locale::Locale,
    note::Note,
    organization::OrganizationId,
    permit::Grant,
    refusal::Fault,
    revision::{Generation, Revision},
    time::{DAY, Timestamp},
};

pub use not_acceptable::NotAcceptable;

/// The id of an invitation.
pub type InvitationId = Id<Invitation>;

/// An offer to one address to come into an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation(InvitationParts);

/// The fields of a stored invitation, as an adapter reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationParts {
    /// Its id.
    pub id: InvitationId,
    /// Into which organization.
    pub organization: OrganizationId,
    /// Whom.
    pub email: Email,
    /// As what.
    pub purpose: Purpose,
    /// With how much access.
    pub access: Access,
    /// Who made it, and must still be able to give it when it is accepted.
    pub inviter: AccountId,
    /// Which of its links holds.
    pub generation: Generation,
    /// The first of its links that went to its address; those before it went to another.
    pub addressed: Generation,
    /// How long each link holds.
    pub term: Term,
    /// What the inviter says to the invitee.
    pub note: Option<Note>,
    /// The language of its mail.
    pub locale: Option<Locale>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when its newest link holds. That instant itself is expired.
    pub expires_at: Timestamp,
    /// What became of it.
    pub state: InvitationState,
    /// How often it was written.
    pub revision: Revision,
}

/// What an invitation is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// To be a member.
    Member,
}

/// How long a link holds: whole days, 1 to 30.
///
/// ```
/// use registration_domain::{invitation::Term, time::DAY};
///
/// assert_eq!(Term::default().length(), 7 * DAY);
/// assert!(Term::days(31).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term(u8);

/// The number is no term of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an invitation holds for 1 to 30 days")]
pub struct NotATerm;

/// What became of an invitation. That it expired is never stored: time decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvitationState {
    /// Nothing yet.
    Pending,
    /// Somebody came in by it.
    Accepted {
        /// When.
        at: Timestamp,
        /// Who.
        by: AccountId,
    },
    /// The invitee does not want to.
    Declined {
        /// When.
        at: Timestamp,
        /// Why, for the inviter.
        reason: Option<Note>,
    },
    /// The inviting side closed it.
    Revoked {
        /// When.
        at: Timestamp,
        /// Who; for what the rules closed, whoever's act brought it about.
        by: AccountId,
        /// For which reason.
        why: RevokedWhy,
    },
}

/// Why the inviting side closed an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RevokedWhy {
    /// Somebody took it back.
    Withdrawn {
        /// Why, for the organization.
        reason: Option<Note>,
    },
    /// The same address was invited anew: it had expired, or whoever runs the server made an Owner's of it.
    Replaced,
    /// Whoever made it may no longer give what it offers.
    NotBacked,
    /// The invitee's membership was ended while it was open.
    InviteeRemoved,
    /// The invitee came in another way while it was open.
    InviteeCame,
}

/// What an inviter asks for; see [`Invitation::issue`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Whom.
    pub email: Email,
    /// As what.
    pub purpose: Purpose,
    /// How long each link holds.
    pub term: Term,
    /// What the inviter says to the invitee.
    pub note: Option<Note>,
    /// The language of its mail.
    pub locale: Option<Locale>,
}

/// Proof that an invitation is pending, expired or not: the inviting side may act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open(Invitation);

/// Proof that an invitation is pending, unexpired and held by its newest link: the invitee may act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptable(Invitation);

/// Proof that an invitation is pending and expired, and held by its newest link: the invitee may ask
/// for a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lapsed(Invitation);

impl Invitation {
    /// Offers what was granted.
    pub fn issue(id: InvitationId, offer: Offer, grant: Grant, now: Timestamp) -> Self {
        let Offer { email, purpose, term, note, locale } = offer;
        Self(InvitationParts {
            id,
            organization: grant.organization(),
            email,
            purpose,
            inviter: grant.by(),
            access: grant.into_access(),
            generation: Generation::FIRST,
            addressed: Generation::FIRST,
            term,
            note,
            locale,
            created_at: now,
            expires_at: now.plus(term.length()),
            state: InvitationState::Pending,
            revision: Revision::FIRST,
        })
    }

    /// For the inviting side.
    ///
    /// # Errors
    /// What settled it.
    pub fn open(self) -> Result<Open, NotAcceptable> {
        match self.0.state {
            InvitationState::Pending => Ok(Open(self)),
            InvitationState::Accepted { at, .. } => Err(NotAcceptable::AlreadyAccepted { at }),
            InvitationState::Declined { at, .. } => Err(NotAcceptable::Declined { at }),
            InvitationState::Revoked { why: RevokedWhy::NotBacked, .. } => Err(NotAcceptable::NotBacked),
            InvitationState::Revoked { at, .. } => Err(NotAcceptable::Revoked { at }),
        }
    }
    /// For the invitee: what settled it is told before what is wrong with the link.
    ///
    /// # Errors
    /// What settled it, that a newer link was sent, or that it expired, in this order.
    pub fn acceptable(self, link: Generation, now: Timestamp) -> Result<Acceptable, NotAcceptable> {
        let Open(it) = self.open()?;
        match it.0.generation {
            newest if link != newest => Err(NotAcceptable::Superseded { at: it.newest_link_at() }),
            _ if it.has_expired(now) => Err(NotAcceptable::Expired { at: it.0.expires_at }),
            _ => Ok(Acceptable(it)),
        }
    }
    /// For the invitee who comes too late. `Ok(None)` where the invitation still holds.
    ///
    /// # Errors
    /// What settled it, or that a newer link was sent.
    pub fn lapsed(self, link: Generation, now: Timestamp) -> Result<Option<Lapsed>, NotAcceptable> {
        match self.clone().acceptable(link, now) {
            Ok(_) => Ok(None),
            Err(NotAcceptable::Expired { .. }) => Ok(Some(Lapsed(self))),
            Err(why) => Err(why),
        }
    }
    /// Whether its time is over; of meaning only while it is pending.
    pub fn has_expired(&self, now: Timestamp) -> bool {
        now >= self.0.expires_at
    }
    /// When its newest link was made.
    pub fn newest_link_at(&self) -> Timestamp {
        self.0.expires_at.minus(self.0.term.length())
    }
    /// Whether this link went to the address that the invitation has now; one of before may have gone to another.
    pub fn is_addressed_by(&self, link: Generation) -> bool {
        (self.0.addressed..=self.0.generation).contains(&link)
    }
    /// Its id.
    pub fn id(&self) -> InvitationId {
        self.0.id
    }

    /// For adapters: a stored invitation.
    pub fn from_parts(parts: InvitationParts) -> Self {
        Self(parts)
    }
    /// All of it, to read.
    pub fn parts(&self) -> &InvitationParts {
        &self.0
    }
    /// All of it, by value.
    pub fn into_parts(self) -> InvitationParts {
        self.0
    }
    fn into_state(self, state: InvitationState) -> Self {
        Self(InvitationParts { state, ..self.0 })
    }
}

impl Open {
    /// Closes it for the inviting side.
    #[must_use]
    pub fn revoke(self, by: AccountId, why: RevokedWhy, at: Timestamp) -> Invitation {
        self.0.into_state(InvitationState::Revoked { at, by, why })
    }
    /// A new link for a full new term; the older ones no longer hold. Whoever resends stands behind it.
    #[must_use]
    pub fn resend(self, grant: Grant, now: Timestamp) -> Invitation {
        let email = self.0.0.email.clone();
        self.amend(email, grant, now)
    }
    /// The same, to a corrected address or with another access.
    #[must_use]
    pub fn amend(self, email: Email, grant: Grant, now: Timestamp) -> Invitation {
        let parts = self.0.0;
        let stays = parts.email == email;
        Invitation(InvitationParts {
            addressed: if stays { parts.addressed } else { parts.generation.next() },
            email,
            inviter: grant.by(),
            access: grant.into_access(),
            generation: parts.generation.next(),
            expires_at: now.plus(parts.term.length()),
            ..parts
        })
    }
    /// The invitation.
    pub fn invitation(&self) -> &Invitation {
        &self.0
    }
}

impl Acceptable {
    /// The invitation.
    pub fn parts(&self) -> &InvitationParts {
        self.0.parts()
    }
    /// Infallible, as every step of a witness: [`Invitation::acceptable`] ruled out each refusal.
    #[must_use]
    pub fn accept(self, by: AccountId, at: Timestamp) -> Invitation {
        self.0.into_state(InvitationState::Accepted { at, by })
    }
    /// The invitee does not want to.
    #[must_use]
    pub fn decline(self, reason: Option<Note>, at: Timestamp) -> Invitation {
        self.0.into_state(InvitationState::Declined { at, reason })
    }
}

impl Lapsed {
    /// The invitation.
    pub fn parts(&self) -> &InvitationParts {
        self.0.parts()
    }
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 1] = [Self::Member];

    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Member => "member",
        }
    }
    /// Nothing for any other word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.key() == key)
    }
}

impl Term {
    /// So many whole days.
    ///
    /// # Errors
    /// [`NotATerm`] for any number but 1 to 30.
    pub fn days(days: u8) -> Result<Self, NotATerm> {
        if (1..=30).contains(&days) { Ok(Self(days)) } else { Err(NotATerm) }
    }
    /// How many days.
    pub fn in_days(self) -> u8 {
        self.0
    }
    /// As a span.
    pub fn length(self) -> Duration {
        DAY * u32::from(self.0)
    }
}

impl Default for Term {
    /// Seven days.
    fn default() -> Self {
        Self(7)
    }
}

/// In words, as the audit log and an explanation say it.
impl fmt::Display for RevokedWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withdrawn { reason: Some(reason) } => write!(f, "somebody took it back: {reason}"),
            Self::Withdrawn { reason: None } => f.write_str("somebody took it back"),
            Self::Replaced => f.write_str("it had expired, and the address was invited anew"),
            Self::NotBacked => f.write_str("whoever made it could no longer give what it offered"),
            Self::InviteeRemoved => f.write_str("the invitee's membership was ended while it was open"),
            Self::InviteeCame => f.write_str("the invitee came in another way while it was open"),
        }
    }
}

impl Fault for NotATerm {
    fn code(&self) -> &'static str {
        "malformed"
    }
}
