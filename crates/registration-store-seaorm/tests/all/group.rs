//! Writes that are committed together are as if each had been committed alone, one after the other.
use registration_domain::{
    change::{Change, ChangeSet},
    port::{CommitError, Ledger, PortError, Reads, Unique},
    revision::Generation,
};
use registration_testkit::stub::NOW;
use sea_orm::{ConnectionTrait, TransactionTrait};

use crate::{
    place::Place,
    scene::{Scene, account},
};

/// While another process holds the file, everything that is written here waits and becomes one batch.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_write_leaves_the_others_of_its_batch_alone() {
    let place = Place::on_sqlite().await;
    let scene = Scene::on(place.open().await).await;
    let invitation = scene.invitation("guest@example.org", NOW);
    scene.write([Change::AddInvitation(invitation.clone())]).await;

    let raw = place.raw().await;
    let elsewhere = raw.begin().await.unwrap();
    elsewhere.execute_unprepared("UPDATE account SET created_at = created_at").await.unwrap();
    let mut waiting = Vec::new();
    for number in 0..30 {
        let username = format!("guest{number}");
        // Every third one wants an address that is taken, after a row that must go with it.
        let email =
            if number % 3 == 0 { "owner@example.org".into() } else { format!("{username}@example.org") };
        let event = Change::Send(scene.mail(&invitation));
        let it = Change::AddAccount(account(scene.id(), &email, &username, "Gast", "Guest"));
        let act = scene.act();
        let scene = scene.clone();
        let changes = ChangeSet::new().with(event).with(it);
        waiting.push((act, tokio::spawn(async move { scene.store.commit(act, changes).await })));
    }
    // Nobody is told anything before the commit.
    assert!(waiting.iter().all(|(_, it)| !it.is_finished()));
    elsewhere.commit().await.unwrap();

    let mut written = 0;
    for (number, (act, answer)) in waiting.into_iter().enumerate() {
        let answer = answer.await.unwrap();
        let moment = scene.store.moment().await.unwrap();
        if number % 3 == 0 {
            assert!(matches!(answer, Err(CommitError::Taken(Unique::Email))), "{number}: {answer:?}");
        } else {
            answer.unwrap();
            written += 1;
        }
        assert_eq!(moment.was_committed(act.id).await.unwrap(), number % 3 != 0);
    }
    let lease = registration_domain::port::Lease { id: scene.id(), at: NOW, until: NOW };
    let sent = registration_domain::port::Outbox::claim(&*scene.store, lease, 100).await.unwrap();
    assert_eq!(sent.len(), written, "a refused write leaves nothing behind");
}

/// In one batch the second sees what the first one wrote.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_in_one_batch_that_want_the_same_row_the_first_gets_it() {
    let place = Place::on_sqlite().await;
    let scene = Scene::on(place.open().await).await;
    let invitation = scene.invitation("guest@example.org", NOW);
    scene.write([Change::AddInvitation(invitation.clone())]).await;
    let accept = || {
        let it = invitation.clone().acceptable(Generation::FIRST, NOW).unwrap().accept(scene.owner.id(), NOW);
        scene.commit([Change::UpdateInvitation(it)])
    };
    let raw = place.raw().await;
    let elsewhere = raw.begin().await.unwrap();
    elsewhere.execute_unprepared("UPDATE account SET created_at = created_at").await.unwrap();
    // It begins when all three wait.
    let release = async { elsewhere.commit().await.unwrap() };
    let (first, second, third, ()) = tokio::join!(accept(), accept(), accept(), release);
    first.unwrap();
    assert!(matches!(second, Err(CommitError::Conflict)), "{second:?}");
    assert!(matches!(third, Err(CommitError::Conflict)), "{third:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_no_more_takes_nobody_with_them() {
    let place = Place::on_sqlite().await;
    let scene = Scene::on(place.open().await).await;
    let raw = place.raw().await;
    let elsewhere = raw.begin().await.unwrap();
    elsewhere.execute_unprepared("UPDATE account SET created_at = created_at").await.unwrap();
    let mut waiting = Vec::new();
    for number in 0..20 {
        let scene = scene.clone();
        let (_, changes) = scene.joining_nobody();
        let task = tokio::spawn(async move { scene.commit(changes).await });
        if number % 2 == 0 { task.abort() } else { waiting.push(task) }
    }
    elsewhere.commit().await.unwrap();
    for answer in waiting {
        answer.await.unwrap().unwrap();
    }
    scene.write(scene.joining_nobody().1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_store_writes_nothing_and_says_so() {
    let place = Place::on_sqlite().await;
    let scene = Scene::on(place.open().await).await;
    scene.store.close().await.unwrap();
    let refused = scene.commit(scene.joining_nobody().1).await;
    assert!(matches!(refused, Err(CommitError::Port(PortError::Unavailable(_)))), "{refused:?}");
    assert!(scene.store.moment().await.is_err());
}
