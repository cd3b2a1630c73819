//! Whoever is told that nothing was written can rely on it; where that is not known, nobody guesses.
use registration_domain::port::{CommitError, PortError, Reads};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};

use crate::{place::Place, scene::Scene};

/// A row that refers to nothing is found out at the commit, not before.
const FAIL_AT_COMMIT: &str = "
    CREATE TABLE broken (account BLOB REFERENCES account (id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER break_it AFTER INSERT ON account WHEN NEW.username = 'break.it'
        BEGIN INSERT INTO broken VALUES (x'00'); END";
/// As a full disk does: all that was not committed is gone, whatever savepoint it lies behind.
const FAIL_AT_ONCE: &str = "
    CREATE TRIGGER break_it AFTER INSERT ON account WHEN NEW.username = 'break.it'
        BEGIN SELECT RAISE(ROLLBACK, 'the disk is full'); END";

async fn fails_on_sqlite(how: &str) -> (Place, Scene, CommitError) {
    let place = Place::on_sqlite().await;
    let scene = Scene::on(place.open().await).await;
    place.run(how).await;
    let (act, change) = (scene.act(), scene.adding("break.it"));
    let failed =
        registration_domain::port::Ledger::commit(&*scene.store, act, [change].into_iter().collect()).await;
    assert!(!scene.store.moment().await.unwrap().was_committed(act.id).await.unwrap());
    (place, scene, failed.unwrap_err())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_fails_on_sqlite_is_unknown_and_the_next_one_is_written() {
    let (_place, scene, failed) = fails_on_sqlite(FAIL_AT_COMMIT).await;
    assert!(matches!(failed, CommitError::Unknown(_)), "{failed:?}");
    scene.write([scene.adding("ana")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_sqlite_ends_by_itself_wrote_nothing_and_the_next_one_is_written() {
    let (place, scene, failed) = fails_on_sqlite(FAIL_AT_ONCE).await;
    assert!(matches!(failed, CommitError::Port(PortError::Unavailable(_))), "{failed:?}");
    for number in 0..3 {
        scene.write([scene.adding(&format!("ana{number}"))]).await;
    }
    // It is a transaction of its own again, which a second process sees, and not the rest of a broken one.
    let other = scene.through(place.open().await);
    other.write([other.adding("ben")]).await;
    scene.write([scene.adding("eva")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_lost_before_the_commit_wrote_nothing() {
    let place = Place::on_postgres().await;
    let scene = Scene::on(place.open().await).await;
    let raw = place.raw().await;
    let held = raw.begin().await.unwrap();
    held.execute_unprepared("LOCK TABLE account IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let (failed, ()) = tokio::join!(scene.commit([scene.adding("ana")]), end_whoever_waits(&place));
    assert!(matches!(failed, Err(CommitError::Port(PortError::Unavailable(_)))), "{failed:?}");
    held.rollback().await.unwrap();
    scene.write([scene.adding("ana")]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_lost_during_the_commit_leaves_it_unknown() {
    let place = Place::on_postgres().await;
    let scene = Scene::on(place.open().await).await;
    place
        .run(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_advisory_xact_lock(1); RETURN NULL; END $$;
             CREATE CONSTRAINT TRIGGER wait AFTER INSERT ON account DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION wait()",
        )
        .await;
    let raw = place.raw().await;
    let held = raw.begin().await.unwrap();
    held.execute_unprepared("SELECT pg_advisory_xact_lock(1)").await.unwrap();
    let (failed, ()) = tokio::join!(scene.commit([scene.adding("ana")]), end_whoever_waits(&place));
    assert!(matches!(failed, Err(CommitError::Unknown(_))), "{failed:?}");
    held.rollback().await.unwrap();
    scene.write([scene.adding("ana")]).await;
}

/// Ends the connection that waits for a lock of this database, as soon as there is one.
async fn end_whoever_waits(place: &Place) {
    const END: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let raw: DatabaseConnection = place.raw().await;
    loop {
        let ended = raw.query_all_raw(Statement::from_string(DbBackend::Postgres, END)).await.unwrap();
        if !ended.is_empty() {
            return;
        }
    }
}
