//! An account has a new address once its code is given, and nothing tells who else has it.
use std::{mem::discriminant, time::Duration};

use registration_domain::{
    email_change::EmailChangeState,
    refusal::{Fact, Refusal, RefusalKind},
    secret::Secret,
    session::Origin,
    time::{DAY, HOUR, MINUTE},
    use_case::change_email::ChangeEmail,
};
use registration_testkit::{
    scenario::{TestPlatform, change_email, seeing_members, verify_email_change, wrong},
    stub::NOW,
};

use super::{
    support::{PASSWORD, email, faults, words},
    world::{World, code},
};

const MICRO: Duration = Duration::from_micros(1);

async fn deliver(test: &TestPlatform) -> Vec<(String, &'static str)> {
    let before = test.mailer.taken().len();
    while test.platform.deliver_mail().await.unwrap() > 0 {}
    let taken = test.mailer.taken().into_iter().skip(before);
    taken.map(|it| (it.message.to.to_string(), it.message.letter.kind())).collect()
}
async fn founded() -> TestPlatform {
    let test = TestPlatform::in_memory();
    test.found().await;
    test
}

#[tokio::test]
async fn the_code_at_the_new_address_makes_it_the_accounts() {
    let test = founded().await;
    let (here, elsewhere) = (test.signed_in("ada.l").await, test.signed_in("ada.l").await);
    let asked = test.change_email(&here, "Ada@New.example").await.unwrap().what;
    assert_eq!(deliver(&test).await, [("Ada@New.example".into(), "address_code")]);
    let mail = test.mailer.taken().pop().unwrap();
    assert_eq!(mail.link.expose(), "https://join.example.org/me/email/verify");
    test.sign_in("ada@example.org", PASSWORD, "laptop").await.expect("nothing has changed yet");

    let changed = test.verify_email_change(&here, &asked, mail.code.unwrap()).await.unwrap().what;
    assert_eq!(changed.change.parts().state, EmailChangeState::Verified { at: NOW });
    assert_eq!(deliver(&test).await, [("ada@example.org".into(), "address_changed")]);
    assert_eq!(code(test.sign_in("ada@example.org", PASSWORD, "laptop").await), "invalid_credentials");
    test.sign_in("ada@new.example", PASSWORD, "laptop").await.unwrap();
    let still = async |it: &registration_domain::use_case::authenticate::SignedIn| {
        let found = test.ports.reads.session(it.session.id()).await.unwrap().unwrap();
        found.0.session.parts().account_generation == found.1.parts().generation
    };
    assert!(still(&here).await);
    assert!(!still(&elsewhere).await, "whoever was signed in elsewhere is signed out");
}

#[tokio::test]
async fn an_address_that_an_account_has_costs_the_same_rows_and_its_owner_alone_is_told() {
    let mut seen = Vec::new();
    for wanted in ["ADA@Example.org", "nils@example.org"] {
        let world = World::founded().await;
        let test = world.test();
        world.joined("ada", seeing_members()).await;
        let by = test.signed_in("owen").await;
        deliver(&test).await;
        world.acts();
        let asked = test.change_email(&by, wanted).await.unwrap().what;
        let guess = wrong(&test.address_code(&asked));
        let refused = test.verify_email_change(&by, &asked, guess).await.unwrap_err();
        assert_eq!(refused.told(), (RefusalKind::Invalid, "code_incorrect"));
        assert_eq!(refused.facts(), [Fact::TriesLeft(4)]);
        let kinds: Vec<Vec<_>> =
            world.acts().iter().map(|it| it.changes().iter().map(discriminant).collect()).collect();
        seen.push(kinds);
        let is_known = asked.parts().state == EmailChangeState::Decoy;
        let right = test.verify_email_change(&by, &asked, test.address_code(&asked)).await;
        assert_eq!(right.is_err(), is_known, "no code is ever right for another's address");
        let kind = if is_known {
            ("ada@example.org", "address_in_use")
        } else {
            ("owen@example.org", "address_changed")
        };
        assert_eq!(deliver(&test).await, [(kind.0.to_owned(), kind.1)]);
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn an_account_that_appears_meanwhile_makes_every_code_wrong() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
    let sign_up = test.sign_up("new@example.org", "somebody").await.unwrap().what;
    test.verify(&sign_up, test.code(&sign_up)).await.unwrap();
    let right = test.address_code(&asked);
    assert_eq!(code(test.verify_email_change(&by, &asked, right).await), "code_incorrect");
    assert!(deliver(&test).await.iter().all(|(_, kind)| *kind != "address_changed"));
    test.wait(MINUTE);
    let resent = test.resend_address_code(&by, &asked).await.unwrap().what;
    assert!(resent.is_decoy(), "now its owner is told instead");
    assert_eq!(deliver(&test).await.last().unwrap().1, "address_in_use");
}

#[tokio::test]
async fn whoever_takes_the_address_at_the_same_moment_wins_once() {
    let world = World::founded().await;
    let test = world.test();
    let by = test.signed_in("owen").await;
    let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
    let sign_up = test.sign_up("new@example.org", "somebody").await.unwrap().what;
    let (rival, right) = (test.clone(), test.address_code(&asked));
    world.meanwhile_at(|it| words(it).iter().any(|it| it.starts_with("update email change")), async move {
        rival.verify(&sign_up, rival.code(&sign_up)).await.unwrap();
    });
    assert_eq!(code(test.verify_email_change(&by, &asked, right).await), "code_incorrect");
    assert!(test.sign_in("owen@example.org", PASSWORD, "laptop").await.is_ok());
}

#[tokio::test]
async fn a_new_code_voids_the_older_one_and_comes_after_a_minute() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
    let older = test.address_code(&asked);
    test.wait(MINUTE.checked_sub(MICRO).unwrap());
    let refused = test.resend_address_code(&by, &asked).await.unwrap_err();
    assert_eq!((refused.code(), refused.facts()), ("resend_too_soon", vec![Fact::RetryAt(NOW.plus(MINUTE))]));
    test.wait(MICRO);
    let resent = test.resend_address_code(&by, &asked).await.unwrap().what;
    assert_eq!(deliver(&test).await.len(), 1, "the mail of an older code is not sent");
    assert_eq!(code(test.verify_email_change(&by, &resent, older).await), "code_incorrect");
    test.verify_email_change(&by, &resent, test.address_code(&resent)).await.unwrap();
    let by = test.signed_in("ada.l").await;
    assert_eq!(code(test.resend_address_code(&by, &resent).await), "already_verified", "it waits no more");
}

#[tokio::test]
async fn a_code_is_right_until_the_last_microsecond_of_its_ten_minutes() {
    for (late, expected) in [(MICRO, None), (Duration::ZERO, Some("code_expired"))] {
        let test = founded().await;
        let by = test.signed_in("ada.l").await;
        let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
        test.wait((10 * MINUTE).checked_sub(late).unwrap());
        let verified = test.verify_email_change(&by, &asked, test.address_code(&asked)).await;
        assert_eq!(verified.err().map(|it| it.code()), expected);
    }
}

#[tokio::test]
async fn no_more_guesses_are_compared_than_there_are_tries() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
    let right = test.address_code(&asked);
    for left in [4, 3, 2, 1, 0] {
        let refused = test.verify_email_change(&by, &asked, wrong(&right)).await.unwrap_err();
        assert_eq!(refused.facts(), [Fact::TriesLeft(left)]);
    }
    assert_eq!(code(test.verify_email_change(&by, &asked, right).await), "too_many_tries");
}

#[tokio::test]
async fn another_wish_takes_the_place_of_the_older_one() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    let first = test.change_email(&by, "first@example.org").await.unwrap().what;
    let second = test.change_email(&by, "second@example.org").await.unwrap().what;
    let waiting = test.platform.waiting_email_change(&by).await.unwrap();
    assert_eq!(waiting.as_ref(), Some(&second));
    let older = test.verify_email_change(&by, &first, test.address_code(&first)).await;
    assert_eq!(code(older), "email_change_unknown");
    assert_eq!(deliver(&test).await, [("second@example.org".into(), "address_code")]);
    test.verify_email_change(&by, &second, test.address_code(&second)).await.unwrap();
    assert_eq!(test.platform.waiting_email_change(&by).await.unwrap(), None);
}

#[tokio::test]
async fn a_new_password_ends_it() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
    let token = test.sign_in("ada.l", PASSWORD, "laptop").await.unwrap().what.token;
    test.change_password(&token, PASSWORD, "Rainy-harbour-7").await.unwrap();
    let by = test.platform.authenticate(token.expose(), Origin(None)).await.unwrap();
    let verified = test.verify_email_change(&by, &asked, test.address_code(&asked)).await;
    assert_eq!(code(verified), "email_change_unknown");
}

#[tokio::test]
async fn links_to_the_older_address_open_nothing_any_more() {
    let test = TestPlatform::in_memory();
    let ada = test.found().await;
    let token = test.reset_token(&ada, "ada@example.org").await;
    let by = test.signed_in("ada.l").await;
    let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
    test.verify_email_change(&by, &asked, test.address_code(&asked)).await.unwrap();
    assert!(test.reset_password(&token, "Rainy-harbour-7").await.is_err());
}

#[tokio::test]
async fn whoever_signed_in_long_ago_says_their_password_again() {
    let world = World::founded().await;
    let test = world.test();
    let by = test.signed_in("owen").await;
    let with = |password: Option<&str>| ChangeEmail {
        password: password.map(Secret::new),
        ..change_email(&by, "new@example.org")
    };
    test.wait(HOUR.checked_sub(MICRO).unwrap());
    test.change_email(&by, "other@example.org").await.unwrap();
    test.wait(MICRO);
    let refused = test.platform.change_email(with(None)).await.unwrap_err();
    assert_eq!(faults(&refused), [("password".into(), "required")]);
    let refused = test.platform.change_email(with(Some("guess"))).await.unwrap_err();
    assert_eq!((refused.code(), refused.facts()), ("current_password_incorrect", vec![Fact::TriesLeft(4)]));
    assert_eq!(faults(&refused), [("password".into(), "current_password_incorrect")]);
    test.platform.change_email(with(Some(PASSWORD))).await.unwrap();
    let text = format!("{:?}", with(Some(PASSWORD)));
    assert!(!text.contains(PASSWORD), "{text}");
}

#[tokio::test]
async fn the_address_that_one_has_is_no_new_one_however_it_is_spelled() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    let refused = test.change_email(&by, "ADA@Example.org").await.unwrap_err();
    assert_eq!(refused.told(), (RefusalKind::Invalid, "validation_failed"));
    assert_eq!(faults(&refused), [("email".into(), "email_unchanged")]);
    assert_eq!(deliver(&test).await, []);
}

#[tokio::test]
async fn nobody_makes_us_write_to_strangers_without_end() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    for number in 0..10 {
        test.change_email(&by, &format!("stranger{number}@example.org")).await.unwrap();
    }
    let refused = test.change_email(&by, "stranger10@example.org").await.unwrap_err();
    assert_eq!((refused.code(), refused.facts()), ("too_many_mails", vec![Fact::RetryAt(NOW.plus(DAY))]));
}

#[tokio::test]
async fn the_change_of_somebody_else_is_none() {
    let test = TestPlatform::in_memory();
    let ada = test.found().await;
    test.member(&ada, "ben", seeing_members()).await;
    let (ada, ben) = (test.signed_in("ada.l").await, test.signed_in("ben").await);
    let asked = test.change_email(&ada, "new@example.org").await.unwrap().what;
    let right = test.address_code(&asked);
    assert_eq!(code(test.verify_email_change(&ben, &asked, right).await), "email_change_unknown");
    assert_eq!(code(test.resend_address_code(&ben, &asked).await), "email_change_unknown");
    assert_eq!(test.platform.find_email_change(&ben, asked.id()).await.unwrap(), None);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_mails_and_changes_once() {
    let world = World::founded().await;
    let test = world.test();
    let by = test.signed_in("owen").await;
    let once = |key| Some(test.platform.once(Some("owen"), "change", key, b"the form"));
    let asking = ChangeEmail { once: once("1"), ..change_email(&by, "new@example.org") };
    let first = test.platform.change_email(asking.clone()).await.unwrap();
    let again = test.platform.change_email(asking).await.unwrap();
    assert_eq!((again.repeated, again.what.id()), (true, first.what.id()));
    let mut verify = verify_email_change(&by, &first.what, test.address_code(&first.what));
    verify.once = once("2");
    test.platform.verify_email_change(verify.clone()).await.unwrap();
    world.acts();
    let again = test.platform.verify_email_change(verify).await.unwrap();
    assert!(again.repeated);
    assert_eq!(world.acts(), []);
    let kinds = deliver(&test).await.into_iter().map(|(_, kind)| kind).collect::<Vec<_>>();
    assert_eq!(kinds, ["new_device", "address_changed"], "the code is of no use by now");
}

#[tokio::test]
async fn a_session_that_goes_on_under_another_id_leaves_its_token_behind() {
    let test = founded().await;
    let by = test.signed_in("ada.l").await;
    let asked = test.change_email(&by, "new@example.org").await.unwrap().what;
    let mut command = verify_email_change(&by, &asked, test.address_code(&asked));
    command.renew = true;
    let token = test.platform.verify_email_change(command).await.unwrap().what.token.unwrap();
    let renewed = test.platform.authenticate(token.expose(), Origin(None)).await.unwrap();
    let ended = test.ports.reads.session(by.session.id()).await.unwrap().unwrap().0;
    assert!(ended.session.parts().ended_at.is_some());
    assert_ne!(renewed.session.id(), by.session.id());
    assert_eq!(renewed.account.parts().email, email("new@example.org"));
}
