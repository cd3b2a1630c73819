//! Whoever founds an organization is its first Owner; its members see it, and those who may edit it do.
use poem_openapi::OpenApi;
use registration_domain::{
    organization::{OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    use_case::{change_organization::ChangeOrganization, found_organization::FoundOrganization},
    view::MembershipView,
};

use crate::{
    body::Body,
    caller::Signed,
    deployment::Deployment,
    etag::{Changed, Known, Tagged},
    idempotency::Retry,
    path::Path,
    reply::{Created, Outcome},
    shape::{reply, request},
    tag::Tag,
    view::{Membership, Organization},
};

request! {
    /// An organization to be.
    pub(crate) struct FoundRequest {
        /// Its name.
        name: OrganizationName,
        /// What it is to the platform; a company where nothing is said.
        kind: Option<OrganizationKind>,
    }
}

request! {
    /// What is to be changed.
    pub(crate) struct ChangeOrganizationRequest {
        /// A new name.
        name: Option<OrganizationName>,
        /// Whether people who search for it find it.
        discoverable: Option<bool>,
    }
}

reply! {
    /// An organization, founded.
    pub(crate) struct FoundedReply {
        /// The organization.
        organization: Organization,
        /// The founder's place in it.
        membership: Membership,
    }
}

pub(crate) struct Organizations(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Organizations")]
impl Organizations {
    /// Found an organization
    ///
    /// The founder becomes its Owner.
    #[oai(path = "/organizations", method = "post", operation_id = "found_organization")]
    async fn found(
        &self,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<FoundRequest>,
    ) -> Outcome<Created<FoundedReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let FoundRequest { name, kind } = body.it;
        let kind = kind.unwrap_or(OrganizationKind::Company);
        let command = FoundOrganization { by: signed.caller(), name, kind, once };
        let founded = self.0.platform().found_organization(command).await?;
        Ok(Created::answer(founded, |view: MembershipView| FoundedReply {
            organization: (&view.organization).into(),
            membership: view.into(),
        }))
    }

    /// Read an organization
    #[oai(path = "/organizations/:org", method = "get", operation_id = "read_organization")]
    async fn read(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        #[oai(name = "If-None-Match")] known: Known,
    ) -> Outcome<Tagged<Organization>> {
        let found = self.0.platform().find_organization(&signed.caller(), org.0).await?;
        Ok(Tagged::plain(found.parts().revision, (&found).into(), &known))
    }

    /// Change an organization
    #[oai(path = "/organizations/:org", method = "patch", operation_id = "change_organization")]
    async fn change(
        &self,
        org: Path<OrganizationId>,
        signed: Signed,
        body: Body<ChangeOrganizationRequest>,
    ) -> Outcome<Changed<Organization>> {
        let ChangeOrganizationRequest { name, discoverable } = body.it;
        let command = ChangeOrganization { by: signed.caller(), organization: org.0, name, discoverable };
        let changed = self.0.platform().change_organization(command).await?;
        Ok(Changed::plain(changed.parts().revision, (&changed).into()))
    }
}
