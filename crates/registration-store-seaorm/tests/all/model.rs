//! The same steps have the same results in memory and in a database, to the last letter.
use std::sync::Arc;

use proptest::test_runner::{Config, TestCaseError, TestRunner};
use registration_testkit::{memory::MemoryStore, model, ports};
use tokio::runtime::Runtime;

use crate::place::Place;

/// How many sequences of how many steps a test run takes. More are a matter of patience, not of another test.
const SEQUENCES: u32 = 12;
const STEPS: usize = 30;

fn agrees_with_memory<F: Future<Output = Place>>(fresh: fn() -> F) {
    let runtime = Runtime::new().unwrap();
    let config = Config { cases: SEQUENCES, failure_persistence: None, ..Config::default() };
    let judged = TestRunner::new(config).run(&model::steps(STEPS), |steps| {
        // A task of its own, so that a difference is told with the shortest sequence that shows it.
        let judged = runtime.block_on(async {
            let place = fresh().await;
            let (memory, store) = (Arc::new(MemoryStore::default()), Arc::new(place.open().await));
            let steps = async move { model::same_results(ports(memory), ports(store), &steps).await };
            let judged = tokio::spawn(steps).await;
            drop(place);
            judged
        });
        judged.map_err(|difference| TestCaseError::fail(difference.to_string()))
    });
    judged.unwrap();
}

#[test]
fn sqlite_answers_every_sequence_as_memory_does() {
    agrees_with_memory(Place::on_sqlite);
}

#[test]
fn postgresql_answers_every_sequence_as_memory_does() {
    agrees_with_memory(Place::on_postgres);
}
