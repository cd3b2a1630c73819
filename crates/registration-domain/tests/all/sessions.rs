//! A person sees where they are signed in, and ends what they do not know.
use std::time::Duration;

use registration_domain::{
    access::Access,
    page::{Page, PageSize},
    secret::Secret,
    session::{Origin, SessionId},
    sign_in_log::SIGN_INS_KEPT,
    time::HOUR,
    use_case::{authenticate::SignedIn, end_session::EndOtherSessions},
    view::SignInFilter,
};

use super::{
    support::{PASSWORD, email, id, words},
    world::{World, code},
};

fn page() -> Page {
    Page::first(PageSize::new(100).unwrap())
}
async fn who(world: &World, token: &Secret) -> Option<SignedIn> {
    world.platform.authenticate(token.expose(), Origin(None)).await.ok()
}
async fn owner(world: &World) -> SignedIn {
    who(world, &world.owner_token).await.unwrap()
}
async fn listed(world: &World) -> Vec<SessionId> {
    let found = world.platform.list_sessions(&owner(world).await, &page()).await.unwrap();
    found.rows.into_iter().map(|it| it.session.id()).collect()
}

#[tokio::test]
async fn only_the_sessions_of_whoever_asks_are_listed_and_ended() {
    let world = World::founded().await;
    let (mira, _) = world.joined("mira", Access::All).await;
    let of_mira = world.sign_in("mira", PASSWORD).await.unwrap();
    let own = owner(&world).await.session.id();
    assert_ne!(mira.account, world.owner.account);
    assert_eq!(listed(&world).await, [own]);
    for stranger in [of_mira.session, id(99)] {
        assert_eq!(code(world.platform.end_session(&owner(&world).await, stranger).await), "not_found");
    }
    assert!(who(&world, &of_mira.token).await.is_some());
}

#[tokio::test]
async fn everybody_is_signed_out_once_and_may_come_back() {
    let world = World::founded().await;
    world.joined("mira", Access::All).await;
    world.joined("nils", Access::All).await;
    let mira = world.sign_in("mira", PASSWORD).await.unwrap();
    world.acts();
    assert_eq!(world.platform.end_everybodys_sessions(&Origin(None)).await.unwrap(), 3);
    let recorded = world.acts().iter().flat_map(words).filter(|it| it == "record sessions.ended").count();
    assert_eq!(recorded, 3, "each has its line in the log");
    for token in [&world.owner_token, &mira.token] {
        assert!(who(&world, token).await.is_none());
    }
    assert_eq!(world.platform.end_everybodys_sessions(&Origin(None)).await.unwrap(), 0);
    let again = world.sign_in("mira", PASSWORD).await.unwrap();
    assert!(who(&world, &again.token).await.is_some());
}

#[tokio::test]
async fn an_ended_session_is_gone_and_is_not_ended_twice() {
    let world = World::founded().await;
    world.advance(Duration::from_mins(1));
    let other = world.sign_in("owen", PASSWORD).await.unwrap();
    let own = owner(&world).await;
    assert_eq!(listed(&world).await, [other.session, own.session.id()]);
    world.acts();
    world.platform.end_session(&own, other.session).await.unwrap();
    let written = words(world.acts().last().unwrap());
    assert_eq!(written.last().unwrap(), "record session.ended");
    assert!(who(&world, &other.token).await.is_none());
    assert_eq!(code(world.platform.end_session(&own, other.session).await), "not_found");
    assert_eq!(listed(&world).await, [own.session.id()]);
}

#[tokio::test]
async fn all_others_end_and_whatever_begins_meanwhile_too() {
    let world = World::founded().await;
    let other = world.sign_in("owen", PASSWORD).await.unwrap();
    let by = owner(&world).await;
    let platform = world.platform.clone();
    let (sender, receiver) = std::sync::mpsc::channel();
    world.meanwhile_at(|it| words(it).iter().any(|it| it.starts_with("update account")), async move {
        let sign_in = super::world::sign_in("owen", PASSWORD, None);
        sender.send(platform.sign_in(sign_in).await.unwrap().what.token).unwrap();
    });
    let command = EndOtherSessions { by: by.clone(), once: None };
    assert_eq!(world.platform.end_other_sessions(command).await.unwrap().what, Some(1));
    assert!(who(&world, &world.owner_token).await.is_some());
    for token in [&other.token, &receiver.recv().unwrap()] {
        assert!(who(&world, token).await.is_none());
    }
    assert_eq!(listed(&world).await, [by.session.id()]);
    assert!(world.sign_in("owen", PASSWORD).await.is_ok(), "the password is what it was");
}

#[tokio::test]
async fn whoever_is_signed_out_ends_nobody() {
    let world = World::founded().await;
    let by = owner(&world).await;
    let other = world.sign_in("owen", PASSWORD).await.unwrap();
    world.platform.sign_out(&by).await.unwrap();
    let command = EndOtherSessions { by, once: None };
    assert_eq!(code(world.platform.end_other_sessions(command).await), "not_signed_in");
    assert!(who(&world, &other.token).await.is_some());
}

#[tokio::test]
async fn an_operator_ends_all_sessions_of_somebody() {
    let world = World::founded().await;
    let other = world.sign_in("owen", PASSWORD).await.unwrap();
    world.platform.end_all_sessions(&email("owen@example.org"), &Origin(None)).await.unwrap();
    for token in [&world.owner_token, &other.token] {
        assert!(who(&world, token).await.is_none());
    }
    let nobody = world.platform.end_all_sessions(&email("nobody@example.org"), &Origin(None)).await;
    assert_eq!(code(nobody), "not_found");
}

#[tokio::test]
async fn the_sign_in_log_is_shown_for_ninety_days() {
    let world = World::founded().await;
    let mut latest = world.owner_token.clone();
    let mut left = SIGN_INS_KEPT;
    while left > Duration::ZERO {
        let step = left.min(200 * HOUR);
        world.advance(step);
        left = left.saturating_sub(step);
        latest = world.sign_in("owen", PASSWORD).await.unwrap().token;
    }
    let by = who(&world, &latest).await.unwrap();
    let shown = world.platform.list_sign_ins(&by, &SignInFilter::default(), &page()).await.unwrap().rows;
    let moment = world.moment().await;
    let stored = moment.sign_ins(by.account.id(), &SignInFilter::default(), &page()).await.unwrap().rows;
    assert_eq!(shown.len() + 1, stored.len(), "the first one is just too old");
    assert!(shown[0].began(by.session.id()) && !shown[1].began(by.session.id()));
}
