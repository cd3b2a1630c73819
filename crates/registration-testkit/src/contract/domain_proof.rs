//! What stands in DNS is found as it stands there now, and no answer is not taken for one.
use std::{sync::Arc, time::Duration};

use registration_domain::{
    domain_name::DomainName,
    email_domain::{ProofRecord, ProofToken},
    port::DomainProof,
};

/// What stands in the DNS that an adapter asks, as a promise sets it.
pub trait Zone: Send + Sync {
    /// From now on there are these TXT records of this name, each of one string or more, and no others.
    fn publish(&self, name: &str, records: &[&[&str]]);
    /// From now on there is no such name.
    fn withdraw(&self, name: &str);
    /// From now on the servers fail when they are asked for this name.
    fn fail(&self, name: &str);
}

/// What answers, and what it is to answer.
pub type Subject = (Arc<dyn DomainProof>, Arc<dyn Zone>);

promises! {
    /// Makes the promises of a look into DNS tests.
    domain_proof_contract, domain_proof, Subject:
    a_published_record_is_found,
    all_records_of_a_name_are_found,
    a_record_of_several_strings_is_one_text,
    a_name_that_does_not_exist_has_no_texts,
    a_record_of_another_name_is_not_found,
    what_is_there_now_is_found_and_not_what_was,
    a_server_that_fails_is_no_answer,
}

/// How long an adapter may take.
const PATIENCE: Duration = Duration::from_secs(30);

fn record(domain: &str) -> ProofRecord {
    ProofRecord::of(&DomainName::parse(domain).expect("a domain"), &ProofToken::from_bytes([7; 16]))
}

async fn found(proof: &dyn DomainProof, record: &ProofRecord) -> Vec<String> {
    let looked = tokio::time::timeout(PATIENCE, proof.texts(record)).await;
    let mut texts = looked.expect("it answers in time").expect("DNS answers");
    texts.sort();
    texts
}

/// Of a domain of another script, too: DNS knows it by its A-labels.
pub async fn a_published_record_is_found((proof, zone): Subject) {
    for domain in ["acme.example", "Bücher.example"] {
        let record = record(domain);
        zone.publish(&record.name, &[&[&record.value]]);
        assert_eq!(found(&*proof, &record).await, [record.value], "{domain}");
    }
}

/// Whatever else stands there.
pub async fn all_records_of_a_name_are_found((proof, zone): Subject) {
    let record = record("acme.example");
    zone.publish(&record.name, &[&["an older proof"], &[&record.value], &["v=spf1 -all"]]);
    let mut expected = ["an older proof".to_owned(), record.value.clone(), "v=spf1 -all".to_owned()];
    expected.sort();
    assert_eq!(found(&*proof, &record).await, expected);
}

/// A string of a record has 255 octets at the most, and panels split longer texts as they like.
pub async fn a_record_of_several_strings_is_one_text((proof, zone): Subject) {
    let record = record("acme.example");
    let (one, other) = record.value.split_at(20);
    let long = "x".repeat(255);
    zone.publish(&record.name, &[&[one, other], &[&long, &long, "y"]]);
    assert_eq!(found(&*proof, &record).await, [record.value.clone(), format!("{long}{long}y")]);
}

/// That is an answer: the servers of the domain say so.
pub async fn a_name_that_does_not_exist_has_no_texts((proof, zone): Subject) {
    let record = record("acme.example");
    assert_eq!(found(&*proof, &record).await, Vec::<String>::new());
    zone.withdraw(&record.name);
    assert_eq!(found(&*proof, &record).await, Vec::<String>::new());
}

/// Neither of a name above nor of one below.
pub async fn a_record_of_another_name_is_not_found((proof, zone): Subject) {
    let record = record("acme.example");
    for other in ["acme.example", "_registration-challenge.shop.acme.example", "acme"] {
        zone.publish(other, &[&[&record.value]]);
    }
    assert_eq!(found(&*proof, &record).await, Vec::<String>::new());
}

/// Nobody who has just published their record waits until an older answer is forgotten.
pub async fn what_is_there_now_is_found_and_not_what_was((proof, zone): Subject) {
    let record = record("acme.example");
    for _ in 0..2 {
        assert_eq!(found(&*proof, &record).await, Vec::<String>::new());
        zone.publish(&record.name, &[&[&record.value]]);
        assert_eq!(found(&*proof, &record).await, std::slice::from_ref(&record.value));
        zone.withdraw(&record.name);
    }
}

/// Whether the record is there is not known then, which is another thing than that it is not.
pub async fn a_server_that_fails_is_no_answer((proof, zone): Subject) {
    let record = record("acme.example");
    zone.publish(&record.name, &[&[&record.value]]);
    zone.fail(&record.name);
    let looked = tokio::time::timeout(PATIENCE, proof.texts(&record)).await.expect("it answers in time");
    assert!(looked.is_err(), "{looked:?}");
    zone.publish(&record.name, &[&[&record.value]]);
    assert_eq!(found(&*proof, &record).await, [record.value]);
}
