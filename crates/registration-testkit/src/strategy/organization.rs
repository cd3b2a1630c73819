//! Organizations of every kind, and memberships in every state.
use proptest::{option, prelude::*, sample::select};
use registration_domain::{
    account::AccountId,
    membership::{Cause, Membership, MembershipParts, MembershipState},
    organization::{JoiningAccess, Organization, OrganizationId, OrganizationKind, OrganizationParts},
};

use super::{access, contact, id, note, organization_name, revision, timestamp};

/// Any organization.
pub fn organization() -> impl Strategy<Value = Organization> {
    let kind = select(&OrganizationKind::ALL[..]);
    let identity = (id(), organization_name(), kind, option::of(id()), timestamp(), revision());
    let joining = (any::<bool>(), option::of(contact()), joining_access());
    (identity, joining).prop_map(|(identity, (discoverable, contact, joining_access))| {
        let (id, name, kind, managed_by, created_at, revision) = identity;
        Organization::from_parts(OrganizationParts {
            id,
            name,
            kind,
            managed_by,
            discoverable,
            contact,
            joining_access,
            created_at,
            revision,
        })
    })
}

/// Everything but an Owner's.
pub fn joining_access() -> impl Strategy<Value = JoiningAccess> {
    access().prop_filter_map("nobody is proposed to become an Owner", |it| JoiningAccess::new(it).ok())
}

/// Any membership.
pub fn membership() -> impl Strategy<Value = Membership> {
    (id(), id()).prop_flat_map(|(organization, account)| membership_of(organization, account))
}

/// A membership of this account in this organization.
pub fn membership_of(organization: OrganizationId, account: AccountId) -> impl Strategy<Value = Membership> {
    let cause = prop_oneof![
        Just(Cause::Founding),
        id().prop_map(Cause::Invitation),
        (id(), id()).prop_map(|(domain, maker)| Cause::EmailDomain { domain, maker }),
        id().prop_map(Cause::JoinRequest),
        id().prop_map(Cause::EmployeeCode),
    ];
    (id(), access(), cause, timestamp(), membership_state(), revision()).prop_map(move |it| {
        let (id, access, cause, joined_at, state, revision) = it;
        Membership::from_parts(MembershipParts {
            id,
            organization,
            account,
            access,
            cause,
            joined_at,
            state,
            revision,
        })
    })
}

/// Each state of a membership.
pub fn membership_state() -> impl Strategy<Value = MembershipState> {
    prop_oneof![
        Just(MembershipState::Active),
        (timestamp(), id(), option::of(note())).prop_map(|(at, by, reason)| MembershipState::Removed {
            at,
            by,
            reason
        }),
    ]
}
