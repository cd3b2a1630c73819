//! Mails of every kind.
mod security;

use proptest::{option, prelude::*};
use registration_domain::message::{Letter, Message};

use super::{
    access, account::origin, email, email_domain::email_domain_letter, generation, id, joining_letter,
    locale, note, organization_name, own_letter, person_name, sign_up_letter, timestamp,
};

/// Any message.
pub fn message() -> impl Strategy<Value = Message> {
    (id(), email(), option::of(locale()), timestamp(), letter())
        .prop_map(|(id, to, locale, at, letter)| Message { id, to, locale, at, letter })
}

/// Each kind of letter.
pub fn letter() -> impl Strategy<Value = Letter> {
    // Boxed, because a tree of all of them at once is larger than a test's stack.
    prop_oneof![
        about_an_invitation().boxed(),
        about_a_membership().boxed(),
        about_a_session().boxed(),
        email_domain_letter().prop_map(Letter::EmailDomain).boxed(),
        sign_up_letter().prop_map(Letter::SignUp).boxed(),
        own_letter().prop_map(Letter::Own).boxed(),
        security::letter().prop_map(Letter::Security).boxed(),
        joining_letter().prop_map(Letter::Joining).boxed(),
    ]
}

fn about_an_invitation() -> impl Strategy<Value = Letter> {
    let facts = (id(), organization_name(), person_name(), email(), access());
    let rest = (generation(), option::of(note()), timestamp(), 0..4_u8);
    (facts, rest).prop_map(|(facts, (generation, note, expires_at, kind))| {
        let (invitation, organization, person, email, access) = facts;
        match kind {
            0 => Letter::Invitation {
                invitation,
                generation,
                organization,
                inviter: person,
                access,
                note,
                expires_at,
            },
            1 => Letter::Joined { invitation, organization, person, email, access },
            2 => Letter::Declined { invitation, organization, email, reason: note },
            _ => Letter::NewInvitationWished { invitation, organization, email },
        }
    })
}

fn about_a_membership() -> impl Strategy<Value = Letter> {
    let facts = (id(), organization_name(), person_name(), access(), access());
    (facts, option::of(note()), 0..3_u8).prop_map(|(facts, reason, kind)| {
        let (membership, organization, by, before, after) = facts;
        match kind {
            0 => Letter::AccessChanged { membership, organization, by, before, after },
            1 => Letter::AccessRemoved { membership, organization, by, reason },
            _ => Letter::OwnershipHandedOver { membership, organization, from: by },
        }
    })
}

fn about_a_session() -> impl Strategy<Value = Letter> {
    (id(), person_name(), option::of("\\PC{1,60}"), origin(), timestamp()).prop_map(
        |(session, person, device, origin, at)| Letter::NewDevice { session, person, device, origin, at },
    )
}
