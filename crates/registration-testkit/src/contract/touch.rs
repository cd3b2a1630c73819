//! What stands outside of every revision moves forward only, and wakes nothing that has ended.
use std::time::Duration;

use registration_domain::{
    change::{Change, Touch},
    platform::Ports,
    time::{HOUR, Timestamp},
};

use super::scene::{Scene, address, removed};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a ledger about touches tests.
    touch_contract, touch, Ports:
    a_session_was_last_seen_when_it_started,
    the_later_touch_wins,
    a_touch_wakes_no_ended_session,
    a_touch_moves_no_revision,
    an_update_keeps_what_was_touched,
    a_touch_of_nothing_is_no_failure,
    a_sign_in_shows_in_each_active_membership,
    to_block_twice_is_to_block,
}

fn after(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

/// So that a session which is never used idles from its start on.
pub async fn a_session_was_last_seen_when_it_started(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let session = scene.session(&founded.account, "phone");
    scene.write([Change::AddSession(session.clone())]).await;
    let (seen, account) = scene.moment().await.session(session.id()).await.unwrap().unwrap();
    assert_eq!((seen.last_seen_at, seen.session, account), (NOW, session, founded.account));
}

/// In whichever order they arrive.
pub async fn the_later_touch_wins(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let session = scene.session(&founded.account, "phone");
    let (id, account) = (session.id(), founded.account.id());
    scene.write([Change::AddSession(session)]).await;
    for (at, expected) in [(after(5), after(5)), (after(9), after(9)), (after(7), after(9))] {
        let touches = [Touch::Session { id, at }, Touch::SignIn { account, at }];
        scene.write(touches.map(Change::Touch)).await;
        let moment = scene.moment().await;
        let (seen, _) = moment.session(id).await.unwrap().unwrap();
        assert_eq!(seen.last_seen_at, expected, "of the session");
        let member = moment.member(founded.membership.id()).await.unwrap().unwrap();
        assert_eq!(member.last_sign_in_at, Some(expected), "of the member");
    }
}

/// It stays ended, and as it was.
pub async fn a_touch_wakes_no_ended_session(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let session = scene.session(&founded.account, "phone");
    let id = session.id();
    scene.write([Change::AddSession(session.clone())]).await;
    scene.write([Change::UpdateSession(session.end(after(1)))]).await;
    let ended = scene.moment().await.session(id).await.unwrap();
    scene
        .commit([Change::Touch(Touch::Session { id, at: after(9) })])
        .await
        .expect("a touch refuses nothing");
    assert_eq!(scene.moment().await.session(id).await.unwrap(), ended);
}

/// Whoever read before still writes.
pub async fn a_touch_moves_no_revision(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let session = scene.session(&founded.account, "phone");
    scene.write([Change::AddSession(session.clone())]).await;
    let (id, account, at) = (session.id(), founded.account.id(), after(9));
    let touches = [Touch::Session { id, at }, Touch::SignIn { account, at }];
    scene.write(touches.map(Change::Touch)).await;
    scene.commit([Change::UpdateSession(session.end(after(10)))]).await.expect("the session was not written");
    let stepped_down = founded.membership.active().unwrap().step_down();
    scene.commit([Change::UpdateMembership(stepped_down)]).await.expect("the membership was not written");
}

/// When somebody last signed in is not forgotten when their access changes.
pub async fn an_update_keeps_what_was_touched(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let session = scene.session(&founded.account, "phone");
    scene.write([Change::AddSession(session.clone())]).await;
    let (id, account, at) = (session.id(), founded.account.id(), after(9));
    scene.write([Touch::Session { id, at }, Touch::SignIn { account, at }].map(Change::Touch)).await;
    let membership = founded.membership.active().unwrap().step_down();
    let member = membership.id();
    scene.write([Change::UpdateSession(session.end(after(10))), Change::UpdateMembership(membership)]).await;
    let moment = scene.moment().await;
    assert_eq!(moment.session(id).await.unwrap().unwrap().0.last_seen_at, at);
    assert_eq!(moment.member(member).await.unwrap().unwrap().last_sign_in_at, Some(at));
}

/// For a session may have been swept away meanwhile.
pub async fn a_touch_of_nothing_is_no_failure(ports: Ports) {
    let scene = Scene::on(ports);
    let touch = Touch::Session { id: scene.ports.ids.fresh(), at: NOW };
    scene.commit([Change::Touch(touch)]).await.expect("a touch refuses nothing");
}

/// And in no removed one, nor in one that begins later: what somebody does elsewhere is not told.
pub async fn a_sign_in_shows_in_each_active_membership(ports: Ports) {
    let (scene, here) = Scene::founded(ports).await;
    let (there, gone) = (scene.found().await, scene.found().await);
    let joined = scene.joined(&here).await;
    let account = joined.account.clone();
    let elsewhere = [&there, &gone].map(|it| scene.joining(it, account.clone(), NOW));
    for one in &elsewhere {
        let coming = scene.coming(one).into_iter().filter(|it| !matches!(it, Change::AddAccount(_)));
        scene.write(coming).await;
    }
    let left = removed(elsewhere[1].membership.clone(), &gone.account);
    scene.write([Change::UpdateMembership(left)]).await;
    scene.write([Change::Touch(Touch::SignIn { account: account.id(), at: after(HOUR.as_secs()) })]).await;

    let moment = scene.moment().await;
    let expected = [
        (joined.membership.id(), Some(after(3_600))),
        (elsewhere[0].membership.id(), Some(after(3_600))),
        (elsewhere[1].membership.id(), None),
        (here.membership.id(), None),
    ];
    for (id, last) in expected {
        let member = moment.member(id).await.unwrap().unwrap();
        assert_eq!(member.last_sign_in_at, last, "{:?}", member.membership);
    }
}

/// However the address is spelled; another organization may invite it still.
pub async fn to_block_twice_is_to_block(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (here, there) = (founded.organization.id(), scene.found().await.organization.id());
    for spelling in ["ada@example.org", "ADA@Example.org"] {
        let block = Change::Block { organization: here, email: address(spelling) };
        scene.commit([block]).await.expect("a block refuses nothing");
    }
    let moment = scene.moment().await;
    assert!(moment.is_blocked(here, &address("Ada@example.ORG")).await.unwrap());
    assert!(!moment.is_blocked(here, &address("ben@example.org")).await.unwrap(), "another address");
    assert!(!moment.is_blocked(there, &address("ada@example.org")).await.unwrap(), "another organization");
}
