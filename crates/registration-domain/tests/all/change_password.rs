//! A new password takes the old one, and ends every session but one.
use std::time::Duration;

use registration_domain::{
    message::{Letter, SecurityLetter},
    platform::{Answer, VerbError},
    refusal::{Fact, Refusal, RefusalKind},
    secret::Secret,
    session::Origin,
    time::DAY,
    use_case::{
        authenticate::SignedIn,
        change_password::{ChangePassword, ChangePasswordRefusal, PasswordChanged, consider},
    },
};
use registration_testkit::stub::NOW;

use super::{
    support::{PASSWORD, device, faults, settings, words},
    world::{World, code},
};

const NEW: &str = "Rainy-harbour-7";

async fn signed_in(world: &World, token: &Secret) -> Option<SignedIn> {
    world.platform.authenticate(token.expose(), Origin(None)).await.ok()
}

fn command(by: SignedIn, current: &str, new: &str) -> ChangePassword {
    let (current, new) = (Secret::new(current), Secret::new(new));
    ChangePassword { by, current, new, device: device(), renew: false, once: None }
}

async fn change(
    world: &World,
    current: &str,
    new: &str,
) -> Result<Answer<PasswordChanged>, VerbError<ChangePasswordRefusal>> {
    let by = signed_in(world, &world.owner_token).await.unwrap();
    world.platform.change_password(command(by, current, new)).await
}

#[tokio::test]
async fn the_other_sessions_end_and_this_one_goes_on() {
    let world = World::founded().await;
    let others =
        [world.sign_in("owen", PASSWORD).await.unwrap(), world.sign_in("owen", PASSWORD).await.unwrap()];
    world.acts();
    let changed = change(&world, PASSWORD, NEW).await.unwrap().what;
    let expected = [
        "update account",
        "update session",
        "send password_changed",
        "record password.changed",
        "refund sign_ins",
        "forgive sign_ins_in_a_row",
    ];
    let written = words(world.acts().last().unwrap());
    assert!(written.iter().zip(expected).all(|(it, word)| it.starts_with(word)), "{written:?}");
    assert_eq!((changed.ended, &changed.token), (Some(2), &world.owner_token));
    assert!(signed_in(&world, &world.owner_token).await.is_some());
    for other in &others {
        assert!(signed_in(&world, &other.token).await.is_none());
    }
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "invalid_credentials");
    assert!(world.sign_in("owen", NEW).await.is_ok());
}

#[tokio::test]
async fn a_renewed_session_leaves_its_older_token_behind() {
    let world = World::founded().await;
    world.advance(Duration::from_hours(1));
    let by = signed_in(&world, &world.owner_token).await.unwrap();
    let started_at = by.session.parts().started_at;
    let renewing = ChangePassword { renew: true, ..command(by, PASSWORD, NEW) };
    // Longer than a session may idle since it was begun, and yet not since it was used.
    world.advance(Duration::from_mins(11 * 60 + 30));
    let changed = world.platform.change_password(renewing).await.unwrap().what;
    assert_ne!(changed.token, world.owner_token);
    assert!(signed_in(&world, &world.owner_token).await.is_none());
    world.advance(Duration::from_hours(1));
    let now = signed_in(&world, &changed.token).await.unwrap();
    assert_eq!((now.session.id(), now.session.parts().started_at), (changed.session, started_at));
}

#[tokio::test]
async fn a_wrong_one_says_how_many_tries_are_left_and_is_counted_apart_from_those_of_strangers() {
    let world = World::founded().await;
    for left in [4, 3, 2, 1, 0] {
        let refused = change(&world, "guess", NEW).await.unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (RefusalKind::Invalid, "current_password_incorrect"));
        assert_eq!(refused.facts(), [Fact::TriesLeft(left)]);
        assert_eq!(faults(&refused), [("current_password".into(), "current_password_incorrect")]);
    }
    let refused = change(&world, PASSWORD, NEW).await.unwrap_err();
    let next = NOW.plus(Duration::from_secs(1));
    assert_eq!((refused.code(), refused.facts()), ("too_many_tries", vec![Fact::RetryAt(next)]));
    assert!(world.sign_in("owen", PASSWORD).await.is_ok(), "the others have theirs still");
    world.clock.set(next);
    assert!(change(&world, PASSWORD, NEW).await.is_ok());
}

#[tokio::test]
async fn strangers_who_guess_do_not_keep_the_owner_from_another_password() {
    let world = World::with_sign_ins(1).await;
    assert_eq!(code(world.sign_in("owen", "guess").await), "invalid_credentials");
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "too_many_tries");
    assert!(change(&world, PASSWORD, NEW).await.is_ok());
}

#[tokio::test]
async fn what_is_wrong_with_the_new_one_is_told_at_once_and_costs_no_try() {
    let world = World::founded().await;
    world.acts();
    let check = async |current: &str, new: &str, expected: &[(&str, &str)]| {
        let refused = change(&world, current, new).await.unwrap_err();
        assert_eq!(refused.code(), "validation_failed");
        let told = faults(&refused);
        assert_eq!(told.iter().map(|(field, code)| (&**field, *code)).collect::<Vec<_>>(), expected, "{new}");
    };
    check(
        "",
        "short",
        &[
            ("current_password", "required"),
            ("password", "password_too_short"),
            ("password", "password_needs_upper"),
            ("password", "password_needs_digit_or_symbol"),
            ("password", "password_common"),
        ],
    )
    .await;
    check(PASSWORD, PASSWORD, &[("password", "password_unchanged")]).await;
    check(PASSWORD, "Owen@example.org-1", &[("password", "password_contains_identity")]).await;
    assert_eq!(world.acts(), []);
}

#[test]
fn the_same_password_is_the_same_however_it_is_typed() {
    let account = super::support::ana();
    let session = registration_domain::session::Session::start(
        super::support::id(500),
        &account,
        device(),
        NOW,
        &settings().lifetimes,
    );
    let by = SignedIn { account, session, origin: Origin(None) };
    let same = command(by, "Cre\u{300}me-bru\u{302}le\u{301}e-1", "Crème-brûlée-1");
    assert_eq!(
        faults(&consider(&same, &settings()).unwrap_err()),
        [("password".into(), "password_unchanged")]
    );
    let text = format!("{same:?}");
    assert!(!text.contains("lée"), "{text}");
}

#[tokio::test]
async fn the_owner_is_told_of_it_by_mail() {
    let world = World::founded().await;
    change(&world, PASSWORD, NEW).await.unwrap();
    while world.platform.deliver_mail().await.unwrap() > 0 {}
    let mail = world.mailer.taken().pop().unwrap();
    let Letter::Security(SecurityLetter::PasswordChanged { account, device, at, .. }) = &mail.message.letter
    else {
        panic!("{mail:?}")
    };
    assert_eq!((*account, device.as_deref(), *at), (world.owner.account, Some("Firefox"), NOW));
    assert_eq!(mail.link.expose(), "https://join.example.org/reset", "a click there changes nothing");
}

#[tokio::test]
async fn a_form_that_is_sent_twice_changes_it_once() {
    let world = World::founded().await;
    let by = signed_in(&world, &world.owner_token).await.unwrap();
    let once = Some(world.platform.once(Some("owen"), "change", "key", b"the form"));
    let sent = ChangePassword { renew: true, once, ..command(by, PASSWORD, NEW) };
    let first = world.platform.change_password(sent.clone()).await.unwrap();
    world.acts();
    let again = world.platform.change_password(sent).await.unwrap();
    assert_eq!((again.repeated, &again.what.token, again.what.ended), (true, &first.what.token, None));
    assert_eq!(world.acts(), []);
}

#[tokio::test]
async fn whoever_is_signed_out_or_changed_meanwhile_changes_nothing() {
    for ends in [false, true] {
        let world = World::founded().await;
        let by = signed_in(&world, &world.owner_token).await.unwrap();
        let (platform, who) = (world.platform.clone(), by.clone());
        world.meanwhile_at(|it| words(it).iter().any(|it| it.starts_with("update account")), async move {
            if ends {
                platform.sign_out(&who).await.unwrap();
            } else {
                platform.change_password(command(who, PASSWORD, "Foggy-harbour-7")).await.unwrap();
            }
        });
        assert_eq!(code(world.platform.change_password(command(by, PASSWORD, NEW)).await), "not_signed_in");
        assert_eq!(world.sign_in("owen", PASSWORD).await.is_ok(), ends);
        assert_eq!(code(world.sign_in("owen", NEW).await), "invalid_credentials");
    }
}

#[tokio::test]
async fn ten_wrong_ones_are_all_of_a_day_and_the_owner_hears_of_it() {
    let world = World::founded().await;
    for _ in 0..10 {
        assert_eq!(code(change(&world, "guess", NEW).await), "current_password_incorrect");
        world.advance(Duration::from_secs(20));
    }
    let refused = change(&world, PASSWORD, NEW).await.unwrap_err();
    assert_eq!(refused.facts(), [Fact::RetryAt(NOW.plus(DAY))]);
    while world.platform.deliver_mail().await.unwrap() > 0 {}
    let kinds = world.mailer.taken().iter().map(|it| it.message.letter.kind()).collect::<Vec<_>>();
    assert_eq!(kinds, ["tries_used_up"]);
}
