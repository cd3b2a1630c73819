//! What a mail about an e-mail domain says, as JSON.
use registration_domain::{
    domain_name::DomainName,
    email_domain::{DomainPolicy, ProofRecord},
    message::{EmailDomainLetter, EmailDomainNews},
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

use super::{Person, access_of, id, organization_name};
use crate::rows::{email_domain::policy_of, text};

/// The mirror of [`EmailDomainLetter`].
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Written {
    domain: String,
    name: String,
    organization: String,
    organization_name: String,
    news: News,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum News {
    Verified { by: Person, policy: String, access: Option<String>, maker: Option<String> },
    RecordMissing { record_name: String, record_value: String, until: i64 },
    Lapsed { record_name: String, record_value: String },
}

impl From<EmailDomainLetter> for Written {
    fn from(letter: EmailDomainLetter) -> Self {
        let EmailDomainLetter { domain, name, organization, organization_name, news } = letter;
        let news = match news {
            EmailDomainNews::Verified { by, policy } => {
                let (access, maker) = match &policy {
                    DomainPolicy::Admit { access, maker } => {
                        (Some(text::access_text(access)), Some(maker.to_string()))
                    }
                    DomainPolicy::Review | DomainPolicy::InvitationOnly => (None, None),
                };
                News::Verified { by: by.into(), policy: policy.kind().key().to_owned(), access, maker }
            }
            EmailDomainNews::RecordMissing { record: ProofRecord { name, value }, until } => {
                News::RecordMissing { record_name: name, record_value: value, until: until.micros() }
            }
            EmailDomainNews::Lapsed { record: ProofRecord { name, value } } => {
                News::Lapsed { record_name: name, record_value: value }
            }
        };
        Self {
            domain: domain.to_string(),
            name: name.as_str().to_owned(),
            organization: organization.to_string(),
            organization_name: organization_name.to_string(),
            news,
        }
    }
}

impl Written {
    pub(super) fn read(self) -> Result<EmailDomainLetter, &'static str> {
        let Self { domain, name, organization, organization_name: named, news } = self;
        let news = match news {
            News::Verified { by, policy, access, maker } => {
                let access = access.as_deref().map(access_of).transpose()?;
                let maker = maker.map(|it| it.parse().map_err(|_| "letter: id")).transpose()?;
                let policy = policy_of(&policy, access, maker).ok_or("letter: policy")?;
                EmailDomainNews::Verified { by: by.read()?, policy }
            }
            News::RecordMissing { record_name: name, record_value: value, until } => {
                let record = ProofRecord { name, value };
                EmailDomainNews::RecordMissing { record, until: Timestamp::from_micros(until) }
            }
            News::Lapsed { record_name: name, record_value: value } => {
                EmailDomainNews::Lapsed { record: ProofRecord { name, value } }
            }
        };
        Ok(EmailDomainLetter {
            domain: id(&domain)?,
            name: DomainName::parse(&name).map_err(|_| "letter: domain")?,
            organization: id(&organization)?,
            organization_name: organization_name(&named)?,
            news,
        })
    }
}
