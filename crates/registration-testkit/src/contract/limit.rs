//! What is counted is never counted over its maximum, whoever tries at the same time.
use registration_domain::{
    change::Change,
    limit::{Limit, Limited},
    platform::Ports,
    port::{CommitError, Unique},
    time::{HOUR, Timestamp},
};

use super::scene::Scene;
use crate::stub::NOW;

promises! {
    /// Makes the promises of a ledger about limits tests.
    limit_contract, limit, Ports:
    a_limit_is_never_overspent_however_many_try,
    a_spent_limit_says_which_and_until_when,
    each_window_counts_anew,
    each_subject_and_each_limit_counts_alone,
    a_refund_makes_room_for_one,
    a_refund_of_nothing_makes_no_room,
    a_limit_of_none_lets_nothing_through,
    a_refused_commit_spends_nothing,
}

fn limit(max: u32) -> Limit {
    Limit { what: Limited::SignIns, max, length: HOUR }
}
pub(super) fn spend(subject: &str, max: u32) -> Change {
    limit(max).spend(&subject, NOW)
}
async fn count_at(scene: &Scene, at: Timestamp, max: u32) -> u32 {
    let mut counted = 0;
    while scene.commit([limit(max).spend(&"guest", at)]).await.is_ok() {
        counted += 1;
        assert!(counted <= max, "more than {max} were counted");
    }
    counted
}

/// Fifty tries at once for five.
pub async fn a_limit_is_never_overspent_however_many_try(ports: Ports) {
    let scene = Scene::on(ports);
    let tries = (0..50).map(|_| {
        let scene = scene.clone();
        tokio::spawn(async move { scene.commit([spend("guest", 5)]).await })
    });
    let mut allowed = 0;
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            Ok(()) => allowed += 1,
            refused => assert!(matches!(refused, Err(CommitError::Spent { .. })), "{refused:?}"),
        }
    }
    assert_eq!(allowed, 5);
}

/// For whoever was refused must know when to come again.
pub async fn a_spent_limit_says_which_and_until_when(ports: Ports) {
    let scene = Scene::on(ports);
    scene.write([spend("guest", 1)]).await;
    let closes = NOW.window(HOUR).plus(HOUR);
    let refused = scene.commit([spend("guest", 1)]).await;
    let told =
        matches!(refused, Err(CommitError::Spent { what: Limited::SignIns, until }) if until == closes);
    assert!(told, "{refused:?}");
}

/// A window that is over counts for nothing, and one that comes does not count yet.
pub async fn each_window_counts_anew(ports: Ports) {
    let scene = Scene::on(ports);
    let opens = NOW.window(HOUR);
    let last = opens.plus(HOUR).minus(std::time::Duration::from_micros(1));
    assert_eq!(count_at(&scene, opens, 3).await, 3);
    assert_eq!(count_at(&scene, last, 3).await, 0, "the last instant of a window belongs to it");
    assert_eq!(count_at(&scene, opens.plus(HOUR), 3).await, 3);
    assert_eq!(count_at(&scene, opens.minus(HOUR), 3).await, 3);
}

/// What one did, another does not pay for.
pub async fn each_subject_and_each_limit_counts_alone(ports: Ports) {
    let scene = Scene::on(ports);
    for what in Limited::ALL {
        for subject in ["ada", "ben", "Ada"] {
            let spend = Limit { what, ..limit(1) }.spend(&subject, NOW);
            scene.commit([spend]).await.unwrap_or_else(|why| panic!("{what:?} of {subject}: {why}"));
        }
    }
}

/// One that was counted is taken back.
pub async fn a_refund_makes_room_for_one(ports: Ports) {
    let scene = Scene::on(ports);
    assert_eq!(count_at(&scene, NOW, 3).await, 3);
    scene.write([limit(3).refund(&"guest", NOW)]).await;
    assert_eq!(count_at(&scene, NOW, 3).await, 1);
}

/// Nobody saves up for later.
pub async fn a_refund_of_nothing_makes_no_room(ports: Ports) {
    let scene = Scene::on(ports);
    for _ in 0..3 {
        scene.commit([limit(2).refund(&"guest", NOW)]).await.expect("there is nothing to refuse");
    }
    assert_eq!(count_at(&scene, NOW, 2).await, 2);
}

/// A maximum of zero is spent from the start.
pub async fn a_limit_of_none_lets_nothing_through(ports: Ports) {
    assert_eq!(count_at(&Scene::on(ports), NOW, 0).await, 0);
}

/// Whatever refused it, and though the count came first.
pub async fn a_refused_commit_spends_nothing(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let taken = scene.account(founded.account.parts().email.as_str(), &scene.word());
    let refused = scene.commit([spend("guest", 1), Change::AddAccount(taken)]).await;
    assert!(matches!(refused, Err(CommitError::Taken(Unique::Email))), "{refused:?}");
    assert_eq!(count_at(&scene, NOW, 1).await, 1);
}
