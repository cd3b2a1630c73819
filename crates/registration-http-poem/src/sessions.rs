//! Whoever proves to be the owner of an account gets a token, which stands for a session until it ends.
use poem_openapi::OpenApi;
use registration_domain::{
    page::{Page, PageSize},
    platform::VerbError,
    secret::Secret,
    session::Caller,
    use_case::{
        authenticate::NotSignedIn,
        sign_in::{Begun, SignIn},
    },
};

use crate::{
    body::Body,
    caller::{Client, Signed},
    deployment::Deployment,
    idempotency::Retry,
    problem::Problem,
    reply::{Created, Done, Outcome},
    shape::{Shape, Shown, reply, request, words},
    tag::Tag,
    view::Account,
};

request! {
    /// Who signs in.
    pub(crate) struct SignInRequest {
        /// An address or a username.
        identifier: String,
        /// The password.
        password: Secret,
        /// The `device_token` of an earlier sign-in, if the device still has it: it gives its owner tries of their
        /// own, which no stranger can use up.
        device_token: Option<Secret>,
    }
}

reply! {
    /// A session, begun.
    pub(crate) struct SessionReply {
        /// To be sent as `Authorization: Bearer`.
        token: Secret,
        /// What this device may keep and send with its next sign-in; it lets nobody in.
        device_token: Secret,
        /// Who signed in.
        account: Account,
        /// What stands between the person and the rest, in order.
        tasks: Vec<Task>,
    }
}

/// What stands between a person and the rest.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Task {
    /// They belong to no organization.
    JoinOrganization,
}

pub(crate) struct Sessions(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Sessions")]
impl Sessions {
    /// Sign in
    ///
    /// The same is told for every cause of a refusal, so that nobody learns who has an account.
    #[oai(path = "/sessions", method = "post", operation_id = "sign_in")]
    async fn sign_in(
        &self,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<SignInRequest>,
    ) -> Outcome<Created<SessionReply>> {
        let once = retry.once(&self.0, None, &body.bytes);
        let SignInRequest { identifier, password, device_token: known } = body.it;
        let origin = client.0.origin.clone();
        let begun =
            self.0.platform().sign_in(SignIn { identifier, password, device: client.0, known, once }).await?;
        let tasks = self.tasks(&Caller { account: begun.what.account.id(), origin }).await?;
        let platform = self.0.platform();
        Ok(Created::answer(begun, |Begun { account, session, token }| SessionReply {
            token,
            device_token: platform.device_token(session),
            account: (&account).into(),
            tasks,
        }))
    }

    /// Sign out
    ///
    /// Ends the session of the token.
    #[oai(path = "/sessions/current", method = "delete", operation_id = "sign_out")]
    async fn sign_out(&self, signed: Signed) -> Outcome<Done> {
        self.0.platform().sign_out(&signed.0).await?;
        Ok(Done::new())
    }

    async fn tasks(&self, caller: &Caller) -> Result<Vec<Task>, Problem> {
        let first = PageSize::new(1).unwrap_or(PageSize::DEFAULT);
        let found = self.0.platform().list_memberships(caller, &Page::first(first)).await;
        let found = found.map_err(VerbError::<NotSignedIn>::from)?;
        Ok(if found.rows.is_empty() { vec![Task::JoinOrganization] } else { Vec::new() })
    }
}

impl Shape for Task {
    fn schema() -> poem_openapi::registry::MetaSchemaRef {
        words(["accept_terms", "complete_personal_record", "join_organization"])
    }
}
impl Shown for Task {
    fn shown(self) -> serde_json::Value {
        match self {
            Self::JoinOrganization => "join_organization".into(),
        }
    }
}
