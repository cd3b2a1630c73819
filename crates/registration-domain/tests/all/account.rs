//! An account: active until it is suspended or closed.
use registration_domain::{
    account::{Account, AccountParts, AccountState},
    email::Email,
    locale::Locale,
    revision::{Generation, Revision},
    time_zone::TimeZone,
    username::Username,
};
use registration_testkit::stub::NOW;

use super::support::{EVE, ana, ben, closed, email, id, micros, note, suspended};

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
fn a_renamed_account_is_the_same_one() {
    let (username, name) = (ben().parts().username.clone(), ben().parts().name.clone());
    let renamed = ana().rename(username.clone(), name.clone());
    assert_eq!(renamed, Account::from_parts(AccountParts { username, name, ..ana().into_parts() }));
}

#[test]
fn what_somebody_prefers_is_theirs_to_say_and_to_take_back() {
    let (locale, zone) = (Locale::parse("de").ok(), TimeZone::parse("Europe/Madrid").ok());
    let chosen = ana().prefer(locale.clone(), zone.clone());
    assert_eq!((&chosen.parts().locale, &chosen.parts().time_zone), (&locale, &zone));
    assert_eq!(chosen.prefer(None, None), ana());
}

#[test]
fn nothing_outlives_the_address_that_it_was_bound_to() {
    let moved = ana().with_email(email("ana@elsewhere.example"));
    assert_eq!(moved.parts().email, email("ana@elsewhere.example"));
    assert_eq!(moved.parts().generation, ana().parts().generation.next());
}

#[test]
fn a_closed_account_keeps_its_name_alone() {
    let open = ana().as_administrator().prefer(Locale::parse("de").ok(), TimeZone::parse("UTC").ok());
    let closed = open.close(NOW);
    let it = closed.parts();
    assert_eq!((&it.state, &it.name), (&AccountState::Closed { at: NOW }, &ana().parts().name));
    assert_eq!((it.administrator, &it.locale, &it.time_zone), (false, &None, &None));
    assert_ne!(it.email.domain(), ana().parts().email.domain());
    assert_ne!(it.username, ana().parts().username);
    assert_ne!(it.password, ana().parts().password);
    assert!(it.generation > ana().parts().generation, "its sessions end");
    assert_eq!(closed.clone().close(micros(1)), closed, "it was closed when it was");
}

#[test]
fn what_stands_in_the_place_of_what_was_erased_can_be_stored() {
    let it = ana().close(NOW).into_parts();
    assert_eq!(Email::parse(it.email.as_str()), Ok(it.email.clone()));
    assert_eq!(Username::parse_any(it.username.as_str()), Ok(it.username.clone()));
    assert_ne!(it.email, ben().close(NOW).parts().email, "nobody is another nobody");
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
