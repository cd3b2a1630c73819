//! What somebody's own address opens, and coming in by it.
use poem_openapi::OpenApi;
use registration_domain::{
    domain_name::DomainName,
    email_domain::PolicyKind,
    organization::OrganizationId,
    platform::VerbError,
    use_case::join_by_email_domain::{JoinByDomainRefusal, JoinByEmailDomain, OwnEmailDomain},
};

use crate::{
    body::Body,
    caller::Signed,
    deployment::Deployment,
    idempotency::Retry,
    reply::{Created, Outcome, Read},
    shape::{reply, request},
    tag::Tag,
    view::{Membership, NamedOrganization},
};

request! {
    /// Whom to join by the domain of one's address.
    pub(crate) struct JoinByDomainRequest {
        /// The organization that has verified it.
        organization: OrganizationId,
    }
}

reply! {
    /// The domain of the caller's address, which an organization has verified.
    pub(crate) struct OwnDomain {
        /// The domain.
        domain: DomainName,
        /// Who has verified it.
        organization: NamedOrganization,
        /// What holds for its addresses now.
        policy: PolicyKind,
        /// Whether the caller belongs there already.
        member: bool,
    }
}

reply! {
    /// What the caller's own address opens.
    pub(crate) struct OwnDomainReply {
        /// `null` where nobody has verified the domain of their address.
        email_domain: Option<OwnDomain>,
    }
}

reply! {
    /// Somebody came in.
    pub(crate) struct JoinedReply {
        /// Their place in the organization.
        membership: Membership,
    }
}

pub(crate) struct OwnEmailDomains(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
impl OwnEmailDomains {
    /// What does my address open
    ///
    /// Which organization has verified the domain of the caller's own address, and how its people join.
    #[oai(path = "/me/email-domain", method = "get", operation_id = "read_my_email_domain")]
    async fn read(&self, signed: Signed) -> Outcome<Read<OwnDomainReply>> {
        let found = self.0.platform().find_own_email_domain(&signed.caller()).await;
        let email_domain = found.map_err(VerbError::<JoinByDomainRefusal>::from)?.map(Into::into);
        Ok(Read::of(OwnDomainReply { email_domain }))
    }

    /// Join by my address
    ///
    /// With the access that the organization chose for the domain, as long as whoever chose it could still give it.
    #[oai(path = "/me/email-domain/join", method = "post", operation_id = "join_by_email_domain")]
    async fn join(
        &self,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<JoinByDomainRequest>,
    ) -> Outcome<Created<JoinedReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let (by, organization) = (signed.caller(), body.it.organization);
        let joined = self.0.platform().join_by_email_domain(JoinByEmailDomain { by, organization, once });
        Ok(Created::answer(joined.await?, |view| JoinedReply { membership: view.into() }))
    }
}

impl From<OwnEmailDomain> for OwnDomain {
    fn from(found: OwnEmailDomain) -> Self {
        let OwnEmailDomain { name, organization, policy, is_member } = found;
        let parts = organization.into_parts();
        let organization = NamedOrganization { id: parts.id, name: parts.name };
        Self { domain: name, organization, policy, member: is_member }
    }
}
