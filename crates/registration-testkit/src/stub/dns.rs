//! DNS that has what a test published, and is silent where a test wants it to be.
use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use registration_domain::{
    email_domain::ProofRecord,
    port::{DomainProof, NoAnswer},
};

use crate::contract::domain_proof::Zone;

/// What stands in DNS, as far as a test set it; all other names do not exist.
///
/// ```
/// use registration_domain::{domain_name::DomainName, email_domain::{ProofRecord, ProofToken}, port::DomainProof};
/// use registration_testkit::stub::FakeDns;
///
/// # pollster::block_on(async {
/// let dns = FakeDns::default();
/// let record = ProofRecord::of(&DomainName::parse("acme.example")?, &ProofToken::from_bytes([7; 16]));
/// assert_eq!(dns.texts(&record).await?, Vec::<String>::new());
/// dns.publish_record(&record);
/// assert_eq!(dns.texts(&record).await?, [record.value]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Default)]
pub struct FakeDns(Mutex<BTreeMap<String, Result<Vec<String>, NoAnswer>>>);

impl FakeDns {
    /// From now on this record is there, and no other of its name.
    pub fn publish_record(&self, record: &ProofRecord) {
        self.publish(&record.name, &[&[&record.value]]);
    }
    fn set(&self, name: &str, answer: Result<Vec<String>, NoAnswer>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), answer);
    }
}

impl Zone for FakeDns {
    fn publish(&self, name: &str, records: &[&[&str]]) {
        self.set(name, Ok(records.iter().map(|it| it.concat()).collect()));
    }
    fn withdraw(&self, name: &str) {
        self.set(name, Ok(Vec::new()));
    }
    fn fail(&self, name: &str) {
        self.set(name, Err(NoAnswer("the server failed".into())));
    }
}

#[async_trait]
impl DomainProof for FakeDns {
    async fn texts(&self, of: &ProofRecord) -> Result<Vec<String>, NoAnswer> {
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        answers.get(&of.name).cloned().unwrap_or_else(|| Ok(Vec::new()))
    }
}
