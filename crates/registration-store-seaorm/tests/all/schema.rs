//! The schema is made once, however many start together, and a server knows when it is too old for it.
use std::{fs, os::unix::fs::PermissionsExt};

use registration_domain::port::Reads;
use registration_store_seaorm::{SchemaState, SeaOrmStore, StoreError, StoreSettings};

use crate::place::{Place, on_both};

on_both!(a_schema_of_a_later_release_is_newer, a_migrated_schema_is_up_to_date_and_stays_so);

async fn a_migrated_schema_is_up_to_date_and_stays_so(place: Place) {
    let store = place.open().await;
    assert_eq!(store.schema_state().await.unwrap(), SchemaState::UpToDate);
    store.migrate().await.unwrap();
    assert_eq!(store.schema_state().await.unwrap(), SchemaState::UpToDate);
    store.ping().await.unwrap();
}

async fn a_schema_of_a_later_release_is_newer(place: Place) {
    place.run("INSERT INTO seaql_migrations (version, applied_at) VALUES ('9999_later', 0)").await;
    assert_eq!(place.open().await.schema_state().await.unwrap(), SchemaState::Newer);
}

/// Each as a process of its own would: with its own pools.
async fn three_start_together(place: Place) {
    let before = place.open().await.schema_state().await.unwrap();
    assert!(matches!(before, SchemaState::Behind(1..)), "{before:?}");
    let stores = [place.open().await, place.open().await, place.open().await];
    let starting = stores.map(|store| {
        tokio::spawn(async move {
            store.migrate().await.unwrap();
            store.schema_state().await.unwrap()
        })
    });
    for started in starting {
        assert_eq!(started.await.unwrap(), SchemaState::UpToDate);
    }
    assert!(place.open().await.moment().await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn three_that_start_together_make_one_schema_on_sqlite() {
    three_start_together(Place::new_on_sqlite()).await;
}

/// SQLite makes nobody wait for the change of a file's journal, and the file is new for all of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn all_who_open_a_new_file_together_get_it() {
    for _ in 0..20 {
        let place = Place::new_on_sqlite();
        let opening = (0..8).map(|_| {
            let settings = place.settings.clone();
            tokio::spawn(async move { SeaOrmStore::open(&settings).await.map(|_| ()) })
        });
        for opened in opening.collect::<Vec<_>>() {
            opened.await.unwrap().unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn three_that_start_together_make_one_schema_on_postgres() {
    three_start_together(Place::new_on_postgres().await).await;
}

/// Whatever this process makes of the modes of its files otherwise.
#[tokio::test(flavor = "multi_thread")]
async fn what_sqlite_makes_is_for_its_owner_only() {
    let place = Place::new_on_sqlite();
    let store = place.open().await;
    store.migrate().await.unwrap();
    let path = place.settings.url.strip_prefix("sqlite:").unwrap();
    for beside in ["", "-wal", "-shm"] {
        let mode = fs::metadata(format!("{path}{beside}")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{path}{beside}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_there_keeps_its_mode() {
    let place = Place::new_on_sqlite();
    let path = place.settings.url.strip_prefix("sqlite:").unwrap();
    fs::write(path, []).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
    place.open().await.migrate().await.unwrap();
    assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[tokio::test]
async fn another_kind_of_database_is_refused() {
    for url in ["mysql://root@localhost/x", "registration.db", ""] {
        let opened = SeaOrmStore::open(&StoreSettings::of(url)).await;
        assert!(matches!(opened, Err(StoreError::UnknownDatabase)), "{url}: {opened:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_without_a_schema_says_so_and_does_not_make_one() {
    let place = Place::new_on_sqlite();
    let store = place.open().await;
    assert!(store.moment().await.is_err());
    assert!(matches!(store.schema_state().await.unwrap(), SchemaState::Behind(_)));
}
