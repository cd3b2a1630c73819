//! A mail follows its commit, is held by one worker at a time, and is never lost.
use std::collections::BTreeSet;

use registration_domain::{
    change::Change,
    message::Message,
    platform::Ports,
    port::{Claimed, CommitError, Settlement},
    time::{DAY, HOUR, MINUTE, Timestamp},
};

use super::scene::Scene;
use crate::stub::NOW;

promises! {
    /// Makes the promises of an outbox tests.
    outbox_contract, outbox, Ports:
    a_message_is_stored_with_its_commit,
    a_message_of_a_refused_commit_is_never_sent,
    a_message_is_not_due_before_its_time,
    parallel_workers_never_hold_the_same_message,
    a_held_message_is_not_claimed,
    a_message_whose_lease_ended_is_claimed_again,
    the_oldest_messages_are_claimed_first,
    whoever_lost_a_lease_writes_nothing,
    a_message_is_settled_once,
    a_retry_waits_until_its_time,
    what_is_settled_for_good_is_never_claimed_again,
    tries_are_counted,
}

async fn send(scene: &Scene, at: Timestamp) -> Message {
    let message = scene.any_message(at);
    scene.write([Change::Send(message.clone())]).await;
    message
}
fn sent() -> Settlement {
    Settlement::Sent { reply: "250 ok".into() }
}
fn messages(claimed: &[Claimed]) -> Vec<&Message> {
    claimed.iter().map(|it| &it.message).collect()
}

/// And is there at once.
pub async fn a_message_is_stored_with_its_commit(ports: Ports) {
    let scene = Scene::on(ports);
    let message = send(&scene, NOW).await;
    assert_eq!(messages(&scene.claim(NOW).await), [&message]);
}

/// Whatever refused it, and though the message came first.
pub async fn a_message_of_a_refused_commit_is_never_sent(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let taken = scene.account(founded.account.parts().email.as_str(), &scene.word());
    let refused = scene.commit([Change::Send(scene.any_message(NOW)), Change::AddAccount(taken)]).await;
    assert!(matches!(refused, Err(CommitError::Taken(_))), "{refused:?}");
    assert_eq!(scene.claim(NOW.plus(DAY)).await, []);
}

/// Clocks of two machines differ.
pub async fn a_message_is_not_due_before_its_time(ports: Ports) {
    let scene = Scene::on(ports);
    let message = send(&scene, NOW.plus(MINUTE)).await;
    assert_eq!(scene.claim(NOW).await, []);
    assert_eq!(messages(&scene.claim(NOW.plus(MINUTE)).await), [&message]);
}

/// Eight workers, forty messages: each message is held once, and none is left.
pub async fn parallel_workers_never_hold_the_same_message(ports: Ports) {
    let scene = Scene::on(ports);
    for round in 0..5_u32 {
        let now = NOW.plus(DAY * round);
        let waiting = (0..40).map(|_| scene.any_message(now)).collect::<Vec<_>>();
        scene.write(waiting.iter().cloned().map(Change::Send)).await;
        let workers = (0..8).map(|_| {
            let scene = scene.clone();
            tokio::spawn(async move {
                let mut held = Vec::new();
                loop {
                    let lease = scene.lease(now);
                    let claimed = scene.ports.outbox.claim(lease, 3).await.unwrap();
                    if claimed.is_empty() {
                        return held;
                    }
                    for it in &claimed {
                        assert!(
                            scene.ports.outbox.settle(it.message.id, lease.id, sent(), now).await.unwrap()
                        );
                    }
                    held.extend(claimed.into_iter().map(|it| it.message.id));
                }
            })
        });
        let mut held = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            held.extend(worker.await.unwrap());
        }
        let distinct = held.iter().copied().collect::<BTreeSet<_>>();
        assert_eq!(held.len(), distinct.len(), "round {round}: a message was held twice");
        let left = messages(&scene.claim(now.plus(HOUR)).await).len();
        assert_eq!(held.len() + left, 40, "round {round}: a message was lost");
        assert_eq!(left, 0, "round {round}: the workers stopped early");
    }
}

/// Until its lease ends.
pub async fn a_held_message_is_not_claimed(ports: Ports) {
    let scene = Scene::on(ports);
    send(&scene, NOW).await;
    assert_eq!(scene.claim(NOW).await.len(), 1);
    let just_before = NOW.plus(MINUTE).minus(std::time::Duration::from_micros(1));
    for at in [NOW, just_before] {
        assert_eq!(scene.claim(at).await, [], "{at:?}");
    }
}

/// For whoever held it may have died; from the last instant of the lease on.
pub async fn a_message_whose_lease_ended_is_claimed_again(ports: Ports) {
    let scene = Scene::on(ports);
    let message = send(&scene, NOW).await;
    scene.claim(NOW).await;
    assert_eq!(messages(&scene.claim(NOW.plus(MINUTE)).await), [&message]);
}

/// And no more of them than were asked for.
pub async fn the_oldest_messages_are_claimed_first(ports: Ports) {
    let scene = Scene::on(ports);
    let mut waiting = Vec::new();
    for seconds in [5, 1, 4, 2, 3] {
        waiting.push(send(&scene, NOW.plus(std::time::Duration::from_secs(seconds))).await);
    }
    waiting.sort_by_key(|it| it.at);
    for expected in waiting.chunks(2) {
        let lease = scene.lease(NOW.plus(MINUTE));
        let claimed = scene.ports.outbox.claim(lease, 2).await.unwrap();
        let mut claimed = claimed.into_iter().map(|it| it.message).collect::<Vec<_>>();
        claimed.sort_by_key(|it| it.at);
        assert_eq!(claimed, expected);
    }
}

/// Whoever holds it now decides.
pub async fn whoever_lost_a_lease_writes_nothing(ports: Ports) {
    let scene = Scene::on(ports);
    let message = send(&scene, NOW).await;
    let (slow, later) = (scene.lease(NOW), NOW.plus(MINUTE));
    let outbox = &scene.ports.outbox;
    outbox.claim(slow, 1).await.unwrap();
    let quick = scene.lease(later);
    assert_eq!(messages(&outbox.claim(quick, 1).await.unwrap()), [&message]);
    let dead = Settlement::Dead { reply: "550 no".into() };
    assert!(!outbox.settle(message.id, slow.id, dead, later).await.unwrap(), "the lease was lost");
    let after = later.plus(MINUTE);
    let retry = Settlement::Retry { after, reply: "451 later".into() };
    assert!(outbox.settle(message.id, quick.id, retry, later).await.unwrap(), "the holder settles");
    assert_eq!(messages(&scene.claim(after).await), [&message], "what the loser wrote stands");
}

/// A second answer of the same worker changes nothing; nor does one about nothing.
pub async fn a_message_is_settled_once(ports: Ports) {
    let scene = Scene::on(ports);
    let message = send(&scene, NOW).await;
    let (lease, outbox) = (scene.lease(NOW), &scene.ports.outbox);
    outbox.claim(lease, 1).await.unwrap();
    assert!(outbox.settle(message.id, lease.id, sent(), NOW).await.unwrap());
    let again = Settlement::Retry { after: NOW, reply: "451 later".into() };
    assert!(!outbox.settle(message.id, lease.id, again, NOW).await.unwrap());
    assert_eq!(scene.claim(NOW.plus(DAY)).await, [], "it was sent");
    assert!(!outbox.settle(scene.ports.ids.fresh(), lease.id, sent(), NOW).await.unwrap());
}

/// From that instant on.
pub async fn a_retry_waits_until_its_time(ports: Ports) {
    let scene = Scene::on(ports);
    let message = send(&scene, NOW).await;
    let (lease, after) = (scene.lease(NOW), NOW.plus(HOUR));
    scene.ports.outbox.claim(lease, 1).await.unwrap();
    let retry = Settlement::Retry { after, reply: "451 later".into() };
    assert!(scene.ports.outbox.settle(message.id, lease.id, retry, NOW).await.unwrap());
    for at in [NOW, NOW.plus(MINUTE), after.minus(std::time::Duration::from_micros(1))] {
        assert_eq!(scene.claim(at).await, [], "{at:?}");
    }
    assert_eq!(messages(&scene.claim(after).await), [&message]);
}

/// Sent, dead or superseded.
pub async fn what_is_settled_for_good_is_never_claimed_again(ports: Ports) {
    let scene = Scene::on(ports);
    for settlement in [sent(), Settlement::Dead { reply: "550 no".into() }, Settlement::Superseded] {
        let message = send(&scene, NOW).await;
        let lease = scene.lease(NOW);
        scene.ports.outbox.claim(lease, 1).await.unwrap();
        assert!(scene.ports.outbox.settle(message.id, lease.id, settlement.clone(), NOW).await.unwrap());
        assert_eq!(scene.claim(NOW.plus(30 * DAY)).await, [], "{settlement:?}");
    }
}

/// From one, those included whose worker died.
pub async fn tries_are_counted(ports: Ports) {
    let scene = Scene::on(ports);
    let message = send(&scene, NOW).await;
    let mut now = NOW;
    for attempt in 1..=5 {
        let lease = scene.lease(now);
        let claimed = scene.ports.outbox.claim(lease, 1).await.unwrap();
        assert_eq!(claimed, [Claimed { message: message.clone(), attempt }]);
        now = now.plus(MINUTE);
        if attempt % 2 == 0 {
            let retry = Settlement::Retry { after: now, reply: "451 later".into() };
            assert!(scene.ports.outbox.settle(message.id, lease.id, retry, now).await.unwrap());
        }
    }
}
