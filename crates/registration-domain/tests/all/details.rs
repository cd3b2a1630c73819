//! What a person says of themselves: what is left out stays, and nobody takes another's name.
use registration_domain::{
    account::Account,
    change::{Change, ChangeSet},
    locale::Locale,
    person_name::NamePart,
    refusal::RefusalKind,
    revision::Revision,
    time_zone::TimeZone,
    use_case::change_details::{ChangeDetails, Details, DetailsRefusal, Snapshot, decide},
    username::Username,
};
use registration_testkit::stub::NOW;

use super::support::{
    ANA, BEN, EVENT, ana, caller, closed, events, faults, id, line, suspended, told, words,
};

fn changed(account: Option<Account>, details: Details) -> Result<ChangeSet, DetailsRefusal> {
    changed_as_seen(Snapshot { account, namesake: None }, details, None)
}
fn changed_as_seen(
    snapshot: Snapshot,
    details: Details,
    seen: Option<Revision>,
) -> Result<ChangeSet, DetailsRefusal> {
    decide(snapshot, &ChangeDetails { by: caller(), details, seen }, NOW, id(EVENT))
}
fn username(text: &str) -> Option<Username> {
    Username::parse(text).ok()
}
fn written(changes: &ChangeSet) -> Account {
    let written = changes
        .changes()
        .iter()
        .find_map(|it| if let Change::UpdateAccount(it) = it { Some(it.clone()) } else { None });
    written.expect("an account is written")
}

#[test]
fn what_is_left_out_stays_as_it_is() {
    let zoned = ana().prefer(Locale::parse("de").ok(), TimeZone::parse("Europe/Madrid").ok());
    for (details, expected) in [
        (
            Details { username: username("ana.new"), ..Details::default() },
            zoned.clone().rename(username("ana.new").unwrap(), zoned.parts().name.clone()),
        ),
        (
            Details { locale: Locale::parse("en").ok(), ..Details::default() },
            zoned.clone().prefer(Locale::parse("en").ok(), zoned.parts().time_zone.clone()),
        ),
        (
            Details { time_zone: TimeZone::parse("UTC").ok(), ..Details::default() },
            zoned.clone().prefer(zoned.parts().locale.clone(), TimeZone::parse("UTC").ok()),
        ),
    ] {
        assert_eq!(written(&changed(Some(zoned.clone()), details).unwrap()), expected);
    }
    let details = Details { last_name: NamePart::parse("Okri").ok(), ..Details::default() };
    let renamed = written(&changed(Some(zoned.clone()), details).unwrap());
    assert_eq!(renamed.parts().name.full(), format!("{} Okri", zoned.parts().name.first));
}

#[test]
fn a_change_is_written_and_logged_with_what_was_before() {
    let details = Details { username: username("ana.new"), ..Details::default() };
    let changes = changed(Some(ana()), details).unwrap();
    assert_eq!(words(&changes), ["update account 1", "record account.changed"]);
    let before = Some("anaruiz, anaruiz Doe, no language, no time zone");
    let after = Some("ana.new, anaruiz Doe, no language, no time zone");
    let [event] = events(&changes)[..] else { panic!("{changes:?}") };
    assert_eq!(line(event), (Some(ANA), "anaruiz@example.org", before, after, None));
}

#[test]
fn no_change_writes_nothing_and_rests_on_the_account_still() {
    for details in [Details::default(), Details { username: username("AnaRuiz"), ..Details::default() }] {
        let namesake = details.username.is_some().then(|| id(ANA));
        let snapshot = Snapshot { account: Some(ana()), namesake };
        assert_eq!(words(&changed_as_seen(snapshot, details, None).unwrap()), ["expect account 1"]);
    }
}

#[test]
fn nobody_takes_the_username_of_another() {
    let snapshot = Snapshot { account: Some(ana()), namesake: Some(id(BEN)) };
    let details = Details { username: username("benlopez"), ..Details::default() };
    let refused = changed_as_seen(snapshot, details, None).unwrap_err();
    assert_eq!(told(&refused), (RefusalKind::Invalid, "validation_failed", vec![]));
    assert_eq!(faults(&refused), [("username".to_owned(), "username_taken")]);
}

#[test]
fn whoever_looked_at_an_older_state_is_told_so_before_anything_else() {
    let of = |seen| {
        let snapshot = Snapshot { account: Some(ana()), namesake: Some(id(BEN)) };
        let details = Details { username: username("benlopez"), ..Details::default() };
        changed_as_seen(snapshot, details, Some(seen)).unwrap_err()
    };
    assert_eq!(told(&of(Revision(1))), (RefusalKind::Stale, "stale", vec![]));
    assert_eq!(of(Revision::FIRST).to_string(), "some fields cannot be taken");
}

#[test]
fn an_account_that_cannot_be_used_is_not_changed() {
    let details = Details { username: username("ana.new"), ..Details::default() };
    for account in [None, Some(suspended(ana())), Some(closed(ana()))] {
        let refused = changed(account, details.clone()).unwrap_err();
        assert_eq!(told(&refused), (RefusalKind::Unauthenticated, "not_signed_in", vec![]));
    }
}
