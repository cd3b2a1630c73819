//! Whoever guesses waits longer and longer, and locks nobody out of their own device.
use std::time::Duration;

use registration_domain::{
    account::{Account, AccountParts, AccountState},
    change::{Change, ChangeSet},
    message::{Letter, SecurityLetter},
    page::{Page, PageSize},
    platform::VerbError,
    refusal::{Fact, Refusal},
    secret::Secret,
    session::Origin,
    sign_in_log::{SignInAttempt, SignInOutcome},
    time::DAY,
    use_case::{
        authenticate::SignedIn,
        sign_in::{Begun, InvalidCredentials},
    },
    view::SignInFilter,
};
use registration_testkit::stub::NOW;

use super::{
    support::{PASSWORD, id, words},
    world::{World, code, sign_in},
};

async fn sign_in_on(
    world: &World,
    password: &str,
    known: &Secret,
) -> Result<Begun, VerbError<InvalidCredentials>> {
    let mut command = sign_in("owen", password, None);
    command.known = Some(known.clone());
    Ok(world.platform.sign_in(command).await?.what)
}

async fn owner(world: &World) -> SignedIn {
    world.platform.authenticate(world.owner_token.expose(), Origin(None)).await.unwrap()
}

/// What the device is given that Owen signed in on.
async fn device_of_owen(world: &World) -> Secret {
    world.platform.device_token(owner(world).await.session.id())
}

/// Newest first.
async fn log(world: &World) -> Vec<SignInAttempt> {
    let page = Page::first(PageSize::new(100).unwrap());
    world.moment().await.sign_ins(world.owner.account, &SignInFilter::default(), &page).await.unwrap().rows
}

async fn outcomes(world: &World) -> Vec<SignInOutcome> {
    log(world).await.into_iter().map(|it| it.outcome).collect()
}

/// Tries once at each instant at which one may, until there are none left before the end of a day.
async fn use_up(world: &World, identifier: &str) -> u32 {
    let mut compared = 0;
    loop {
        match world.sign_in(identifier, "guess").await.unwrap_err() {
            VerbError::Refused(InvalidCredentials) => compared += 1,
            VerbError::Spent { until, .. } if until < NOW.plus(DAY) => world.clock.set(until),
            VerbError::Spent { .. } => return compared,
            other @ (VerbError::KeyReused | VerbError::Busy | VerbError::Port(_)) => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn after_five_wrong_ones_the_sixth_has_to_wait_though_it_were_right() {
    for identifier in ["owen", "nobody"] {
        let world = World::founded().await;
        for _ in 0..5 {
            assert_eq!(code(world.sign_in(identifier, "guess").await), "invalid_credentials");
        }
        let refused = world.sign_in(identifier, PASSWORD).await.unwrap_err();
        let next = NOW.plus(Duration::from_secs(1));
        assert_eq!((refused.code(), refused.facts()), ("too_many_tries", vec![Fact::RetryAt(next)]));
        world.clock.set(next);
        assert_eq!(world.sign_in(identifier, PASSWORD).await.is_ok(), identifier == "owen");
    }
}

#[tokio::test]
async fn a_right_one_begins_the_row_anew_and_the_day_goes_on() {
    let world = World::with_sign_ins(7).await;
    for _ in 0..2 {
        for _ in 0..3 {
            assert_eq!(code(world.sign_in("owen", "guess").await), "invalid_credentials");
        }
        world.sign_in("owen", PASSWORD).await.unwrap();
    }
    assert_eq!(code(world.sign_in("owen", "guess").await), "invalid_credentials");
    let refused = world.sign_in("owen", PASSWORD).await.unwrap_err();
    assert_eq!(refused.facts(), [Fact::RetryAt(NOW.plus(DAY))], "seven were wrong within the day");
}

#[tokio::test]
async fn what_came_too_soon_is_not_counted() {
    let world = World::with_sign_ins(6).await;
    for _ in 0..5 {
        assert_eq!(code(world.sign_in("owen", "guess").await), "invalid_credentials");
    }
    for _ in 0..20 {
        assert_eq!(code(world.sign_in("owen", "guess").await), "too_many_tries");
    }
    world.advance(Duration::from_secs(1));
    assert!(world.sign_in("owen", PASSWORD).await.is_ok(), "it is the sixth of six");
}

#[tokio::test]
async fn a_day_takes_a_hundred_of_a_known_and_of_an_unknown_name() {
    for identifier in ["owen", "nobody@example.org"] {
        let world = World::founded().await;
        assert_eq!(use_up(&world, identifier).await, 100, "{identifier}");
    }
}

#[tokio::test]
async fn strangers_do_not_lock_an_owner_out_of_their_own_device() {
    let world = World::founded().await;
    let device = device_of_owen(&world).await;
    use_up(&world, "owen").await;
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "too_many_tries");
    let begun = sign_in_on(&world, PASSWORD, &device).await.unwrap();
    assert!(sign_in_on(&world, PASSWORD, &world.platform.device_token(begun.session)).await.is_ok());
}

#[tokio::test]
async fn a_device_has_ten_tries_a_day_of_its_own_and_waits_between_them() {
    let world = World::founded().await;
    let device = device_of_owen(&world).await;
    let (mut compared, mut waits) = (0, Vec::new());
    while waits.last() != Some(&(NOW.plus(DAY).since(NOW).as_secs())) {
        match sign_in_on(&world, "guess", &device).await.unwrap_err() {
            VerbError::Refused(InvalidCredentials) => compared += 1,
            VerbError::Spent { until, .. } => {
                waits.push(until.since(NOW).as_secs());
                world.clock.set(until.min(NOW.plus(DAY).minus(Duration::from_secs(1))));
            }
            other @ (VerbError::KeyReused | VerbError::Busy | VerbError::Port(_)) => panic!("{other:?}"),
        }
    }
    assert_eq!((compared, waits), (10, vec![1, 3, 7, 15, 31, 24 * 3_600]));
    assert!(world.sign_in("owen", PASSWORD).await.is_ok(), "anywhere else there are tries left");
}

#[tokio::test]
async fn only_a_device_of_this_account_and_this_password_has_tries_of_its_own() {
    let world = World::founded().await;
    let (member, _) = world.joined("mira", registration_domain::access::Access::All).await;
    let of_mira = world.sign_in("mira", PASSWORD).await.unwrap().session;
    assert_ne!(member.account, world.owner.account);
    let of_owen = device_of_owen(&world).await;
    let changed = owner(&world).await.account.in_a_new_generation();
    use_up(&world, "owen").await;
    let strangers = [
        world.platform.device_token(of_mira),
        world.platform.device_token(id(99)),
        world.owner_token.clone(),
    ];
    for token in strangers.iter().chain([&Secret::new("x"), &Secret::new("")]) {
        assert_eq!(code(sign_in_on(&world, PASSWORD, token).await), "too_many_tries");
    }
    let act = registration_domain::port::Act { id: id(7_777), at: NOW };
    world.ports.ledger.commit(act, ChangeSet::new().with(Change::UpdateAccount(changed))).await.unwrap();
    assert_eq!(
        code(sign_in_on(&world, PASSWORD, &of_owen).await),
        "too_many_tries",
        "the generation is over"
    );
}

#[tokio::test]
async fn every_attempt_is_logged_with_what_came_of_it() {
    use SignInOutcome::{Locked, Success, WrongPassword};
    let world = World::founded().await;
    assert_eq!(outcomes(&world).await, [Success], "of founding");
    for _ in 0..5 {
        world.sign_in("owen", "guess").await.unwrap_err();
    }
    world.sign_in("owen@example.org", "guess").await.unwrap_err();
    world.advance(Duration::from_secs(1));
    let begun = world.sign_in("owen", PASSWORD).await.unwrap();
    // In the order of their ids where they were at the same time.
    let mut told = outcomes(&world).await;
    assert_eq!(told.remove(0), Success);
    told.sort_by_key(|it| it.key());
    assert_eq!(told, [&[Locked, Success][..], &[WrongPassword; 5]].concat());
    let newest = log(&world).await.remove(0);
    assert!(newest.began(begun.session), "{newest:?}");
    assert_eq!((newest.device.as_deref(), newest.at), (Some("Firefox"), world.now()));
}

#[tokio::test]
async fn what_was_typed_as_an_unknown_name_is_written_nowhere() {
    let world = World::founded().await;
    world.acts();
    for identifier in ["Sunny-river-42", "sunny@example.org"] {
        world.sign_in(identifier, "guess").await.unwrap_err();
    }
    let written = format!("{:?}", world.acts()).to_ascii_lowercase();
    assert!(!written.contains("sunny"), "{written}");
    assert_eq!(outcomes(&world).await, [SignInOutcome::Success], "of founding");
}

#[tokio::test]
async fn nobody_fills_the_log_with_tries_that_come_too_soon() {
    let world = World::with_sign_ins(3).await;
    for _ in 0..20 {
        world.sign_in("owen", "guess").await.unwrap_err();
    }
    let locked = outcomes(&world).await.iter().filter(|it| **it == SignInOutcome::Locked).count();
    assert_eq!(locked, 3, "as many as are compared");
}

#[tokio::test]
async fn the_owner_hears_once_a_day_that_the_tries_are_used_up() {
    let world = World::with_sign_ins(2).await;
    let warnings = async || {
        while world.platform.deliver_mail().await.unwrap() > 0 {}
        let letters = world.mailer.taken().into_iter().map(|it| it.message.letter);
        letters
            .filter_map(|it| {
                let Letter::Security(SecurityLetter::TriesUsedUp { until, .. }) = it else { return None };
                Some(until)
            })
            .collect::<Vec<_>>()
    };
    world.sign_in("owen", "guess").await.unwrap_err();
    assert_eq!(warnings().await, []);
    world.advance(Duration::from_mins(1));
    world.sign_in("owen", "guess").await.unwrap_err();
    assert_eq!(warnings().await, [NOW.plus(DAY)]);
    // Whenever there is room again it is used up again, and yet the owner is told no more today.
    world.clock.set(NOW.plus(DAY));
    world.sign_in("owen", "guess").await.unwrap_err();
    assert_eq!(warnings().await.len(), 1);
    world.clock.set(NOW.plus(2 * DAY));
    for _ in 0..2 {
        world.sign_in("owen", "guess").await.unwrap_err();
    }
    assert_eq!(warnings().await.len(), 2);
}

#[tokio::test]
async fn an_unknown_name_costs_the_same_commits_to_the_last() {
    let mut commits = Vec::new();
    for identifier in ["owen", "nobody"] {
        let world = World::with_sign_ins(6).await;
        world.acts();
        for _ in 0..9 {
            world.sign_in(identifier, "guess").await.unwrap_err();
            world.advance(Duration::from_secs(1));
        }
        let acts = world.acts().iter().map(words).collect::<Vec<_>>();
        commits.push(
            acts.into_iter()
                .map(|mut it| {
                    // The mail itself is one row more, once a day, after a hundred tries.
                    it.retain(|it| it != "send tries_used_up");
                    it
                })
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(commits[0], commits[1]);
    let all = commits[0].concat();
    for some in ["log wrong_password", "log locked", "spend lockout_mails of 1", "spend mails_a_day of 20"] {
        assert!(all.iter().any(|it| it == some), "{some} in {all:?}");
    }
}

#[tokio::test]
async fn a_suspended_owner_is_told_nothing_and_logged_as_suspended() {
    let world = World::with_sign_ins(3).await;
    let account = owner(&world).await.account;
    let state = AccountState::Suspended { at: NOW, by: id(1), reason: None };
    let suspended = Account::from_parts(AccountParts { state, ..account.into_parts() });
    let act = registration_domain::port::Act { id: id(7_777), at: NOW };
    world.ports.ledger.commit(act, ChangeSet::new().with(Change::UpdateAccount(suspended))).await.unwrap();
    for (password, outcome) in [("guess", SignInOutcome::WrongPassword), (PASSWORD, SignInOutcome::Suspended)]
    {
        world.advance(Duration::from_secs(1));
        assert_eq!(code(world.sign_in("owen", password).await), "invalid_credentials");
        assert_eq!(outcomes(&world).await[0], outcome);
    }
    // A right one costs a try like a wrong one: else its holder knew that it is right.
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "invalid_credentials");
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "too_many_tries");
}

#[tokio::test]
async fn an_operator_lets_somebody_try_again() {
    let world = World::founded().await;
    use_up(&world, "owen").await;
    let email = super::support::email("OWEN@example.org");
    let helped = world.platform.unlock_account(&email, &Origin(None)).await.unwrap();
    assert_eq!(helped.id(), world.owner.account);
    assert!(world.sign_in("owen", PASSWORD).await.is_ok());
    let nobody = super::support::email("nobody@example.org");
    let nobody = world.platform.unlock_account(&nobody, &Origin(None)).await;
    assert_eq!(code(nobody), "not_found");
}
