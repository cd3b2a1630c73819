//! One mail of each kind.
use registration_domain::{
    access::Access,
    email::Email,
    id::Id,
    message::{Letter, Message},
    organization_name::OrganizationName,
    person_name::{NamePart, PersonName},
    revision::Generation,
    session::Origin,
    time::{DAY, Timestamp},
};
use uuid::Uuid;

const NOW: Timestamp = Timestamp::from_micros(0);

/// The mail of an invitation.
pub(crate) fn invitation() -> Message {
    let [invitation, ..] = letters();
    Message { id: Id::new(Uuid::from_u128(10)), to: email(), locale: None, at: NOW, letter: invitation }
}

/// One of each kind. A new kind has no meaning in [`told`] until it stands there, and then belongs here.
pub(crate) fn letters() -> [Letter; 8] {
    let (invitation, membership) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(6)));
    let expires_at = NOW.plus(7 * DAY);
    [
        Letter::Invitation {
            invitation,
            generation: Generation::FIRST,
            organization: organization(),
            inviter: person(),
            access: Access::All,
            note: None,
            expires_at,
        },
        Letter::Joined {
            invitation,
            organization: organization(),
            person: person(),
            email: email(),
            access: Access::All,
        },
        Letter::Declined { invitation, organization: organization(), email: email(), reason: None },
        Letter::NewInvitationWished { invitation, organization: organization(), email: email() },
        Letter::AccessChanged {
            membership,
            organization: organization(),
            by: person(),
            before: Access::All,
            after: Access::Owner,
        },
        Letter::AccessRemoved { membership, organization: organization(), by: person(), reason: None },
        Letter::OwnershipHandedOver { membership, organization: organization(), from: person() },
        Letter::NewDevice {
            session: Id::new(Uuid::from_u128(7)),
            person: person(),
            device: None,
            origin: Origin::default(),
            at: NOW,
        },
    ]
}

/// Who gets it, and what it tells.
pub(crate) fn told(letter: &Letter) -> (&'static str, &'static str) {
    match letter {
        Letter::Invitation { .. } => {
            ("the invitee", "the link, who invites, into what, with which access, until when")
        }
        Letter::Joined { .. } => ("the inviter", "somebody accepted, and with which access"),
        Letter::Declined { .. } => ("the inviter", "somebody declined, and why, where they said so"),
        Letter::NewInvitationWished { .. } => {
            ("the inviter", "somebody came too late and asks for a new invitation")
        }
        Letter::AccessChanged { .. } => {
            ("the member", "what they could do, what they can do now, who changed it")
        }
        Letter::AccessRemoved { .. } => {
            ("who was a member", "that they are none any more, who ended it, and why")
        }
        Letter::OwnershipHandedOver { .. } => ("the new Owner", "whose ownership is theirs now"),
        Letter::NewDevice { .. } => {
            ("the account's owner", "a sign-in on a device that was never seen before: when, from where")
        }
    }
}

fn organization() -> OrganizationName {
    OrganizationName::parse("Harbour").expect("a name of an example")
}

fn person() -> PersonName {
    let part = |text| NamePart::parse(text).expect("a name of an example");
    PersonName::new(part("Ana"), part("Ruiz"))
}

fn email() -> Email {
    Email::parse("ana@example.org").expect("an address of an example")
}
