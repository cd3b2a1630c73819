//! The domains that an organization proves to be its own, and what is done with people who have addresses there.
use poem_openapi::{
    OpenApi,
    registry::{MetaSchemaRef, Registry},
};
use registration_domain::{
    access::Access,
    domain_name::DomainName,
    email_domain::{DomainPolicy, EmailDomainId, EmailDomainState, PolicyKind, ProofRecord},
    organization::OrganizationId,
    time::Timestamp,
    use_case::{
        add_email_domain::AddEmailDomain, change_email_domain::ChangeEmailDomain,
        find_email_domain::ShownEmailDomain, managed_email_domain::PolicyWish,
        remove_email_domain::RemoveEmailDomain, verify_email_domain::VerifyEmailDomain,
    },
};
use registration_edge_poem::FieldProblem;
use serde_json::{Value, json};

use crate::{
    body::{Body, Nothing, OptionalBody},
    caller::Signed,
    deployment::Deployment,
    etag::{Known, Tagged},
    idempotency::Retry,
    listing::{List, Part, Query},
    me::PartQuery,
    path::Path,
    problem::Problem,
    reply::{Created, Done, Outcome, Read},
    shape::{Member, Shape, Shown, object, reply, request, words},
    tag::Tag,
    view::Person,
};

request! {
    /// A domain, and what is to be done with people who have addresses there.
    pub(crate) struct AddEmailDomainRequest {
        /// The domain itself, in letters of any script; a subdomain is another domain.
        domain: DomainName,
        /// What is done with its people once it is verified.
        policy: PolicyKind,
        /// With `admit`, and only with it: how much access they come in with.
        access: Option<Access>,
    }
}

request! {
    /// What is to be done with people who have addresses at a domain.
    pub(crate) struct ChangeEmailDomainRequest {
        /// What is done with its people while it is verified.
        policy: PolicyKind,
        /// With `admit`, and only with it: how much access they come in with.
        access: Option<Access>,
    }
}

reply! {
    /// A domain that an organization proves to be its own.
    pub(crate) struct EmailDomain {
        /// Its id.
        id: EmailDomainId,
        /// The domain as DNS knows it.
        domain: DomainName,
        /// Whether it was proven.
        state: DomainWord,
        /// What is done with people who have addresses there, while it is verified.
        policy: PolicyKind,
        /// With `admit`: how much access they come in with.
        access: Option<Access>,
        /// What holds now: `null` while the domain is not verified, and `review` in place of `admit` where
        /// whoever chose the access could not give it any more.
        effective_policy: Option<PolicyKind>,
        /// What is to be published to prove it.
        record: DnsRecord,
        /// Who added it.
        added_by: Person,
        /// With `admit`: who chose the access, and must still be able to give it.
        admitted_by: Option<Person>,
        /// When it was added.
        created_at: Timestamp,
        /// Since when it is verified.
        verified_at: Option<Timestamp>,
        /// Since when its record is missing in DNS, where it is.
        missing_since: Option<Timestamp>,
        /// When it lapsed, because its record was missing for too long.
        lapsed_at: Option<Timestamp>,
        /// When DNS was asked last.
        checked_at: Option<Timestamp>,
    }
}

/// A record to be published in DNS.
#[derive(Debug)]
pub(crate) struct DnsRecord(ProofRecord);

/// The state of a domain as clients are told it; a removed one is not told at all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DomainWord(&'static str);

pub(crate) struct EmailDomains(pub(crate) Deployment);

#[OpenApi(tag = "Tag::EmailDomains")]
impl EmailDomains {
    /// Add an e-mail domain
    ///
    /// It counts for nothing before it is verified: publish its `record`, then have it checked.
    #[oai(path = "/organizations/:org/email-domains", method = "post", operation_id = "add_email_domain")]
    async fn add(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<AddEmailDomainRequest>,
    ) -> Outcome<Created<EmailDomain>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let AddEmailDomainRequest { domain, policy, access } = body.it;
        let (by, organization, policy) = (signed.caller(), org.0, wish(policy, access)?);
        let command = AddEmailDomain { by, organization, domain, policy, once };
        Ok(Created::answer(self.0.platform().add_email_domain(command).await?, Into::into))
    }

    /// List e-mail domains
    ///
    /// In the order in which they were added.
    #[oai(path = "/organizations/:org/email-domains", method = "get", operation_id = "list_email_domains")]
    async fn list(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        query: Query<PartQuery>,
    ) -> Outcome<Part<EmailDomain>> {
        let list = List::of(&self.0, &query, signed.account());
        let page = list.page(query.it.limit, query.it.cursor.clone())?;
        let found = self.0.platform().list_email_domains(&signed.caller(), org.0, &page).await?;
        Ok(list.part(found, Into::into))
    }

    /// Read an e-mail domain
    #[oai(path = "/organizations/:org/email-domains/:id", method = "get", operation_id = "read_email_domain")]
    async fn read(
        &self,
        org: Path<OrganizationId>,
        id: Path<EmailDomainId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<EmailDomain>> {
        let found = self.0.platform().find_email_domain(&signed.caller(), org.0, id.0).await?;
        let revision = found.view.domain.parts().revision;
        Ok(Tagged::of(revision, found.into(), &known, self.0.platform().fingerprints()))
    }

    /// Have an e-mail domain checked
    ///
    /// DNS is asked now. Where the record is found, the domain is verified; where it is not, the problem says what
    /// was found instead.
    #[oai(
        path = "/organizations/:org/email-domains/:id/verify",
        method = "post",
        operation_id = "verify_email_domain"
    )]
    async fn verify(
        &self,
        org: Path<OrganizationId>,
        id: Path<EmailDomainId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Read<EmailDomain>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let (by, organization, domain) = (signed.caller(), org.0, id.0);
        let command = VerifyEmailDomain { by, organization, domain, once };
        Ok(Read::answer(self.0.platform().verify_email_domain(command).await?, Into::into))
    }

    /// Change what is done with the people of an e-mail domain
    ///
    /// Whoever changes it stands behind it: with `admit`, people come in only as long as they could give that access.
    #[oai(
        path = "/organizations/:org/email-domains/:id",
        method = "patch",
        operation_id = "change_email_domain"
    )]
    async fn change(
        &self,
        org: Path<OrganizationId>,
        id: Path<EmailDomainId>,
        signed: Signed,
        body: Body<ChangeEmailDomainRequest>,
    ) -> Outcome<Read<EmailDomain>> {
        let ChangeEmailDomainRequest { policy, access } = body.it;
        let (by, organization, domain, policy) = (signed.caller(), org.0, id.0, wish(policy, access)?);
        let command = ChangeEmailDomain { by, organization, domain, policy };
        Ok(Read::of(self.0.platform().change_email_domain(command).await?.into()))
    }

    /// Remove an e-mail domain
    ///
    /// Whoever came in by it stays, and others may verify it.
    #[oai(
        path = "/organizations/:org/email-domains/:id",
        method = "delete",
        operation_id = "remove_email_domain"
    )]
    async fn remove(
        &self,
        org: Path<OrganizationId>,
        id: Path<EmailDomainId>,
        signed: Signed,
    ) -> Outcome<Done> {
        let (by, organization, domain) = (signed.caller(), org.0, id.0);
        self.0.platform().remove_email_domain(RemoveEmailDomain { by, organization, domain }).await?;
        Ok(Done::new())
    }
}

/// An access belongs to `admit`, and `admit` to an access.
fn wish(policy: PolicyKind, access: Option<Access>) -> Result<PolicyWish, Problem> {
    let fault = |code: &str, detail: &str| {
        let (pointer, code) = ("#/access".to_owned(), code.to_owned());
        Problem::fields(vec![FieldProblem { pointer, code, detail: Some(detail.to_owned()) }])
    };
    match (policy, access) {
        (PolicyKind::Admit, Some(access)) => Ok(PolicyWish::Admit(access)),
        (PolicyKind::Admit, None) => {
            Err(fault("required", "people come in with an access that is chosen here"))
        }
        (PolicyKind::Review, None) => Ok(PolicyWish::Review),
        (PolicyKind::InvitationOnly, None) => Ok(PolicyWish::InvitationOnly),
        (PolicyKind::Review | PolicyKind::InvitationOnly, Some(_)) => {
            Err(fault("malformed", "an access is chosen for a policy of admit only"))
        }
    }
}

impl From<ShownEmailDomain> for EmailDomain {
    fn from(shown: ShownEmailDomain) -> Self {
        let ShownEmailDomain { view, effective } = shown;
        let record = view.domain.record();
        let parts = view.domain.into_parts();
        let (state, verified_at, missing_since, lapsed_at) = match parts.state {
            EmailDomainState::Pending => ("pending", None, None, None),
            EmailDomainState::Verified { at, missing_since } => ("verified", Some(at), missing_since, None),
            EmailDomainState::Lapsed { at } => ("lapsed", None, None, Some(at)),
            EmailDomainState::Removed { .. } => ("removed", None, None, None),
        };
        let policy = parts.policy.kind();
        let access = match parts.policy {
            DomainPolicy::Admit { access, maker: _ } => Some(access),
            DomainPolicy::Review | DomainPolicy::InvitationOnly => None,
        };
        Self {
            id: parts.id,
            domain: parts.name,
            state: DomainWord(state),
            policy,
            access,
            effective_policy: effective,
            record: DnsRecord(record),
            added_by: view.added_by.into(),
            admitted_by: view.maker.map(Into::into),
            created_at: parts.created_at,
            verified_at,
            missing_since,
            lapsed_at,
            checked_at: view.checked_at,
        }
    }
}

impl Shape for DnsRecord {
    fn schema() -> MetaSchemaRef {
        MetaSchemaRef::Reference("DnsRecord".into())
    }
    fn register(registry: &mut Registry) {
        registry.create_schema::<Self, _>("DnsRecord".into(), |_| {
            let member = |name, description, schema| Member { name, description, required: true, schema };
            let members = vec![
                member("name", "Its full name.", String::schema()),
                member("type", "Always `TXT`.", words(["TXT"])),
                member("value", "Its one text.", String::schema()),
            ];
            object("A record to be published in DNS.", members)
        });
    }
}
impl Shown for DnsRecord {
    fn shown(self) -> Value {
        let ProofRecord { name, value } = self.0;
        json!({ "name": name, "type": "TXT", "value": value })
    }
}

impl Shape for DomainWord {
    fn schema() -> MetaSchemaRef {
        words(["pending", "verified", "lapsed", "removed"])
    }
}
impl Shown for DomainWord {
    fn shown(self) -> Value {
        self.0.into()
    }
}
