//! What DNS says, which is how a domain is proven.
use async_trait::async_trait;

use crate::email_domain::ProofRecord;

/// Looks for the proof of a domain.
#[async_trait]
pub trait DomainProof: Send + Sync {
    /// The texts of the TXT records of this record's name, each whole, in no order. Nothing is an answer, too:
    /// that there is no such name, or no such record. Never a record of another name; an alias is followed.
    ///
    /// It answers within seconds, whatever the servers of a domain do.
    ///
    /// # Errors
    /// [`NoAnswer`] where nobody answered who could know, so that the record may be there or not.
    async fn texts(&self, of: &ProofRecord) -> Result<Vec<String>, NoAnswer>;
}

/// Nobody answered who could know. The words are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("DNS gave no answer: {0}")]
pub struct NoAnswer(pub String);
