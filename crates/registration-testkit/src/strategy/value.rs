//! Values without a story: ids, times, digests, access, links and receipts.
use std::collections::BTreeSet;

use proptest::{collection::btree_set, prelude::*, sample::select};
use registration_domain::{
    access::{Access, RoleKey},
    id::Id,
    limit::{Limited, Tally},
    link::{Link, LinkPurpose},
    permission::Permission,
    receipt::{Digest, Once, Outcome, Receipt, Scope},
    revision::{Generation, Revision},
    time::Timestamp,
};
use uuid::{Builder, Uuid};

/// An id as the product makes them.
pub fn id<Of: 'static>() -> impl Strategy<Value = Id<Of>> {
    uuid().prop_map(Id::new)
}
pub(super) fn uuid() -> impl Strategy<Value = Uuid> {
    let millis = 1_600_000_000_000..2_000_000_000_000_u64;
    (millis, any::<[u8; 10]>())
        .prop_map(|(millis, chance)| Builder::from_unix_timestamp_millis(millis, &chance).into_uuid())
}

/// From 1969 to 9999, to the microsecond.
pub fn timestamp() -> impl Strategy<Value = Timestamp> {
    let micros = prop_oneof![
        8 => 1_600_000_000_000_000..2_000_000_000_000_000_i64,
        1 => -1_000..1_000_i64,
        1 => Just(253_402_300_799_999_999),
    ];
    micros.prop_map(Timestamp::from_micros)
}

/// Mostly small ones.
pub fn revision() -> impl Strategy<Value = Revision> {
    prop_oneof![0..4_u32, Just(2_147_483_647)].prop_map(Revision)
}

/// Mostly small ones.
pub fn generation() -> impl Strategy<Value = Generation> {
    prop_oneof![0..4_u32, Just(2_147_483_647)].prop_map(Generation)
}

/// Any 256 bits.
pub fn digest() -> impl Strategy<Value = Digest> {
    any::<[u8; 32]>().prop_map(Digest)
}

/// One that every platform has, or one of a platform's own.
pub fn permission() -> impl Strategy<Value = Permission> {
    let own = "[a-z][a-z_]{0,10}\\.[a-z][a-z_]{0,10}";
    let own = own.prop_filter_map("no permission", |key| Permission::parse(&key).ok());
    prop_oneof![4 => select(Permission::BUILT_IN), 1 => own]
}

/// The key of a role.
pub fn role() -> impl Strategy<Value = RoleKey> {
    "[a-z][a-z0-9_]{0,20}".prop_filter_map("no role", |key| RoleKey::parse(&key).ok())
}

/// Of each kind, nothing at all among them.
pub fn access() -> impl Strategy<Value = Access> {
    prop_oneof![
        Just(Access::Owner),
        Just(Access::All),
        Just(Access::Chosen(BTreeSet::new())),
        role().prop_map(Access::Role),
        btree_set(permission(), 1..6).prop_map(Access::Chosen),
    ]
}

/// For each purpose.
pub fn link() -> impl Strategy<Value = Link> {
    (select(&LinkPurpose::ALL[..]), uuid(), generation()).prop_map(|(purpose, subject, generation)| Link {
        purpose,
        subject,
        generation,
    })
}

/// A caller's key, of visible ASCII characters.
pub fn once() -> impl Strategy<Value = Once> {
    (digest(), "[!-~]{1,255}", digest()).prop_map(|(scope, key, fingerprint)| Once {
        scope: Scope(scope),
        key,
        fingerprint,
    })
}

/// Of each kind.
pub fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        (id(), id(), id()).prop_map(|(account, organization, session)| Outcome::SetUp {
            account,
            organization,
            session
        }),
        id().prop_map(|session| Outcome::SignedIn { session }),
        id().prop_map(|sign_up| Outcome::SignUp { sign_up }),
        id().prop_map(|change| Outcome::EmailChange { change }),
        id().prop_map(|account| Outcome::SignedUp { account }),
        (id(), id()).prop_map(|(organization, membership)| Outcome::Founded { organization, membership }),
        id().prop_map(|invitation| Outcome::Invitation { invitation }),
        (id(), id(), id()).prop_map(|(account, membership, session)| Outcome::Registered {
            account,
            membership,
            session
        }),
        id().prop_map(|membership| Outcome::Joined { membership }),
        (id(), id()).prop_map(|(from, to)| Outcome::HandedOver { from, to }),
        id().prop_map(|domain| Outcome::EmailDomain { domain }),
        id().prop_map(|session| Outcome::PasswordChanged { session }),
        id().prop_map(|batch| Outcome::EmployeeCodes { batch }),
        id().prop_map(|request| Outcome::JoinRequest { request }),
        Just(Outcome::Done),
    ]
}

/// That something was done.
pub fn receipt() -> impl Strategy<Value = Receipt> {
    (once(), outcome(), timestamp()).prop_map(|(once, outcome, at)| Receipt { once, outcome, at })
}

/// A count, for any subject.
pub fn tally() -> impl Strategy<Value = Tally> {
    (select(&Limited::ALL[..]), "\\PC{1,80}").prop_map(|(what, subject)| Tally { what, subject })
}
