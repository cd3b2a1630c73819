//! An account closes only where nothing is left of it, and nothing begins of one that is closed.
use std::time::Duration;

use registration_domain::{
    account::{Account, AccountParts, AccountState},
    change::{Change, Expectation},
    platform::Ports,
    port::CommitError,
    time::Timestamp,
};

use super::{
    join_request::request_of,
    scene::{Joined, Scene, removed},
};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a store about accounts that close tests.
    closing_contract, closing, Ports:
    another_administrator_is_an_active_one_and_not_oneself,
    whoever_belongs_somewhere_is_not_unattached,
    whoever_waits_somewhere_is_not_unattached,
    nobody_who_is_gone_comes_in_or_asks_to,
    closing_against_a_beginning_has_one_winner,
}

fn unattached(of: &Account, at: Timestamp) -> Change {
    Change::Expect(Expectation::Unattached(of.id(), at))
}
fn is_conflict(result: &Result<(), CommitError>) -> bool {
    matches!(result, Err(CommitError::Conflict))
}

/// Suspended and closed ones do not count.
pub async fn another_administrator_is_an_active_one_and_not_oneself(ports: Ports) {
    let scene = Scene::on(ports);
    let (one, plain) = (scene.somebody().as_administrator(), scene.somebody());
    scene.write([one.clone(), plain].map(Change::AddAccount)).await;
    let (by, at) = (one.id(), NOW);
    for state in [AccountState::Suspended { at, by, reason: None }, AccountState::Closed { at }] {
        let it = scene.somebody().as_administrator().into_parts();
        scene.write([Change::AddAccount(Account::from_parts(AccountParts { state, ..it }))]).await;
    }
    assert_eq!(scene.moment().await.another_administrator(one.id()).await.unwrap(), None);
    let other = scene.somebody().as_administrator();
    scene.write([Change::AddAccount(other.clone())]).await;
    let moment = scene.moment().await;
    assert_eq!(moment.another_administrator(one.id()).await.unwrap(), Some(other.clone()));
    assert_eq!(moment.another_administrator(other.id()).await.unwrap(), Some(one));
}

/// Until the membership ends, in the same commit or before.
pub async fn whoever_belongs_somewhere_is_not_unattached(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let Joined { account, membership, .. } = scene.joined(&founded).await;
    let refused = scene.commit([unattached(&account, NOW)]).await;
    assert!(is_conflict(&refused), "{refused:?}");
    let ended = Change::UpdateMembership(removed(membership, &account));
    scene.write([ended, unattached(&account, NOW)]).await;
    scene.write([unattached(&account, NOW)]).await;
}

/// Until the very instant at which the request expires.
pub async fn whoever_waits_somewhere_is_not_unattached(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let account = scene.somebody();
    let request = request_of(&scene, &founded, account.id(), NOW);
    let (last, over) =
        (request.parts().expires_at.minus(Duration::from_micros(1)), request.parts().expires_at);
    scene.write([Change::AddAccount(account.clone()), Change::AddJoinRequest(request.clone())]).await;
    let refused = scene.commit([unattached(&account, last)]).await;
    assert!(is_conflict(&refused), "{refused:?}");
    scene.write([unattached(&account, over)]).await;
    let withdrawn = request.open(NOW).expect("it waits").withdraw(NOW);
    scene.write([Change::UpdateJoinRequest(withdrawn), unattached(&account, NOW)]).await;
}

/// Whatever was decided before they went.
pub async fn nobody_who_is_gone_comes_in_or_asks_to(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let Joined { account, membership, .. } = scene.joining(&founded, scene.somebody(), NOW);
    scene.write([Change::AddAccount(account.clone())]).await;
    scene.write([Change::UpdateAccount(account.clone().close(NOW))]).await;
    let request = request_of(&scene, &founded, account.id(), NOW);
    for beginning in [Change::AddMembership(membership), Change::AddJoinRequest(request)] {
        let refused = scene.commit([beginning]).await;
        assert!(is_conflict(&refused), "{refused:?}");
    }
}

/// Whatever the other one saw.
pub async fn closing_against_a_beginning_has_one_winner(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for round in 0..10 {
        let Joined { account, membership, .. } = scene.joining(&founded, scene.somebody(), NOW);
        scene.write([Change::AddAccount(account.clone())]).await;
        let request = request_of(&scene, &founded, account.id(), NOW);
        let closing = vec![unattached(&account, NOW), Change::UpdateAccount(account.clone().close(NOW))];
        let begins =
            if round % 2 == 0 { Change::AddMembership(membership) } else { Change::AddJoinRequest(request) };
        let tries = [closing, vec![begins]].map(|changes| {
            let scene = scene.clone();
            tokio::spawn(async move { scene.commit(changes).await })
        });
        let mut won = 0;
        for one in tries {
            let result = one.await.unwrap();
            assert!(result.is_ok() || is_conflict(&result), "round {round}: {result:?}");
            won += u32::from(result.is_ok());
        }
        assert_eq!(won, 1, "round {round}");
    }
}
