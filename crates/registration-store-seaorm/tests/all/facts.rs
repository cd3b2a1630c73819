//! What is true of the whole platform is the same for all who share its database.
use crate::place::{Place, on_both};

on_both!(
    the_first_keyring_stays,
    the_clock_of_a_development_server_is_one_for_all,
    of_many_keyrings_one_is_first,
);

async fn the_first_keyring_stays(place: Place) {
    let (store, other) = (place.open().await, place.open().await);
    assert_eq!(store.keyring_fingerprint().await.unwrap(), None);
    assert_eq!(store.set_keyring_fingerprint("first").await.unwrap(), "first");
    assert_eq!(other.set_keyring_fingerprint("second").await.unwrap(), "first");
    assert_eq!(other.keyring_fingerprint().await.unwrap().as_deref(), Some("first"));
}

async fn of_many_keyrings_one_is_first(place: Place) {
    let mut setting = Vec::new();
    for number in 0..4 {
        let store = place.open().await;
        let mine = number.to_string();
        setting.push(tokio::spawn(async move { store.set_keyring_fingerprint(&mine).await.unwrap() }));
    }
    let holds = place.open().await;
    for answer in setting {
        let answer = answer.await.unwrap();
        assert_eq!(holds.keyring_fingerprint().await.unwrap(), Some(answer));
    }
}

async fn the_clock_of_a_development_server_is_one_for_all(place: Place) {
    let (store, other) = (place.open().await, place.open().await);
    assert_eq!(store.dev_clock_offset().await.unwrap(), 0);
    let (ours, theirs) = tokio::join!(store.advance_dev_clock(60), other.advance_dev_clock(5));
    assert_eq!(ours.unwrap().max(theirs.unwrap()), 65);
    assert_eq!(other.dev_clock_offset().await.unwrap(), 65);
}
