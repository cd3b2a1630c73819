//! Each broken adapter is caught by the promise that it breaks.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use registration_domain::{
    email_domain::ProofRecord,
    port::{DomainProof, NoAnswer},
};
use registration_testkit::{
    broken,
    contract::{self, domain_proof},
    memory::MemoryStore,
    stub::FakeDns,
};

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

/// Answers from what it was told before.
#[derive(Default)]
struct Remembering(Arc<FakeDns>, Mutex<HashMap<String, Vec<String>>>);

#[async_trait]
impl DomainProof for Remembering {
    async fn texts(&self, of: &ProofRecord) -> Result<Vec<String>, NoAnswer> {
        let before = self.1.lock().unwrap().get(&of.name).cloned();
        let texts = if let Some(texts) = before { texts } else { self.0.texts(of).await? };
        Ok(self.1.lock().unwrap().entry(of.name.clone()).or_insert(texts).clone())
    }
}

/// Takes no answer for the answer that there is nothing.
#[derive(Default)]
struct Hopeful(Arc<FakeDns>);

#[async_trait]
impl DomainProof for Hopeful {
    async fn texts(&self, of: &ProofRecord) -> Result<Vec<String>, NoAnswer> {
        Ok(self.0.texts(of).await.unwrap_or_default())
    }
}

#[tokio::test]
async fn a_look_into_dns_that_remembers_or_guesses_is_caught() {
    let (remembering, hopeful) = (Remembering::default(), Hopeful::default());
    let zones = [remembering.0.clone(), hopeful.0.clone()];
    let proofs: [Arc<dyn DomainProof>; 2] = [Arc::new(remembering), Arc::new(hopeful)];
    let promises = ["what_is_there_now_is_found_and_not_what_was", "a_server_that_fails_is_no_answer"];
    for ((proof, zone), name) in proofs.into_iter().zip(zones).zip(promises) {
        let promise = domain_proof::PROMISES.iter().find(|it| it.name == name).unwrap();
        let checked = tokio::spawn((promise.check)((proof, zone))).await;
        assert!(checked.is_err_and(|it| it.is_panic()), "{name} caught nothing");
    }
}
