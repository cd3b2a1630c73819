//! Random steps on a real platform: after each one, what must always hold still does.
//!
//! The same steps on two stores must have the same results, to the last letter:
//!
//! ```
//! use std::{sync::Arc, time::Duration};
//!
//! use registration_testkit::{memory::MemoryStore, model::{Step, same_results}, ports};
//!
//! # pollster::block_on(async {
//! let steps = [
//!     Step::Invite { by: 0, within: 0, address: 0, access: 2, key: None },
//!     Step::Wait { span: Duration::from_secs(60) },
//!     Step::AcceptAsNew { invitation: 0, older: 0, username: 0 },
//! ];
//! let [one, other] = [(); 2].map(|()| ports(Arc::new(MemoryStore::default())));
//! same_results(one, other, &steps).await;
//! # });
//! ```
mod act;
mod invariant;
mod state;
mod step;

use registration_domain::{platform::Ports, time::Timestamp};
use std::sync::Arc;

pub use state::State;
pub use step::{Guess, Step, steps};

use crate::{
    scenario::TestPlatform,
    stub::{CountingIds, PlainCodes, PlainFingerprints, PlainHasher},
};

/// What one step came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Result {
    /// The step.
    pub step: Step,
    /// What was answered, or the code of the refusal.
    pub answer: std::result::Result<String, &'static str>,
    /// When.
    pub at: Timestamp,
    /// All that could be read after it.
    pub after: State,
}

/// Founds a platform on these ports, takes the steps, and checks after each one what must always hold.
///
/// Time, ids, digests and mails are stubs, whatever the ports say, so that a run can be repeated.
///
/// # Panics
/// Where something does not hold that must, with its name and the step.
pub async fn run(ports: Ports, steps: &[Step]) -> Vec<Result> {
    let test = TestPlatform::with(Ports {
        ids: Arc::new(CountingIds::default()),
        codes: Arc::new(PlainCodes),
        fingerprints: Arc::new(PlainFingerprints),
        passwords: Arc::new(PlainHasher::default()),
        ..ports
    });
    let founder = test.found().await;
    let mut before = State::read(&test, &State::of(&founder)).await;
    let mut results = Vec::with_capacity(steps.len());
    for step in steps {
        let at = registration_domain::port::Clock::now(&*test.clock);
        let (answer, started) = act::take(&test, &before, step).await;
        before.started(started);
        let after = State::read(&test, &before).await;
        invariant::check(&before, &after, &answer, at).unwrap_or_else(|broken| {
            panic!(
                "{broken}\nafter {step:?}, which came to {answer:?}\nbefore: {before:#?}\nafter: {after:#?}"
            )
        });
        results.push(Result { step: step.clone(), answer, at, after: after.clone() });
        before = after;
    }
    results
}

/// Takes the same steps on two stores.
///
/// # Panics
/// At the first step whose results differ, or where something does not hold that must.
pub async fn same_results(one: Ports, other: Ports, steps: &[Step]) {
    let (ones, others) = (run(one, steps).await, run(other, steps).await);
    for (number, (one, other)) in ones.iter().zip(&others).enumerate() {
        assert_eq!(one, other, "step {number} has different results");
    }
}
