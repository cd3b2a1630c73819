//! What is counted is never counted over its maximum, whoever tries at the same time.
use std::time::Duration;

use registration_domain::{
    change::Change,
    limit::{Counted, Limit, Limited},
    platform::Ports,
    port::{CommitError, Unique},
    time::{DAY, HOUR, MINUTE, Timestamp},
};

use super::scene::Scene;
use crate::stub::NOW;

promises! {
    /// Makes the promises of a ledger about limits tests.
    limit_contract, limit, Ports:
    a_limit_is_never_overspent_however_many_try,
    a_spent_limit_says_which_and_until_when,
    what_was_counted_counts_for_its_length_and_no_longer,
    no_span_of_its_length_holds_more_than_the_maximum,
    tries_in_a_row_wait_longer_each_time,
    a_count_that_is_forgiven_begins_anew,
    what_was_counted_is_read,
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
    for minutes in 0..3 {
        scene.write([limit(3).spend(&"guest", NOW.plus(minutes * MINUTE))]).await;
    }
    let refused = scene.commit([limit(3).spend(&"guest", NOW.plus(30 * MINUTE))]).await;
    assert_eq!(until(refused), NOW.plus(HOUR), "when the first one counts no more");
    let fewer = scene.commit([limit(1).spend(&"guest", NOW.plus(30 * MINUTE))]).await;
    assert_eq!(until(fewer), NOW.plus(2 * MINUTE).plus(HOUR), "when all three count no more");
}

fn until(refused: Result<(), CommitError>) -> Timestamp {
    match refused {
        Err(CommitError::Spent { what: Limited::SignIns, until }) => until,
        other => panic!("{other:?}"),
    }
}

/// And not until midnight.
pub async fn what_was_counted_counts_for_its_length_and_no_longer(ports: Ports) {
    let scene = Scene::on(ports);
    let last = NOW.plus(HOUR).minus(Duration::from_micros(1));
    assert_eq!(count_at(&scene, NOW, 3).await, 3);
    assert_eq!(count_at(&scene, last, 3).await, 0, "the last instant belongs to it");
    assert_eq!(count_at(&scene, NOW.plus(HOUR), 3).await, 3);
}

/// Wherever it begins: nobody gets twice as much by coming at the right time.
pub async fn no_span_of_its_length_holds_more_than_the_maximum(ports: Ports) {
    let (scene, mut counted) = (Scene::on(ports), Vec::new());
    for step in 0..60 {
        let at = NOW.plus(step * 7 * MINUTE);
        if scene.commit([limit(4).spend(&"guest", at)]).await.is_ok() {
            counted.push(at);
        }
    }
    for first in &counted {
        let within = counted.iter().filter(|it| *it >= first && **it < first.plus(HOUR)).count();
        assert!(within <= 4, "{within} within an hour");
    }
    assert!(counted.len() >= 24, "and whoever waits gets as many: {}", counted.len());
}

/// The longer the more there were, and what comes too soon is not counted.
pub async fn tries_in_a_row_wait_longer_each_time(ports: Ports) {
    let scene = Scene::on(ports);
    let row = Limit { what: Limited::SignInsInARow, max: 100, length: DAY };
    let spend = async |at| scene.commit([row.spend(&"guest", at)]).await;
    for _ in 0..5 {
        spend(NOW).await.expect("the first ones follow each other freely");
    }
    let mut last = NOW;
    for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
        let next = last.plus(Duration::from_secs(seconds));
        for too_soon in [last, next.minus(Duration::from_micros(1))] {
            let refused = spend(too_soon).await;
            let waits = matches!(refused, Err(CommitError::Spent { until, .. }) if until == next);
            assert!(waits, "{seconds} s: {refused:?}");
        }
        spend(next).await.expect("whoever waited may try");
        last = next;
    }
}

/// As if nothing had been counted, and only for whom it was forgiven.
pub async fn a_count_that_is_forgiven_begins_anew(ports: Ports) {
    let scene = Scene::on(ports);
    scene.write([spend("guest", 1), spend("other", 1)]).await;
    scene.write([limit(1).forgive(&"guest"), limit(1).forgive(&"nobody")]).await;
    assert_eq!(count_at(&scene, NOW, 2).await, 2);
    let other = scene.commit([spend("other", 1)]).await;
    assert!(matches!(other, Err(CommitError::Spent { .. })), "{other:?}");
}

/// For whoever is told how many tries are left.
pub async fn what_was_counted_is_read(ports: Ports) {
    let scene = Scene::on(ports);
    let (tally, later) = (limit(9).tally(&"guest"), NOW.plus(MINUTE));
    let read = async || scene.moment().await.counted(&tally).await.unwrap();
    assert_eq!(read().await, Counted::default());
    scene.write([limit(9).spend(&"guest", later), limit(9).spend(&"guest", NOW)]).await;
    assert_eq!(read().await.instants(), [NOW, later]);
    assert_eq!(read().await.number(HOUR, NOW.plus(HOUR)), 1);
    scene.write([limit(9).refund(&"guest", NOW)]).await;
    assert_eq!(read().await.instants(), [later]);
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

/// One that was counted then is taken back.
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
