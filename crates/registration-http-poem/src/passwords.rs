//! A password is changed by whoever knows it, and set anew by whoever reads the mails of its account.
use poem_openapi::OpenApi;
use registration_domain::{
    email::Email,
    secret::Secret,
    use_case::{
        change_password::{ChangePassword, PasswordChanged},
        reset_password::{AskForReset, ResetPassword},
    },
};

use crate::{
    body::Body,
    caller::{Client, Signed},
    deployment::Deployment,
    idempotency::Retry,
    reply::{Done, Outcome, Read, TakenOn},
    shape::{reply, request},
    tag::Tag,
    view::Account,
};

request! {
    /// A new password in place of the one that the caller has.
    pub(crate) struct ChangePasswordRequest {
        /// The password that they have.
        current_password: Secret,
        /// The one that they want.
        password: Secret,
        /// Whether this session, too, goes on under a new token only, so that whoever knew the older one is out.
        renew: Option<bool>,
    }
}

reply! {
    /// A password, changed.
    pub(crate) struct PasswordChangedReply {
        /// Whose.
        account: Account,
        /// What stands for the session that goes on: the caller's own token, unless `renew` was asked for.
        token: Secret,
        /// How many other sessions ended.
        ended_sessions: Option<u64>,
    }
}

request! {
    /// Who wants a link to set a new password.
    pub(crate) struct ResetRequest {
        /// The address of their account.
        email: Email,
    }
}

request! {
    /// A new password, by a link.
    pub(crate) struct CompleteResetRequest {
        /// From the link.
        token: Secret,
        /// The new password.
        password: Secret,
    }
}

pub(crate) struct Passwords(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Sessions")]
impl Passwords {
    /// Change the password
    ///
    /// Every other session of the account ends, and its owner is told by mail. Wrong tries are counted apart from
    /// those of strangers; after some of them one has to wait.
    #[oai(path = "/me/password", method = "put", operation_id = "change_password")]
    async fn change(
        &self,
        client: Client,
        signed: Signed,
        body: Body<ChangePasswordRequest>,
    ) -> Outcome<Read<PasswordChangedReply>> {
        let ChangePasswordRequest { current_password: current, password: new, renew } = body.it;
        let renew = renew.unwrap_or_default();
        let command = ChangePassword { by: signed.0, current, new, device: client.0, renew, once: None };
        let changed = self.0.platform().change_password(command).await?;
        Ok(Read::answer(changed, |PasswordChanged { account, session: _, token, ended }| {
            PasswordChangedReply { account: (&account).into(), token, ended_sessions: ended.map(u64::from) }
        }))
    }

    /// Ask for a link to set a new password
    ///
    /// The answer is the same for every address, so that nobody learns who has an account.
    #[oai(path = "/password-resets", method = "post", operation_id = "ask_for_reset")]
    async fn ask(
        &self,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<ResetRequest>,
    ) -> Outcome<TakenOn> {
        let once = retry.once(&self.0, None, &body.bytes);
        let asked = AskForReset { email: body.it.email, origin: client.0.origin, once };
        Ok(TakenOn::answer(&self.0.platform().ask_for_reset(asked).await?))
    }

    /// Set a new password by a link
    ///
    /// The link works once. All sessions of the account end, and nobody is signed in.
    #[oai(path = "/password-resets/complete", method = "post", operation_id = "reset_password")]
    async fn complete(
        &self,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<CompleteResetRequest>,
    ) -> Outcome<Done> {
        let once = retry.once(&self.0, None, &body.bytes);
        let CompleteResetRequest { token, password } = body.it;
        let command = ResetPassword { token, password, device: client.0, once };
        Ok(Done::answer(&self.0.platform().reset_password(command).await?))
    }
}
