//! The holder of the setup link founds the platform.
use poem_openapi::{OpenApi, registry::MetaSchemaRef};
use registration_domain::{
    email::Email,
    locale::Locale,
    organization_name::OrganizationName,
    person_name::NamePart,
    secret::Secret,
    use_case::{
        registration::Registration,
        set_up::{Founded, SetUp},
    },
    username::Username,
};

use crate::{
    body::{Body, Field, Json, NewPassword, Reading},
    caller::Client,
    deployment::Deployment,
    idempotency::Retry,
    reply::{Created, Outcome},
    shape::{Shape, reply, request},
    tag::Tag,
    view::{Account, Organization},
};

request! {
    /// Who founds the platform, and the first organization on it.
    pub(crate) struct SetupRequest {
        /// From the link that the server printed.
        token: Secret,
        /// The name of the first organization.
        organization_name: OrganizationName,
        /// The first administrator's address.
        email: Email,
        /// The name to sign in with.
        username: FoundersUsername,
        /// The first administrator's first name.
        first_name: NamePart,
        /// The first administrator's last name.
        last_name: NamePart,
        /// A password within the platform's policy.
        password: NewPassword,
        /// The language of mails and pages.
        locale: Option<Locale>,
    }
}

reply! {
    /// The platform, founded.
    pub(crate) struct SetupReply {
        /// Its first administrator, and the organization's Owner.
        account: Account,
        /// Its first organization.
        organization: Organization,
        /// To be sent as `Authorization: Bearer`.
        token: Secret,
    }
}

/// Reserved names keep strangers from posing as the platform's own people; its founder is one of these.
#[derive(Debug)]
pub(crate) struct FoundersUsername(Username);

impl Shape for FoundersUsername {
    fn schema() -> MetaSchemaRef {
        Username::schema()
    }
}
impl Field for FoundersUsername {
    fn read(json: Json, reading: &mut Reading<'_>) -> Option<Self> {
        let text = reading.text(json)?;
        reading.parsed(Username::parse_any(&text)).map(Self)
    }
}

pub(crate) struct Setup(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Setup")]
impl Setup {
    /// Found the platform
    ///
    /// Works once, with the link that the server prints when it starts and nobody owns the platform.
    #[oai(path = "/setup", method = "post", operation_id = "set_up")]
    async fn set_up(
        &self,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<SetupRequest>,
    ) -> Outcome<Created<SetupReply>> {
        let once = retry.once(&self.0, None, &body.bytes);
        let SetupRequest {
            token,
            organization_name,
            email,
            username,
            first_name,
            last_name,
            password,
            locale,
        } = body.it;
        let registration = Registration {
            username: Some(username.0),
            first_name: Some(first_name),
            last_name: Some(last_name),
            password: Some(password.0),
            locale,
        };
        let command = SetUp { token, organization_name, email, registration, device: client.0, once };
        let founded = self.0.platform().set_up(command).await?;
        Ok(Created::answer(founded, |Founded { account, organization, token }| SetupReply {
            account: (&account).into(),
            organization: (&organization).into(),
            token,
        }))
    }
}
