//! Whoever knows the password of an account is in.
use registration_domain::{
    account::{Account, AccountParts},
    change::ChangeSet,
    message::Letter,
    password::PasswordHash,
    port::Devices,
    refusal::RefusalKind,
    secret::Secret,
    use_case::sign_in::{Fresh, InvalidCredentials, SignIn, Snapshot, decide},
};
use registration_testkit::stub::NOW;

use super::support::{
    ANA, EVENT, MESSAGE, PASSWORD, SESSION, ana, closed, device, events, id, line, messages, origin,
    settings, suspended, told, words,
};

fn command() -> SignIn {
    let password = Secret::new(PASSWORD);
    SignIn { identifier: "anaruiz".into(), password, device: device(), known: None, once: None }
}
fn decided(
    now: Option<Account>,
    compared: Option<Account>,
    devices: Devices,
) -> Result<ChangeSet, InvalidCredentials> {
    let fresh = Fresh { session: id(SESSION), message: id(MESSAGE), event: id(EVENT) };
    let snapshot = Snapshot { account: now, devices };
    decide(&snapshot, compared.as_ref(), &command(), &settings(), NOW, fresh)
}

#[test]
fn a_session_begins_on_the_account_as_it_was_read() {
    let changes = decided(Some(ana()), Some(ana()), Devices::This).unwrap();
    let expected =
        ["expect account 1", "add session 500", "touch sign-in 1", "log success", "record session.started"];
    assert_eq!(words(&changes), expected);
    assert_eq!(line(events(&changes)[0]), (Some(ANA), "anaruiz@example.org", None, None, None));
}

#[test]
fn whatever_is_wrong_the_answer_is_one() {
    let repassworded = || {
        let password = PasswordHash::from_phc("$plain$other".into());
        Account::from_parts(AccountParts { password, ..ana().into_parts() })
    };
    let all = [
        decided(None, None, Devices::None),
        decided(None, Some(ana()), Devices::None),
        decided(Some(ana()), None, Devices::None),
        decided(Some(suspended(ana())), Some(suspended(ana())), Devices::This),
        decided(Some(closed(ana())), Some(ana()), Devices::This),
        decided(Some(repassworded()), Some(ana()), Devices::This),
    ];
    for refused in all {
        let refused = refused.unwrap_err();
        assert_eq!(told(&refused), (RefusalKind::Unauthenticated, "invalid_credentials", vec![]));
    }
}

#[test]
fn a_device_that_was_never_seen_is_told_of_only_where_others_were() {
    for (devices, mails) in [(Devices::None, 0), (Devices::Others, 1), (Devices::This, 0)] {
        let changes = decided(Some(ana()), Some(ana()), devices).unwrap();
        assert_eq!(messages(&changes).len(), mails, "{devices:?}");
    }
    let changes = decided(Some(ana()), Some(ana()), Devices::Others).unwrap();
    let [mail] = messages(&changes)[..] else { panic!("{changes:?}") };
    let letter = Letter::NewDevice {
        session: id(SESSION),
        person: ana().parts().name.clone(),
        device: Some("Firefox".into()),
        origin: origin(),
        at: NOW,
    };
    assert_eq!((&mail.to, &mail.letter), (&ana().parts().email, &letter));
}

#[test]
fn what_was_typed_is_not_shown_by_debug() {
    let typed = SignIn { identifier: PASSWORD.into(), ..command() };
    assert!(!format!("{typed:?}").contains("Sunny"), "people type passwords there");
}
