//! Other services ask whether somebody may do something now; a person asks about themselves.
use poem_openapi::OpenApi;
use registration_domain::{
    account::AccountId,
    organization::OrganizationId,
    permission::Permission,
    use_case::authorize::{Authorization, Authorize},
};

use crate::{
    body::Body,
    caller::Signed,
    deployment::Deployment,
    idempotency::Retry,
    reply::{Outcome, Read},
    shape::{reply, request},
    tag::Tag,
};

request! {
    /// Who may do what, and where.
    pub(crate) struct AuthorizeRequest {
        /// About whom.
        account: AccountId,
        /// Where.
        organization: OrganizationId,
        /// What.
        permission: Permission,
    }
}

reply! {
    /// True at the moment it is given.
    pub(crate) struct AuthorizationReply {
        /// Whether they may.
        allowed: bool,
        /// Why they may not; `not_a_member`, `not_granted` and `suspended` among others to come.
        reason: Option<String>,
    }
}

pub(crate) struct Authorizations(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Authorizations")]
impl Authorizations {
    /// May somebody do something
    #[oai(path = "/authorizations", method = "post", operation_id = "authorize")]
    async fn authorize(
        &self,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] _retry: Retry,
        body: Body<AuthorizeRequest>,
    ) -> Outcome<Read<AuthorizationReply>> {
        let AuthorizeRequest { account, organization, permission } = body.it;
        let question = Authorize { by: signed.caller(), account, organization, permission };
        Ok(Read::of(match self.0.platform().authorize(&question).await? {
            Authorization::Allowed => AuthorizationReply { allowed: true, reason: None },
            Authorization::Denied(why) => {
                AuthorizationReply { allowed: false, reason: Some(why.key().to_owned()) }
            }
        }))
    }
}
