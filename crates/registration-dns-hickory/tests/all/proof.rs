//! The contract, and what only a real server can do: be silent, have an alias, or have nothing of a kind.
#![expect(clippy::unused_async, reason = "adapters that start something need it; the macro awaits")]
use std::{sync::Arc, time::Duration};

use registration_dns_hickory::HickoryProof;
use registration_domain::{
    domain_name::DomainName,
    email_domain::{ProofRecord, ProofToken},
    port::DomainProof,
};
use registration_testkit::contract::domain_proof::{Subject, Zone};

use crate::zone::NameServer;

async fn fresh() -> (Subject, ()) {
    let zone = Arc::new(NameServer::start());
    ((Arc::new(HickoryProof::asking(zone.address())), zone), ())
}

registration_testkit::domain_proof_contract!(fresh);

fn record() -> ProofRecord {
    ProofRecord::of(&DomainName::parse("acme.example").unwrap(), &ProofToken::from_bytes([7; 16]))
}

#[tokio::test]
async fn an_alias_is_followed() {
    let (zone, record) = (NameServer::start(), record());
    zone.publish("proof.hosting.example", &[&[&record.value]]);
    zone.alias(&record.name, "proof.hosting.example");
    assert_eq!(HickoryProof::asking(zone.address()).texts(&record).await, Ok(vec![record.value.clone()]));
}

#[tokio::test]
async fn a_name_without_a_text_has_none() {
    let (zone, record) = (NameServer::start(), record());
    zone.empty(&record.name);
    assert_eq!(HickoryProof::asking(zone.address()).texts(&record).await, Ok(Vec::new()));
}

#[tokio::test]
async fn silence_is_no_answer_and_ends_within_seconds() {
    let (zone, record) = (NameServer::start(), record());
    zone.silence(&record.name);
    let resolver = HickoryProof::asking(zone.address());
    let looked = tokio::time::timeout(Duration::from_secs(15), resolver.texts(&record)).await;
    assert!(matches!(looked, Ok(Err(_))), "{looked:?}");
}
