//! People who come by themselves.
use registration_domain::{
    account::Account,
    email::Email,
    platform::{Answer, VerbError},
    session::Origin,
    sign_up::{SignUp, SignUpId},
    use_case::{
        resend_code::{ResendCode, ResendRefusal},
        sign_up::{StartSignUp, StartSignUpRefusal},
        verify_sign_up::{VerifyRefusal, VerifySignUp},
    },
    username::Username,
    verification_code::VerificationCode,
};

use super::{TestPlatform, registration};

impl TestPlatform {
    /// Starts a sign-up.
    ///
    /// # Errors
    /// What the verb refuses.
    ///
    /// # Panics
    /// Where a text is no address or no username.
    pub async fn sign_up(
        &self,
        email: &str,
        username: &str,
    ) -> Result<Answer<SignUp>, VerbError<StartSignUpRefusal>> {
        self.platform.start_sign_up(start_sign_up(email, username)).await
    }

    /// The newest code of a sign-up, as its mail shows it.
    pub fn code(&self, of: &SignUp) -> VerificationCode {
        self.ports.codes.code(of.code())
    }

    /// Sends a new code.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn resend_code(&self, of: &SignUp) -> Result<Answer<SignUp>, VerbError<ResendRefusal>> {
        let command = ResendCode { sign_up: of.id(), origin: Origin(None), once: None };
        self.platform.resend_code(command).await
    }

    /// Confirms an address by a code.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn verify(
        &self,
        of: &SignUp,
        code: VerificationCode,
    ) -> Result<Answer<Account>, VerbError<VerifyRefusal>> {
        self.platform.verify_sign_up(verify_sign_up(of.id(), code)).await
    }

    /// The same, with another username.
    ///
    /// # Errors
    /// What the verb refuses.
    ///
    /// # Panics
    /// Where the text is no username.
    pub async fn verify_as(
        &self,
        of: &SignUp,
        code: VerificationCode,
        username: &str,
    ) -> Result<Answer<Account>, VerbError<VerifyRefusal>> {
        let username = Some(Username::parse(username).expect("a username"));
        self.platform.verify_sign_up(VerifySignUp { username, ..verify_sign_up(of.id(), code) }).await
    }
}

/// The command that starts a sign-up.
///
/// # Panics
/// Where a text is no address or no username.
pub fn start_sign_up(email: &str, username: &str) -> StartSignUp {
    let (email, registration) = (Email::parse(email).expect("an address"), registration(username));
    StartSignUp { email, registration, origin: Origin(Some("192.0.2.7".into())), once: None }
}

/// The command that verifies a sign-up.
pub fn verify_sign_up(sign_up: SignUpId, code: VerificationCode) -> VerifySignUp {
    VerifySignUp { sign_up, code, username: None, origin: Origin(Some("192.0.2.7".into())), once: None }
}

/// Another code than this one.
///
/// # Panics
/// Never: what it makes are six digits.
pub fn wrong(code: &VerificationCode) -> VerificationCode {
    let number: u32 = code.expose().parse().expect("six digits");
    VerificationCode::of_number((number + 1) % 1_000_000).expect("below a million")
}
