//! The Owners of an organization hear when a domain begins and ceases to speak for its addresses.
use crate::{
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomainId, ProofRecord},
    organization::OrganizationId,
    organization_name::OrganizationName,
    person_name::PersonName,
    time::Timestamp,
};

/// What a mail about an e-mail domain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailDomainLetter {
    /// Which.
    pub domain: EmailDomainId,
    /// The domain.
    pub name: DomainName,
    /// Whose.
    pub organization: OrganizationId,
    /// Its name.
    pub organization_name: OrganizationName,
    /// What became of it.
    pub news: EmailDomainNews,
}

/// What became of an e-mail domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmailDomainNews {
    /// It was proven.
    Verified {
        /// By whom.
        by: PersonName,
        /// What is done with its people from now on.
        policy: DomainPolicy,
    },
    /// Its record was not found any more.
    RecordMissing {
        /// What must be there.
        record: ProofRecord,
        /// From when on it counts no more.
        until: Timestamp,
    },
    /// It counts no more.
    Lapsed {
        /// What must be there, to prove it anew.
        record: ProofRecord,
    },
}

impl EmailDomainLetter {
    pub(super) fn kind(&self) -> &'static str {
        match self.news {
            EmailDomainNews::Verified { .. } => "email_domain_verified",
            EmailDomainNews::RecordMissing { .. } => "email_domain_record_missing",
            EmailDomainNews::Lapsed { .. } => "email_domain_lapsed",
        }
    }
}
