//! Invitations in every state.
use proptest::{option, prelude::*, sample::select};
use registration_domain::{
    account::AccountId,
    invitation::{Invitation, InvitationParts, InvitationState, Purpose, RevokedWhy, Term},
    organization::OrganizationId,
};

use super::{access, email, generation, id, locale, note, revision, timestamp};

/// Any invitation.
pub fn invitation() -> impl Strategy<Value = Invitation> {
    (id(), id()).prop_flat_map(|(organization, inviter)| invitation_from(organization, inviter))
}

/// An invitation of this organization by this account.
pub fn invitation_from(
    organization: OrganizationId,
    inviter: AccountId,
) -> impl Strategy<Value = Invitation> {
    let what = (id(), email(), select(&Purpose::ALL[..]), access(), generation(), generation(), term());
    let rest =
        (option::of(note()), option::of(locale()), timestamp(), timestamp(), invitation_state(), revision());
    (what, rest).prop_map(move |(what, rest)| {
        let (id, email, purpose, access, generation, addressed, term) = what;
        let (note, locale, created_at, expires_at, state, revision) = rest;
        Invitation::from_parts(InvitationParts {
            id,
            organization,
            email,
            purpose,
            access,
            inviter,
            generation,
            addressed,
            term,
            note,
            locale,
            created_at,
            expires_at,
            state,
            revision,
        })
    })
}

/// Each state of an invitation, and each reason.
pub fn invitation_state() -> impl Strategy<Value = InvitationState> {
    let why = prop_oneof![
        option::of(note()).prop_map(|reason| RevokedWhy::Withdrawn { reason }),
        Just(RevokedWhy::Replaced),
        Just(RevokedWhy::NotBacked),
        Just(RevokedWhy::InviteeRemoved),
        Just(RevokedWhy::InviteeCame),
    ];
    prop_oneof![
        Just(InvitationState::Pending),
        (timestamp(), id()).prop_map(|(at, by)| InvitationState::Accepted { at, by }),
        (timestamp(), option::of(note())).prop_map(|(at, reason)| InvitationState::Declined { at, reason }),
        (timestamp(), id(), why).prop_map(|(at, by, why)| InvitationState::Revoked { at, by, why }),
    ]
}

/// 1 to 30 days.
pub fn term() -> impl Strategy<Value = Term> {
    (1..=30_u8).prop_filter_map("no term", |days| Term::days(days).ok())
}
