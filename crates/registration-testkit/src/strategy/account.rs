//! Accounts in every state, and sessions of them.
use proptest::{option, prelude::*};
use registration_domain::{
    account::{Account, AccountId, AccountParts, AccountState},
    password::PasswordHash,
    session::{Device, Origin, Session, SessionParts},
};

use super::{
    digest, email, generation, id, locale, note, person_name, revision, time_zone, timestamp, username,
};

/// Any account.
pub fn account() -> impl Strategy<Value = Account> {
    account_state().prop_flat_map(account_in)
}

/// An account in this state.
pub fn account_in(state: AccountState) -> impl Strategy<Value = Account> {
    let who = (id(), email(), username(), person_name(), "\\$[a-z0-9]{4,8}\\$[A-Za-z0-9+/]{8,40}");
    let prefers = (option::of(locale()), option::of(time_zone()));
    let rest = (any::<bool>(), generation(), prefers, timestamp(), revision());
    (who, rest).prop_map(move |(who, rest)| {
        let (id, email, username, name, phc) = who;
        let (administrator, generation, (locale, time_zone), created_at, revision) = rest;
        let (password, state) = (PasswordHash::from_phc(phc), state.clone());
        Account::from_parts(AccountParts {
            id,
            email,
            username,
            name,
            password,
            state,
            administrator,
            generation,
            locale,
            time_zone,
            created_at,
            revision,
        })
    })
}

/// Each state of an account.
pub fn account_state() -> impl Strategy<Value = AccountState> {
    prop_oneof![
        Just(AccountState::Active),
        (timestamp(), id(), option::of(note())).prop_map(|(at, by, reason)| AccountState::Suspended {
            at,
            by,
            reason
        }),
        timestamp().prop_map(|at| AccountState::Closed { at }),
    ]
}

/// A session of somebody.
pub fn session() -> impl Strategy<Value = Session> {
    id().prop_flat_map(session_of)
}

/// A session of this account.
pub fn session_of(account: AccountId) -> impl Strategy<Value = Session> {
    let device = (option::of("\\PC{1,60}"), digest(), origin())
        .prop_map(|(label, fingerprint, origin)| Device { label, fingerprint, origin });
    let times = (timestamp(), timestamp(), option::of(timestamp()));
    (id(), generation(), device, times, revision()).prop_map(move |it| {
        let (id, account_generation, device, (started_at, expires_at, ended_at), revision) = it;
        Session::from_parts(SessionParts {
            id,
            account,
            account_generation,
            device,
            started_at,
            expires_at,
            ended_at,
            revision,
        })
    })
}

pub(super) fn origin() -> impl Strategy<Value = Origin> {
    prop_oneof![Just(Origin(None)), any::<std::net::IpAddr>().prop_map(|it| Origin(Some(it.to_string()))),]
}
