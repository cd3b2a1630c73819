//! Each broken adapter is caught by the promise that it breaks.
use std::sync::Arc;

use registration_testkit::{broken, contract, memory::MemoryStore};

#[tokio::test(flavor = "multi_thread")]
async fn every_broken_adapter_is_caught_by_the_promise_that_it_breaks() {
    for broken in broken::ALL {
        let promise = contract::of_a_store().find(|it| it.name == broken.caught_by);
        let promise = promise.unwrap_or_else(|| panic!("there is no promise {}", broken.caught_by));
        let sound = registration_testkit::ports(Arc::new(MemoryStore::default()));
        let checked = tokio::spawn((promise.check)((broken.break_)(sound))).await;
        let caught = checked.is_err_and(|it| it.is_panic());
        assert!(caught, "a store that {} passes {}", broken.name, broken.caught_by);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_codes_are_caught_by_the_promise_that_they_break() {
    for broken in broken::CODES {
        let promise = contract::codes::PROMISES.iter().find(|it| it.name == broken.caught_by);
        let promise = promise.unwrap_or_else(|| panic!("there is no promise {}", broken.caught_by));
        let checked = tokio::spawn((promise.check)(Arc::new(*broken))).await;
        let caught = checked.is_err_and(|it| it.is_panic());
        assert!(caught, "what {} passes {}", broken.name, broken.caught_by);
    }
}

#[test]
fn every_promise_of_codes_catches_something() {
    let caught: Vec<_> = broken::CODES.iter().map(|it| it.caught_by).collect();
    let promises: Vec<_> = contract::codes::PROMISES.iter().map(|it| it.name).collect();
    assert_eq!(caught, promises);
}

#[test]
fn every_broken_adapter_breaks_a_promise_of_its_own() {
    let mut promises = broken::ALL.iter().map(|it| it.caught_by).collect::<Vec<_>>();
    promises.sort_unstable();
    let all = promises.len();
    promises.dedup();
    assert_eq!(promises.len(), all);
}
