//! What time does to a request: a reminder a day, a word before it expires, and an end.
use std::time::Duration;

use registration_domain::{
    join_request::{JoinRequestId, JoinRequestState},
    message::{JoiningLetter, Letter},
    refusal::{Fact, Refusal},
    session::Caller,
    time::{DAY, HOUR},
    use_case::{ask_to_join::Brings, own_join_request::OwnJoinRequest},
};
use registration_testkit::stub::NOW;

use super::{
    joining_world::{approve, viewing},
    world::{World, code},
};

const MICRO: Duration = Duration::from_micros(1);

fn own(by: &Caller, request: JoinRequestId) -> OwnJoinRequest {
    OwnJoinRequest { by: by.clone(), request, once: None }
}
async fn count(world: &World, is: fn(&JoiningLetter) -> bool) -> usize {
    let mails = world.mails().await;
    let is = |letter: &Letter| matches!(letter, Letter::Joining(letter) if is(letter));
    mails.iter().filter(|(_, letter)| is(letter)).count()
}

#[tokio::test]
async fn the_reviewers_are_reminded_once_a_day() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    world.platform.remind_reviewers(own(&ana, request)).await.unwrap();
    world.advance(DAY.saturating_sub(MICRO));
    let refused = world.platform.remind_reviewers(own(&ana, request)).await.unwrap_err();
    assert_eq!((refused.code(), refused.facts()), ("asked_too_soon", vec![Fact::RetryAt(NOW.plus(DAY))]));
    world.advance(MICRO);
    world.platform.remind_reviewers(own(&ana, request)).await.unwrap();
    assert_eq!(count(&world, |it| matches!(it, JoiningLetter::RequestReminder(_))).await, 2);
    let ben = world.stranger("ben").await;
    assert_eq!(code(world.platform.remind_reviewers(own(&ben, request)).await), "not_found");
    assert_eq!(code(world.platform.withdraw_join_request(own(&ben, request)).await), "not_found");
}

#[tokio::test]
async fn who_withdraws_may_ask_again_at_once() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    world.platform.withdraw_join_request(own(&ana, request)).await.unwrap();
    assert_eq!(world.state_of(request).await, JoinRequestState::Withdrawn { at: NOW });
    assert_eq!(code(world.platform.withdraw_join_request(own(&ana, request)).await), "already_decided");
    assert_eq!(code(world.platform.remind_reviewers(own(&ana, request)).await), "already_decided");
    assert_ne!(world.asked(&ana).await, request);
}

#[tokio::test]
async fn reviewers_are_told_once_that_a_request_expires() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    world.asked(&ana).await;
    world.advance((27 * DAY).saturating_sub(MICRO));
    assert_eq!(world.platform.warn_of_expiring_join_requests().await.unwrap(), 0);
    world.advance(MICRO);
    assert_eq!(world.platform.warn_of_expiring_join_requests().await.unwrap(), 1);
    assert_eq!(world.platform.warn_of_expiring_join_requests().await.unwrap(), 0);
    assert_eq!(count(&world, |it| matches!(it, JoiningLetter::RequestExpiring(_))).await, 1);
}

#[tokio::test]
async fn a_request_is_closed_once_its_time_is_over_and_the_requester_is_told_once() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    world.advance((30 * DAY).saturating_sub(MICRO));
    assert_eq!(world.platform.close_expired_join_requests().await.unwrap(), 0);
    world.advance(MICRO);
    let late = world.decide(&world.owner, request, approve(viewing())).await.unwrap_err();
    let [Fact::Decided(decided)] = &late.facts()[..] else { panic!("{late:?}") };
    assert_eq!((decided.state, decided.at), ("expired", NOW.plus(30 * DAY)));
    assert_eq!(world.platform.close_expired_join_requests().await.unwrap(), 1);
    assert_eq!(world.platform.close_expired_join_requests().await.unwrap(), 0);
    assert_eq!(world.platform.warn_of_expiring_join_requests().await.unwrap(), 0);
    assert_eq!(world.state_of(request).await, JoinRequestState::Expired { at: NOW.plus(30 * DAY) });
    assert_eq!(count(&world, |it| matches!(it, JoiningLetter::Expired { .. })).await, 1);
    world.asked(&ana).await;
}

#[tokio::test]
async fn an_expired_request_that_nobody_closed_stands_in_no_way() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let old = world.asked(&ana).await;
    world.advance(30 * DAY + HOUR);
    let new = world.asked(&ana).await;
    assert_ne!(old, new);
    assert_eq!(world.state_of(old).await, JoinRequestState::Expired { at: NOW.plus(30 * DAY + HOUR) });
    assert_eq!(world.platform.close_expired_join_requests().await.unwrap(), 0);
}

#[tokio::test]
async fn two_that_tidy_up_at_the_same_time_tell_once() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    world.asked(&ana).await;
    world.advance(30 * DAY);
    let platform = world.platform.clone();
    world.meanwhile(async move { assert_eq!(platform.close_expired_join_requests().await.unwrap(), 1) });
    assert_eq!(world.platform.close_expired_join_requests().await.unwrap(), 0);
    assert_eq!(count(&world, |it| matches!(it, JoiningLetter::Expired { .. })).await, 1);
}

#[tokio::test]
async fn a_request_that_is_sent_twice_is_one() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let once = world.platform.once(Some("ana"), "ask", "key", b"please");
    let mut command = world.asking(&ana, Brings::Note(None));
    command.once = Some(once);
    let first = world.platform.ask_to_join(command.clone()).await.unwrap();
    let second = world.platform.ask_to_join(command).await.unwrap();
    assert_eq!((first.repeated, second.repeated), (false, true));
    assert_eq!(first.what, second.what);
}
