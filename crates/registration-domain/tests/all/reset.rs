//! A link that works once sets a new password, and nothing tells who was sent one.
use registration_domain::{
    account::{Account, AccountParts, AccountState},
    change::{Change, ChangeSet},
    message::{Letter, SecurityLetter},
    password_reset::{NotUsable, PasswordReset},
    port::Act,
    refusal::{Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    session::Origin,
    time::HOUR,
    use_case::reset_password::{AskForReset, ResetPassword},
};
use registration_testkit::stub::NOW;

use super::{
    support::{
        FIRST, PASSWORD, ana, ben, closed, device, email, faults, id, origin, shifted, suspended, words,
    },
    world::{World, code},
};

const NEW: &str = "Rainy-harbour-7";
const SECOND: Generation = Generation(1);

fn reset() -> PasswordReset {
    PasswordReset::begin(&ana(), NOW.plus(HOUR))
}

#[test]
fn a_link_is_told_what_became_of_it() {
    let expired = NOW.plus(HOUR);
    let used = reset().usable(FIRST, &ana(), NOW).unwrap().use_up(NOW);
    let newer = used.clone().again(&ana(), NOW.plus(HOUR));
    let check = |it: &PasswordReset, link, account: &Account, now, told: NotUsable| {
        assert_eq!(it.clone().usable(link, account, now).unwrap_err(), told, "{it:?}");
    };
    check(&reset(), SECOND, &ana(), NOW, NotUsable::Unknown);
    check(&newer, FIRST, &ana(), expired, NotUsable::Superseded);
    check(&used, FIRST, &ana(), expired, NotUsable::Used);
    check(&reset(), FIRST, &ana(), expired, NotUsable::Expired);
    let moved = ana().in_a_new_generation();
    let elsewhere =
        Account::from_parts(AccountParts { email: email("other@example.org"), ..ana().into_parts() });
    for account in [moved, elsewhere, suspended(ana()), closed(ana()), ben()] {
        check(&reset(), FIRST, &account, NOW, NotUsable::Void);
    }
    assert!(newer.usable(SECOND, &ana(), NOW).is_ok());
    assert!(reset().usable(FIRST, &ana(), shifted(expired, -1)).is_ok());
}

#[test]
fn each_state_has_its_code() {
    let told = |it: NotUsable| it.told();
    assert_eq!(told(NotUsable::Unknown), (RefusalKind::NotFound, "reset_link_unknown"));
    assert_eq!(told(NotUsable::Superseded), (RefusalKind::Gone, "reset_link_superseded"));
    assert_eq!(told(NotUsable::Used), (RefusalKind::Conflict, "reset_link_used"));
    assert_eq!(told(NotUsable::Expired), (RefusalKind::Gone, "reset_link_expired"));
    assert_eq!(told(NotUsable::Void), (RefusalKind::Gone, "reset_link_void"));
}

async fn ask(world: &World, address: &str) {
    let asked = AskForReset { email: email(address), origin: origin(), once: None };
    world.platform.ask_for_reset(asked).await.unwrap();
}
/// The links that were mailed, newest last, with whom they went to.
async fn mailed(world: &World) -> Vec<(String, Secret)> {
    world.platform.answer_reset_requests().await.unwrap();
    while world.platform.deliver_mail().await.unwrap() > 0 {}
    let mails = world.mailer.taken().into_iter();
    mails
        .filter(|it| it.message.letter.kind() == "password_reset")
        .map(|it| {
            let token = it.link.expose().strip_prefix("https://join.example.org/r/").unwrap().to_owned();
            (it.message.to.to_string(), Secret::new(token))
        })
        .collect()
}
async fn link(world: &World) -> Secret {
    ask(world, "owen@example.org").await;
    mailed(world).await.pop().unwrap().1
}
fn command(token: &Secret, password: &str) -> ResetPassword {
    let (token, password) = (token.clone(), Secret::new(password));
    ResetPassword { token, password, device: device(), once: None }
}
async fn put(world: &World, account: Account) {
    let act = Act { id: world.ports.ids.fresh(), at: NOW };
    world.ports.ledger.commit(act, ChangeSet::new().with(Change::UpdateAccount(account))).await.unwrap();
}
async fn owen(world: &World) -> Account {
    world.moment().await.account(world.owner.account).await.unwrap().unwrap()
}

#[tokio::test]
async fn asking_writes_the_same_for_every_address() {
    let world = World::founded().await;
    for address in ["owen@example.org", "nobody@example.org"] {
        world.acts();
        ask(&world, address).await;
        assert_eq!(world.acts().iter().map(words).collect::<Vec<_>>(), [[format!("ask reset of {address}")]]);
    }
}

#[tokio::test]
async fn only_an_account_is_mailed_at_its_own_spelling_of_the_address() {
    let world = World::founded().await;
    for address in ["nobody@example.org", "OWEN@Example.org"] {
        ask(&world, address).await;
    }
    let mails = mailed(&world).await;
    assert_eq!(mails.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["owen@example.org"]);
    assert!(world.moment().await.reset_requests(NOW.plus(HOUR), 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn who_cannot_use_their_account_gets_no_link() {
    for state in
        [AccountState::Suspended { at: NOW, by: id(1), reason: None }, AccountState::Closed { at: NOW }]
    {
        let world = World::founded().await;
        let token = link(&world).await;
        let account = Account::from_parts(AccountParts { state, ..owen(&world).await.into_parts() });
        put(&world, account).await;
        ask(&world, "owen@example.org").await;
        assert_eq!(mailed(&world).await.len(), 1, "the older one");
        assert_eq!(code(world.platform.reset_password(command(&token, NEW)).await), "reset_link_void");
    }
}

#[tokio::test]
async fn a_new_password_ends_all_sessions_and_signs_nobody_in() {
    let world = World::founded().await;
    let begun = world.sign_in("owen", PASSWORD).await.unwrap();
    let token = link(&world).await;
    assert_eq!(world.platform.look_up_reset(&token).await.unwrap().id(), world.owner.account);
    world.acts();
    world.platform.reset_password(command(&token, NEW)).await.unwrap();
    let written = words(world.acts().last().unwrap());
    let expected = [
        "update reset",
        "update account",
        "send password_changed",
        "record password.reset",
        "forgive sign_ins",
        "forgive sign_ins_in_a_row",
    ];
    assert!(written.iter().zip(expected).all(|(it, word)| it.starts_with(word)), "{written:?}");
    for token in [&world.owner_token, &begun.token] {
        assert_eq!(code(world.platform.authenticate(token.expose(), Origin(None)).await), "not_signed_in");
    }
    assert!(world.sign_in("owen", NEW).await.is_ok());
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "invalid_credentials");
}

#[tokio::test]
async fn a_link_works_once_and_a_newer_one_takes_its_place() {
    let world = World::founded().await;
    let first = link(&world).await;
    let second = link(&world).await;
    assert_eq!(code(world.platform.look_up_reset(&first).await), "reset_link_superseded");
    world.platform.reset_password(command(&second, NEW)).await.unwrap();
    assert_eq!(code(world.platform.reset_password(command(&second, NEW)).await), "reset_link_used");
    let third = link(&world).await;
    assert_eq!(code(world.platform.look_up_reset(&second).await), "reset_link_superseded");
    world.advance(HOUR);
    assert_eq!(code(world.platform.reset_password(command(&third, NEW)).await), "reset_link_expired");
    for unknown in [Secret::new("x"), world.owner_token.clone()] {
        assert_eq!(code(world.platform.look_up_reset(&unknown).await), "reset_link_unknown");
    }
}

#[tokio::test]
async fn a_password_that_is_changed_by_hand_ends_the_link() {
    let world = World::founded().await;
    let token = link(&world).await;
    put(&world, owen(&world).await.in_a_new_generation()).await;
    assert_eq!(code(world.platform.reset_password(command(&token, NEW)).await), "reset_link_void");
}

#[tokio::test]
async fn a_bad_password_leaves_the_link_as_it_is() {
    let world = World::founded().await;
    let token = link(&world).await;
    let refused = world.platform.reset_password(command(&token, "owen@example.org")).await.unwrap_err();
    assert_eq!(refused.code(), "validation_failed");
    assert!(faults(&refused).contains(&("password".into(), "password_contains_identity")));
    assert!(world.platform.reset_password(command(&token, NEW)).await.is_ok());
}

#[tokio::test]
async fn a_repeated_request_is_answered_alike() {
    let world = World::founded().await;
    let token = link(&world).await;
    let once = Some(world.platform.once(None, "complete", "key", b"token and password"));
    let sent = ResetPassword { once, ..command(&token, NEW) };
    assert!(!world.platform.reset_password(sent.clone()).await.unwrap().repeated);
    assert!(world.platform.reset_password(sent).await.unwrap().repeated);
}

#[tokio::test]
async fn whoever_asks_again_and_again_fills_no_mailbox_and_yet_gets_an_answer() {
    let world = World::founded().await;
    for asked in 1..=8_usize {
        ask(&world, "owen@example.org").await;
        assert_eq!(mailed(&world).await.len(), asked.min(5), "five mails an hour");
    }
    assert_eq!(world.moment().await.reset_requests(NOW.plus(HOUR), 9).await.unwrap().len(), 1, "one waits");
    world.clock.set(shifted(NOW.plus(HOUR), -1));
    assert_eq!(mailed(&world).await.len(), 5);
    world.clock.set(NOW.plus(HOUR));
    let mails = mailed(&world).await;
    assert_eq!(mails.len(), 6, "and the one that waited comes when there is room");
    assert!(world.platform.look_up_reset(&mails[5].1).await.is_ok(), "with its whole hour before it");
}

#[tokio::test]
async fn the_mail_says_until_when_and_is_not_sent_when_it_is_of_no_use() {
    let world = World::founded().await;
    ask(&world, "owen@example.org").await;
    world.platform.answer_reset_requests().await.unwrap();
    ask(&world, "owen@example.org").await;
    world.advance(registration_domain::time::MINUTE);
    let mails = mailed(&world).await;
    assert_eq!(mails.len(), 1, "the older link was superseded before it was sent");
    let letter = world.mailer.taken().pop().unwrap().message.letter;
    let Letter::Security(SecurityLetter::PasswordReset { generation, expires_at, .. }) = letter else {
        panic!("{letter:?}")
    };
    assert_eq!((generation, expires_at), (SECOND, NOW.plus(HOUR)), "an hour from when it was asked for");
}

#[tokio::test]
async fn whoever_was_locked_out_comes_in_by_the_link() {
    let world = World::with_sign_ins(1).await;
    world.sign_in("owen", "guess").await.unwrap_err();
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "too_many_tries");
    let token = link(&world).await;
    world.platform.reset_password(command(&token, NEW)).await.unwrap();
    assert!(world.sign_in("owen", NEW).await.is_ok());
}

#[tokio::test]
async fn a_reset_decides_anew_where_the_account_moved_meanwhile() {
    let world = World::founded().await;
    let token = link(&world).await;
    let (ledger, act) = (world.ports.ledger.clone(), Act { id: world.ports.ids.fresh(), at: NOW });
    let moved = owen(&world).await.in_a_new_generation();
    world.meanwhile_at(|it| words(it).iter().any(|it| it.starts_with("update reset")), async move {
        ledger.commit(act, ChangeSet::new().with(Change::UpdateAccount(moved))).await.unwrap();
    });
    assert_eq!(code(world.platform.reset_password(command(&token, NEW)).await), "reset_link_void");
    assert!(world.sign_in("owen", PASSWORD).await.is_ok());
}
