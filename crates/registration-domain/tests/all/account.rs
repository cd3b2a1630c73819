//! An account: active until it is suspended or closed.
use registration_domain::{
    account::{Account, AccountState},
    revision::{Generation, Revision},
};
use registration_testkit::stub::NOW;

use super::support::{EVE, ana, closed, id, note, suspended};

#[test]
fn a_new_account_is_active_and_no_administrator() {
    let account = ana();
    let it = account.parts();
    assert_eq!((&it.state, it.administrator), (&AccountState::Active, false));
    assert_eq!((it.generation, it.revision, it.created_at), (Generation::FIRST, Revision::FIRST, NOW));
    assert!(account.is_active());
}

#[test]
fn an_administrator_is_the_same_person() {
    let administrator = ana().as_administrator();
    assert!(administrator.parts().administrator && administrator.is_active());
    assert_eq!(administrator.id(), ana().id());
}

#[test]
fn a_suspended_or_closed_account_cannot_be_used() {
    let reasoned = AccountState::Suspended { at: NOW, by: id(EVE), reason: Some(note("Left the company")) };
    for account in [suspended(ana()), closed(ana()), super::support::in_state(ana(), reasoned)] {
        assert!(!account.is_active(), "{account:?}");
    }
}

#[test]
fn a_stored_account_is_the_one_that_was_read() {
    let stored = suspended(ana());
    assert_eq!(Account::from_parts(stored.clone().into_parts()), stored);
}

#[test]
fn no_hash_is_shown_by_debug() {
    let shown = format!("{:?}", ana());
    assert!(!shown.contains("$plain"), "{shown}");
}
