//! The caller asks for another address, and has it once they send the code that was mailed there.
use poem_openapi::OpenApi;
use registration_domain::{
    email::Email,
    email_change::{EmailChange, EmailChangeId, EmailChangeState},
    secret::Secret,
    time::Timestamp,
    use_case::{
        change_email::{ChangeEmail, ResendAddressCode},
        close_account::CloseAccount,
        verify_email_change::VerifyEmailChange,
    },
    verification_code::VerificationCode,
};

use crate::{
    body::{Body, Nothing, OptionalBody},
    caller::{Client, Signed},
    deployment::Deployment,
    idempotency::Retry,
    path::Path,
    reply::{Created, Done, Outcome, Read},
    shape::{Shape, Shown, reply, request, words},
    tag::Tag,
};

request! {
    /// Another address for the caller's account.
    pub(crate) struct ChangeEmailRequest {
        /// The new address, which the code is sent to.
        email: Email,
        /// The caller's password; required where their session began more than an hour ago.
        password: Option<Secret>,
    }
}

request! {
    /// The code of the newest mail.
    pub(crate) struct VerifyEmailRequest {
        /// Six digits. Spaces and dashes are fine.
        code: VerificationCode,
    }
}

request! {
    /// The end of the caller's account.
    pub(crate) struct CloseRequest {
        /// The caller's password.
        password: Secret,
    }
}

reply! {
    /// A change of address. The account stays as it is until the code is right.
    pub(crate) struct EmailChangeReply {
        /// Its id.
        id: EmailChangeId,
        /// The new address.
        email: Email,
        /// What became of it.
        state: EmailChangeWord,
        /// Until when the newest code is right.
        expires_at: Timestamp,
        /// Until when it can be verified.
        change_expires_at: Timestamp,
        /// From when on a new code can be asked for.
        resend_at: Timestamp,
    }
}

/// What became of a change of address, as its owner may know.
#[derive(Debug, Clone, Copy)]
pub(crate) enum EmailChangeWord {
    AwaitingCode,
    Verified,
    Replaced,
}

pub(crate) struct EmailChanges(pub(crate) Deployment);

#[OpenApi(tag = "Tag::Me")]
impl EmailChanges {
    /// Ask for another address
    ///
    /// Mails a code of six digits there. The answer is the same whoever has the address. An earlier change that
    /// waits is replaced.
    #[oai(path = "/me/email-changes", method = "post", operation_id = "change_my_address")]
    async fn ask(
        &self,
        signed: Signed,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<ChangeEmailRequest>,
    ) -> Outcome<Created<EmailChangeReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let ChangeEmailRequest { email, password } = body.it;
        let command = ChangeEmail { by: signed.0, email, password, device: client.0, once };
        Ok(Created::answer(self.0.platform().change_email(command).await?, |it| (&it).into()))
    }

    /// Confirm the new address
    ///
    /// The account has it from now on, its older address is told so, and all other sessions end. A try is spent
    /// before it is compared.
    #[oai(path = "/me/email-changes/:id/verify", method = "post", operation_id = "verify_my_address")]
    async fn verify(
        &self,
        id: Path<EmailChangeId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<VerifyEmailRequest>,
    ) -> Outcome<Read<EmailChangeReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let (change, code) = (id.0, body.it.code);
        let command = VerifyEmailChange { by: signed.0, change, code, renew: false, once };
        let verified = self.0.platform().verify_email_change(command).await?;
        Ok(Read::answer(verified, |it| (&it.change).into()))
    }

    /// Send a new code
    ///
    /// It voids the older one, and refills no count of tries.
    #[oai(path = "/me/email-changes/:id/resend", method = "post", operation_id = "resend_my_address_code")]
    async fn resend(
        &self,
        id: Path<EmailChangeId>,
        signed: Signed,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Read<EmailChangeReply>> {
        let once = retry.once(&self.0, Some(signed.account()), &body.0.bytes);
        let command = ResendAddressCode { by: signed.0, change: id.0, once };
        Ok(Read::answer(self.0.platform().resend_address_code(command).await?, |it| (&it).into()))
    }

    /// Close my account
    ///
    /// For ever: memberships and sessions end, and the address and the username are free. Not while the caller is
    /// the last Owner anywhere; the problem names those organizations as `organizations`.
    #[oai(path = "/me/close", method = "post", operation_id = "close_my_account")]
    async fn close(
        &self,
        signed: Signed,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<CloseRequest>,
    ) -> Outcome<Done> {
        let once = retry.once(&self.0, Some(signed.account()), &body.bytes);
        let (by, password, device) = (signed.0, body.it.password, client.0);
        let closed = self.0.platform().close_account(CloseAccount { by, password, device, once }).await?;
        Ok(Done::answer(&closed))
    }
}

impl From<&EmailChange> for EmailChangeReply {
    fn from(change: &EmailChange) -> Self {
        let it = change.parts();
        Self {
            id: it.id,
            email: it.email.clone(),
            // A decoy is told from the others by nobody.
            state: match it.state {
                EmailChangeState::AwaitingCode | EmailChangeState::Decoy => EmailChangeWord::AwaitingCode,
                EmailChangeState::Verified { .. } => EmailChangeWord::Verified,
                EmailChangeState::Replaced { .. } => EmailChangeWord::Replaced,
            },
            expires_at: it.code.expires_at,
            change_expires_at: it.expires_at,
            resend_at: it.code.resend_at,
        }
    }
}

impl Shape for EmailChangeWord {
    fn schema() -> poem_openapi::registry::MetaSchemaRef {
        words(["awaiting_code", "verified", "replaced"])
    }
}
impl Shown for EmailChangeWord {
    fn shown(self) -> serde_json::Value {
        match self {
            Self::AwaitingCode => "awaiting_code".into(),
            Self::Verified => "verified".into(),
            Self::Replaced => "replaced".into(),
        }
    }
}
