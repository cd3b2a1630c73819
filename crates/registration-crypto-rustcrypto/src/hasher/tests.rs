//! Hashing is of one password, at a bearable cost, and by as many at a time as there is room for.

use std::{
    sync::mpsc,
    task::{Context, Poll, Waker},
};

use super::*;

fn tiny() -> HashingSettings {
    HashingSettings { cost: HashingCost { memory_kib: 8, passes: 1, lanes: 1 }, threads: 1, waiting: 1 }
}

fn hasher(settings: HashingSettings) -> Argon2Hasher {
    Argon2Hasher::new(settings).unwrap()
}

fn password(text: &str) -> Password {
    Password::attempt(text).unwrap()
}

#[tokio::test]
async fn a_hash_is_of_its_password_only() {
    let hasher = hasher(tiny());
    let hash = hasher.hash(&password("Crème-brûlée-1")).await.unwrap();
    assert!(hasher.verify(&password("Crème-brûlée-1"), Some(&hash)).await.unwrap());
    assert!(!hasher.verify(&password("Crème-brûlée-2"), Some(&hash)).await.unwrap());
}

#[tokio::test]
async fn each_hash_has_its_own_salt_and_names_its_cost() {
    let hasher = hasher(tiny());
    let one = hasher.hash(&password("the same")).await.unwrap();
    let other = hasher.hash(&password("the same")).await.unwrap();
    assert_ne!(one.as_phc(), other.as_phc());
    assert!(one.as_phc().starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{}", one.as_phc());
}

#[tokio::test]
async fn a_hash_is_verified_at_its_own_cost() {
    let dearer = HashingSettings { cost: HashingCost { memory_kib: 64, passes: 3, lanes: 2 }, ..tiny() };
    let hash = hasher(dearer).hash(&password("moved")).await.unwrap();
    assert!(hasher(tiny()).verify(&password("moved"), Some(&hash)).await.unwrap());
}

#[tokio::test]
async fn nobodys_password_is_never_right() {
    assert!(!hasher(tiny()).verify(&password("x"), None).await.unwrap());
}

#[test]
fn nobodys_hash_costs_what_a_new_one_costs() {
    let nobodys = hasher(tiny()).nobodys.to_string();
    assert!(nobodys.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{nobodys}");
}

#[tokio::test]
async fn a_verification_without_a_hash_takes_a_place_and_does_the_work() {
    let hasher = hasher(HashingSettings { waiting: 0, ..tiny() });
    let _occupied = hasher.queue.enter().await.unwrap();
    assert!(matches!(hasher.verify(&password("x"), None).await, Err(PortError::Overloaded)));
}

#[tokio::test]
async fn a_hash_that_cannot_be_borne_is_corrupt() {
    let hasher = hasher(tiny());
    let hash = hasher.hash(&password("x")).await.unwrap();
    for (of, made) in [
        ("m=8,", "m=4294967295,"),
        ("t=1,", "t=4000000,"),
        ("p=1$", "p=10000$"),
        ("m=8,", "m=1,"),
        ("argon2id", "argon2i"),
        ("v=19", "v=16"),
        ("$v=19", ""),
        ("$argon2id", ""),
    ] {
        let made = PasswordHash::from_phc(hash.as_phc().replace(of, made));
        let verified = hasher.verify(&password("x"), Some(&made)).await;
        assert!(matches!(verified, Err(PortError::Corrupt { .. })), "{}: {verified:?}", made.as_phc());
    }
    for text in ["", "hunter2", "$argon2id$v=19$m=8,t=1,p=1", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ"] {
        let verified = hasher.verify(&password("x"), Some(&PasswordHash::from_phc(text.into()))).await;
        assert!(matches!(verified, Err(PortError::Corrupt { .. })), "{text}: {verified:?}");
    }
}

#[test]
fn a_cost_that_cannot_be_borne_is_refused() {
    let cost = tiny().cost;
    for (cost, why) in [
        (HashingCost { memory_kib: 7, ..cost }, UnusableCost::Refused),
        (HashingCost { passes: 0, ..cost }, UnusableCost::Refused),
        (HashingCost { lanes: 0, ..cost }, UnusableCost::Refused),
        (HashingCost { memory_kib: 1 << 20, ..cost }, UnusableCost::TooHigh),
        (HashingCost { passes: 17, ..cost }, UnusableCost::TooHigh),
        (HashingCost { lanes: 17, ..cost }, UnusableCost::TooHigh),
    ] {
        assert_eq!(Argon2Hasher::new(HashingSettings { cost, ..tiny() }).err(), Some(why), "{cost:?}");
    }
}

#[tokio::test]
async fn one_works_one_waits_and_the_third_is_sent_away() {
    let hasher = hasher(tiny());
    let (hold, held) = mpsc::channel::<()>();
    let mut working = Box::pin(hasher.on_a_thread(move |_| held.recv()));
    let mut waiting = Box::pin(hasher.on_a_thread(|_| ()));
    let mut idle = Context::from_waker(Waker::noop());
    assert!(matches!(working.as_mut().poll(&mut idle), Poll::Pending));
    assert!(matches!(waiting.as_mut().poll(&mut idle), Poll::Pending));
    assert!(matches!(hasher.hash(&password("x")).await, Err(PortError::Overloaded)));
    drop(hold);
    assert!(working.await.is_ok());
    assert!(waiting.await.is_ok());
    assert!(hasher.hash(&password("x")).await.is_ok(), "places are given back");
}

#[tokio::test]
async fn work_that_nobody_waits_for_any_more_keeps_its_place_until_it_is_done() {
    let hasher = hasher(HashingSettings { waiting: 0, ..tiny() });
    let (hold, held) = mpsc::channel::<()>();
    let mut abandoned = Box::pin(hasher.on_a_thread(move |_| held.recv()));
    assert!(matches!(abandoned.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Pending));
    drop(abandoned);
    assert!(matches!(hasher.hash(&password("x")).await, Err(PortError::Overloaded)));
    drop(hold);
    let place = Arc::clone(&hasher.queue.inside).acquire_owned().await;
    assert!(place.is_ok(), "it is given back when the work is done");
}

#[tokio::test]
async fn a_panic_is_told_and_the_thread_goes_on() {
    let hasher = hasher(tiny());
    let panicked = hasher.on_a_thread(|_| -> () { panic!("on purpose") }).await;
    assert!(matches!(panicked, Err(PortError::Unavailable(_))));
    assert!(hasher.hash(&password("x")).await.is_ok());
}

#[tokio::test]
async fn the_same_threads_hash_again_and_again() {
    let hasher = hasher(HashingSettings { threads: 2, ..tiny() });
    let mut names = std::collections::BTreeSet::new();
    for _ in 0..50 {
        let name = hasher.on_a_thread(|_| std::thread::current().name().map(str::to_owned)).await;
        names.extend(name.unwrap());
    }
    assert!(names.len() <= 2, "{names:?}");
}

#[test]
fn the_default_is_what_owasp_asks_for() {
    let HashingSettings { cost, threads, waiting } = HashingSettings::default();
    assert_eq!((cost.memory_kib, cost.passes, cost.lanes), (19_456, 2, 1));
    assert!((1..=13).contains(&threads), "256 MiB hold thirteen");
    assert_eq!(waiting, 32 * threads);
}
