//! Guesses are counted before they are compared, and a session holds while it is used.
use registration_domain::{
    change::{Change, ChangeSet},
    link::{Link, LinkPurpose},
    refusal::{Fact, Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    session::Origin,
    time::{DAY, HOUR, MINUTE},
};
use registration_testkit::stub::NOW;

use super::{
    support::{PASSWORD, id, origin, shifted, words},
    world::{World, code, sign_in},
};

#[tokio::test]
async fn right_passwords_cost_no_tries_and_wrong_ones_do() {
    let world = World::with_sign_ins(3).await;
    for _ in 0..9 {
        world.sign_in("owen", PASSWORD).await.unwrap();
    }
    for _ in 0..3 {
        assert_eq!(code(world.sign_in("owen", "guess").await), "invalid_credentials");
    }
    // An address and a username of one account are one count, and the right password is refused too.
    let refused = world.sign_in("OWEN@example.org", PASSWORD).await.unwrap_err();
    assert_eq!((refused.kind(), refused.code()), (RefusalKind::Limited, "too_many_tries"));
    let tomorrow = NOW.plus(DAY);
    assert_eq!(refused.facts(), [Fact::RetryAt(tomorrow)]);
    world.clock.set(shifted(tomorrow, -1));
    assert_eq!(code(world.sign_in("owen", PASSWORD).await), "too_many_tries");
    world.clock.set(tomorrow);
    assert!(world.sign_in("owen@example.org", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn an_unknown_name_is_counted_as_a_known_one_is() {
    let world = World::with_sign_ins(2).await;
    for identifier in ["nobody", "nobody@example.org", "not a name \u{202E}"] {
        for _ in 0..2 {
            assert_eq!(code(world.sign_in(identifier, "guess").await), "invalid_credentials");
        }
        assert_eq!(code(world.sign_in(identifier, "guess").await), "too_many_tries");
    }
    assert!(world.sign_in("owen", PASSWORD).await.is_ok(), "others are not touched");
}

#[tokio::test]
async fn a_guess_is_given_back_as_of_when_it_was_counted() {
    let world = World::with_sign_ins(1).await;
    world.acts();
    let clock = world.clock.clone();
    // Between the guess and the session time passes.
    world.meanwhile_at(|it| it.changes().iter().any(|it| matches!(it, Change::Spend { .. })), async move {
        clock.advance(HOUR);
    });
    world.sign_in("owen", PASSWORD).await.unwrap();
    let acts = world.acts();
    let times = acts.iter().flat_map(ChangeSet::changes).filter_map(|it| {
        let (Change::Spend { at, .. } | Change::Refund { at, .. }) = it else { return None };
        Some(*at)
    });
    assert_eq!(times.collect::<Vec<_>>(), [NOW; 3]);
    assert!(world.sign_in("owen", PASSWORD).await.is_ok(), "the only one was given back");
}

#[tokio::test]
async fn a_repeated_sign_in_is_one_session_and_costs_no_try() {
    let world = World::with_sign_ins(1).await;
    let once = Some(world.platform.once(None, "POST /sessions", "key", b"owen and the password"));
    let first = world.platform.sign_in(sign_in("owen", PASSWORD, once.clone())).await.unwrap();
    world.acts();
    for _ in 0..3 {
        let again = world.platform.sign_in(sign_in("owen", PASSWORD, once.clone())).await.unwrap();
        assert_eq!((again.repeated, &again.what), (true, &first.what));
    }
    assert_eq!(world.acts(), []);
}

#[tokio::test]
async fn a_session_is_noted_as_used_once_a_minute_at_the_most() {
    let world = World::founded().await;
    let used = async || {
        world.platform.authenticate(world.owner_token.expose(), Origin(None)).await.unwrap();
        world.acts().iter().flat_map(words).collect::<Vec<_>>()
    };
    world.acts();
    assert_eq!(used().await, [""; 0]);
    world.clock.set(shifted(NOW.plus(MINUTE), -1));
    assert_eq!(used().await, [""; 0]);
    world.clock.set(NOW.plus(MINUTE));
    assert_eq!(used().await, ["touch session"]);
    assert_eq!(used().await, [""; 0]);
}

#[tokio::test]
async fn a_session_that_is_used_goes_on_and_one_that_idles_ends() {
    let world = World::founded().await;
    for _ in 0..3 {
        world.advance(11 * HOUR);
        assert!(world.platform.authenticate(world.owner_token.expose(), Origin(None)).await.is_ok());
    }
    world.advance(12 * HOUR);
    assert_eq!(
        code(world.platform.authenticate(world.owner_token.expose(), Origin(None)).await),
        "not_signed_in"
    );
}

#[tokio::test]
async fn whoever_signed_out_is_out_and_no_other_token_lets_in() {
    let world = World::founded().await;
    let who = world.platform.authenticate(world.owner_token.expose(), origin()).await.unwrap();
    let sealed = |purpose| {
        let link = Link { purpose, subject: who.session.id().uuid(), generation: Generation::FIRST };
        world.ports.links.seal(link).0
    };
    let stranger = world.platform.session_token(id(99));
    for token in [sealed(LinkPurpose::Invitation), sealed(LinkPurpose::Setup), stranger, Secret::new("")] {
        assert_eq!(code(world.platform.authenticate(token.expose(), Origin(None)).await), "not_signed_in");
    }
    world.platform.sign_out(&who).await.unwrap();
    world.platform.sign_out(&who).await.unwrap();
    assert_eq!(
        code(world.platform.authenticate(world.owner_token.expose(), Origin(None)).await),
        "not_signed_in"
    );
}
