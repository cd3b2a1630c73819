//! Whoever signs up is answered alike, whoever has the address; the right code makes the account.
use poem_openapi::OpenApi;
use registration_domain::{
    email::Email,
    locale::Locale,
    person_name::NamePart,
    sign_up::{SignUp, SignUpId, SignUpState},
    time::Timestamp,
    use_case::{
        registration::Registration, resend_code::ResendCode, sign_up::StartSignUp,
        verify_sign_up::VerifySignUp,
    },
    username::Username,
    verification_code::VerificationCode,
};

use crate::{
    body::{Body, NewPassword, Nothing, OptionalBody},
    caller::Client,
    deployment::Deployment,
    idempotency::Retry,
    path::Path,
    reply::{Created, Outcome, Taken},
    shape::{Shape, Shown, reply, request, words},
    tag::Tag,
    view::Account,
};

request! {
    /// Everything that an account needs.
    pub(crate) struct SignUpRequest {
        /// The address, which the code is sent to.
        email: Email,
        /// The name to sign in with.
        username: Username,
        /// The person's first name.
        first_name: NamePart,
        /// The person's last name.
        last_name: NamePart,
        /// A password within the platform's policy.
        password: NewPassword,
        /// The language of mails and pages.
        locale: Option<Locale>,
    }
}

request! {
    /// The code of the newest mail.
    pub(crate) struct VerifyRequest {
        /// Six digits. Spaces and dashes are fine.
        code: VerificationCode,
        /// Another username, where somebody took the one of the sign-up meanwhile.
        username: Option<Username>,
    }
}

reply! {
    /// What was filled in and not yet verified; no account exists until the code is right.
    pub(crate) struct SignUpReply {
        /// Its id.
        id: SignUpId,
        /// What became of it.
        state: SignUpWord,
        /// Until when the newest code is right.
        expires_at: Timestamp,
        /// Until when it can be verified.
        sign_up_expires_at: Timestamp,
        /// From when on a new code can be asked for.
        resend_at: Timestamp,
    }
}

reply! {
    /// The account that a sign-up became.
    pub(crate) struct VerifiedReply {
        /// Whoever it belongs to signs in next.
        account: Account,
    }
}

/// What became of a sign-up, as whoever holds its id may know.
#[derive(Debug, Clone, Copy)]
pub(crate) enum SignUpWord {
    AwaitingCode,
    Verified,
}

pub(crate) struct SignUps(pub(crate) Deployment);

#[OpenApi(tag = "Tag::SignUps")]
impl SignUps {
    /// Sign up
    ///
    /// Mails a code of six digits. The answer is the same whoever has the address; whoever has an account is
    /// mailed that they have one. Nothing is reserved, neither the address nor the username.
    #[oai(path = "/sign-ups", method = "post", operation_id = "sign_up")]
    async fn start(
        &self,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<SignUpRequest>,
    ) -> Outcome<Taken<SignUpReply>> {
        let once = retry.once(&self.0, None, &body.bytes);
        let SignUpRequest { email, username, first_name, last_name, password, locale } = body.it;
        let registration = Registration {
            username: Some(username),
            first_name: Some(first_name),
            last_name: Some(last_name),
            password: Some(password.0),
            locale,
        };
        let command = StartSignUp { email, registration, origin: client.0.origin, once };
        Ok(Taken::answer(self.0.platform().start_sign_up(command).await?, |it| (&it).into()))
    }

    /// Confirm the address
    ///
    /// Makes the account of exactly what was typed into this sign-up, and starts no session. A try is spent before
    /// it is compared. Where somebody took the username meanwhile, the code is not used up: send it again with
    /// another `username`.
    #[oai(path = "/sign-ups/:id/verify", method = "post", operation_id = "verify_sign_up")]
    async fn verify(
        &self,
        id: Path<SignUpId>,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: Body<VerifyRequest>,
    ) -> Outcome<Created<VerifiedReply>> {
        let once = retry.once(&self.0, None, &body.bytes);
        let VerifyRequest { code, username } = body.it;
        let command = VerifySignUp { sign_up: id.0, code, username, origin: client.0.origin, once };
        let verified = self.0.platform().verify_sign_up(command).await?;
        Ok(Created::answer(verified, |it| VerifiedReply { account: (&it).into() }))
    }

    /// Send a new code
    ///
    /// It voids the older one, and refills no count of tries.
    #[oai(path = "/sign-ups/:id/resend", method = "post", operation_id = "resend_code")]
    async fn resend(
        &self,
        id: Path<SignUpId>,
        client: Client,
        #[oai(name = "Idempotency-Key")] retry: Retry,
        body: OptionalBody<Nothing>,
    ) -> Outcome<Taken<SignUpReply>> {
        let once = retry.once(&self.0, None, &body.0.bytes);
        let command = ResendCode { sign_up: id.0, origin: client.0.origin, once };
        Ok(Taken::answer(self.0.platform().resend_code(command).await?, |it| (&it).into()))
    }
}

impl From<&SignUp> for SignUpReply {
    fn from(sign_up: &SignUp) -> Self {
        let it = sign_up.parts();
        Self {
            id: it.id,
            // A decoy is told from the others by nobody.
            state: match it.state {
                SignUpState::AwaitingCode | SignUpState::Decoy => SignUpWord::AwaitingCode,
                SignUpState::Verified { .. } => SignUpWord::Verified,
            },
            expires_at: it.code.expires_at,
            sign_up_expires_at: it.expires_at,
            resend_at: it.code.resend_at,
        }
    }
}

impl Shape for SignUpWord {
    fn schema() -> poem_openapi::registry::MetaSchemaRef {
        words(["awaiting_code", "verified"])
    }
}
impl Shown for SignUpWord {
    fn shown(self) -> serde_json::Value {
        match self {
            Self::AwaitingCode => "awaiting_code".into(),
            Self::Verified => "verified".into(),
        }
    }
}
