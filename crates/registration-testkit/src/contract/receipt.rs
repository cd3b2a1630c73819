//! A request that is sent twice is done once, for a day.
use std::time::Duration;

use registration_domain::{
    change::Change,
    platform::Ports,
    port::CommitError,
    receipt::{Digest, KEPT, Once, Outcome, Receipt, Repeat, Scope},
    time::Timestamp,
};

use super::scene::{Scene, fingerprint};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a ledger about receipts tests.
    receipt_contract, receipt, Ports:
    a_repeat_is_told_the_first_outcome_and_writes_nothing,
    another_request_with_the_same_key_is_told_so,
    a_repeat_is_recognized_before_anything_else_refuses_it,
    keys_of_another_scope_are_other_keys,
    racing_repeats_are_done_once_and_told_one_outcome,
    a_key_is_kept_for_a_day_and_then_free,
    every_outcome_is_kept_as_it_was,
}

pub(super) fn receipt(key: &str, at: Timestamp) -> Receipt {
    let once =
        Once { scope: Scope(fingerprint("scope")), key: key.into(), fingerprint: fingerprint("request") };
    Receipt { once, outcome: Outcome::Done, at }
}
fn of_request(receipt: Receipt, request: Digest) -> Receipt {
    Receipt { once: Once { fingerprint: request, ..receipt.once.clone() }, ..receipt }
}

/// With the same key and the same request.
pub async fn a_repeat_is_told_the_first_outcome_and_writes_nothing(ports: Ports) {
    let scene = Scene::on(ports);
    let (first, second) = (scene.somebody(), scene.somebody());
    let outcome = Outcome::SignedIn { session: scene.ports.ids.fresh() };
    let told = Receipt { outcome, ..receipt("key", NOW) };
    scene.write([Change::Receipt(told.clone()), Change::AddAccount(first)]).await;
    let later = receipt("key", NOW.plus(Duration::from_secs(1)));
    let repeat = scene.commit([Change::Receipt(later), Change::AddAccount(second.clone())]).await;
    let is_told = matches!(repeat, Err(CommitError::Repeated(Repeat::Done(it))) if it == outcome);
    assert!(is_told, "{repeat:?}");
    let moment = scene.moment().await;
    assert_eq!(moment.account(second.id()).await.unwrap(), None, "the repeat was done");
    assert_eq!(moment.receipt(told.once.scope, "key").await.unwrap(), Some(told), "the first receipt moved");
}

/// For the caller made a mistake, and neither outcome is theirs.
pub async fn another_request_with_the_same_key_is_told_so(ports: Ports) {
    let scene = Scene::on(ports);
    scene.write([Change::Receipt(receipt("key", NOW))]).await;
    let other = of_request(receipt("key", NOW), fingerprint("another request"));
    let refused = scene.commit([Change::Receipt(other)]).await;
    assert!(matches!(refused, Err(CommitError::Repeated(Repeat::KeyReused))), "{refused:?}");
}

/// A repeat would be refused by what its first did, if the receipt did not lead.
pub async fn a_repeat_is_recognized_before_anything_else_refuses_it(ports: Ports) {
    let scene = Scene::on(ports);
    let changes = [
        Change::Receipt(receipt("key", NOW)),
        super::limit::spend("guest", 1),
        Change::AddAccount(scene.somebody()),
    ];
    scene.write(changes.clone()).await;
    let repeat = scene.commit(changes).await;
    assert!(matches!(repeat, Err(CommitError::Repeated(Repeat::Done(Outcome::Done)))), "{repeat:?}");
}

/// Two callers may use the same key, and one caller upper and lower case.
pub async fn keys_of_another_scope_are_other_keys(ports: Ports) {
    let scene = Scene::on(ports);
    let mine = receipt("key", NOW);
    let theirs = Once { scope: Scope(fingerprint("another scope")), ..mine.once.clone() };
    for it in [Receipt { once: theirs, ..mine.clone() }, receipt("KEY", NOW), receipt("key ", NOW), mine] {
        let key = it.once.key.clone();
        scene.commit([Change::Receipt(it)]).await.unwrap_or_else(|why| panic!("{key:?}: {why}"));
    }
}

/// Ten at once: one is done, and nine are told what came of it.
pub async fn racing_repeats_are_done_once_and_told_one_outcome(ports: Ports) {
    let scene = Scene::on(ports);
    for round in 0..5 {
        let tries = (0..10).map(|_| {
            let outcome = Outcome::SignedIn { session: scene.ports.ids.fresh() };
            let told = Receipt { outcome, ..receipt(&format!("key {round}"), NOW) };
            let scene = scene.clone();
            tokio::spawn(async move { (outcome, scene.commit([Change::Receipt(told)]).await) })
        });
        let (mut done, mut told) = (Vec::new(), Vec::new());
        for one in tries.collect::<Vec<_>>() {
            match one.await.unwrap() {
                (outcome, Ok(())) => done.push(outcome),
                (_, Err(CommitError::Repeated(Repeat::Done(outcome)))) => told.push(outcome),
                // Whoever lost the race decides anew, and reads the receipt then.
                (_, Err(CommitError::Conflict)) => {}
                (_, other) => panic!("round {round}: {other:?}"),
            }
        }
        assert_eq!(done.len(), 1, "round {round}");
        assert!(told.iter().all(|it| *it == done[0]), "round {round}: {told:?} is not {done:?}");
    }
}

/// To the microsecond.
pub async fn a_key_is_kept_for_a_day_and_then_free(ports: Ports) {
    let scene = Scene::on(ports);
    scene.write([Change::Receipt(receipt("key", NOW))]).await;
    let at = |at| scene.commit([Change::Receipt(of_request(receipt("key", at), fingerprint("new")))]);
    let kept = at(NOW.plus(KEPT).minus(Duration::from_micros(1))).await;
    assert!(matches!(kept, Err(CommitError::Repeated(Repeat::KeyReused))), "within the day: {kept:?}");
    at(NOW.plus(KEPT)).await.expect("after a day the key is free");
    let stored = scene.moment().await.receipt(Scope(fingerprint("scope")), "key").await.unwrap();
    assert_eq!(
        stored.map(|it| it.at),
        Some(NOW.plus(KEPT)),
        "the new receipt takes the place of the old one"
    );
}

/// Each kind, with all its ids.
pub async fn every_outcome_is_kept_as_it_was(ports: Ports) {
    let scene = Scene::on(ports);
    let ids = &scene.ports.ids;
    for (number, outcome) in [
        Outcome::SetUp { account: ids.fresh(), organization: ids.fresh(), session: ids.fresh() },
        Outcome::SignedIn { session: ids.fresh() },
        Outcome::Founded { organization: ids.fresh(), membership: ids.fresh() },
        Outcome::Invitation { invitation: ids.fresh() },
        Outcome::Registered { account: ids.fresh(), membership: ids.fresh(), session: ids.fresh() },
        Outcome::Joined { membership: ids.fresh() },
        Outcome::HandedOver { from: ids.fresh(), to: ids.fresh() },
        Outcome::EmailDomain { domain: ids.fresh() },
        Outcome::Done,
    ]
    .into_iter()
    .enumerate()
    {
        let key = format!("key {number}");
        let told = Receipt { outcome, ..receipt(&key, NOW.plus(Duration::from_micros(123_457))) };
        scene.write([Change::Receipt(told.clone())]).await;
        let stored = scene.moment().await.receipt(told.once.scope, &key).await.unwrap();
        assert_eq!(stored, Some(told));
    }
}
