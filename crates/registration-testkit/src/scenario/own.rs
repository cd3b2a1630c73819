//! People who change their address, or go.
use registration_domain::{
    email::Email,
    email_change::EmailChange,
    platform::{Answer, VerbError},
    secret::Secret,
    session::Origin,
    use_case::{
        authenticate::SignedIn,
        change_email::{ChangeEmail, ChangeEmailRefusal, ResendAddressCode},
        close_account::{CloseAccount, CloseRefusal},
        verify_email_change::{EmailChanged, VerifyEmailChange, VerifyEmailChangeRefusal},
    },
    verification_code::VerificationCode,
};

use super::{PASSWORD, TestPlatform, device};

impl TestPlatform {
    /// Signs somebody in, as verbs about one's own account take them.
    ///
    /// # Panics
    /// Where they cannot sign in.
    pub async fn signed_in(&self, identifier: &str) -> SignedIn {
        let token = self.sign_in(identifier, PASSWORD, "laptop").await.expect("they may").what.token;
        self.platform.authenticate(token.expose(), Origin(None)).await.expect("a session")
    }

    /// Asks for another address, right after a sign-in.
    ///
    /// # Errors
    /// What the verb refuses.
    ///
    /// # Panics
    /// Where the text is no address.
    pub async fn change_email(
        &self,
        by: &SignedIn,
        email: &str,
    ) -> Result<Answer<EmailChange>, VerbError<ChangeEmailRefusal>> {
        self.platform.change_email(change_email(by, email)).await
    }

    /// The newest code of a change of address, as its mail shows it.
    pub fn address_code(&self, of: &EmailChange) -> VerificationCode {
        self.ports.codes.code(of.code())
    }

    /// Sends a new code.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn resend_address_code(
        &self,
        by: &SignedIn,
        of: &EmailChange,
    ) -> Result<Answer<EmailChange>, VerbError<ChangeEmailRefusal>> {
        let command = ResendAddressCode { by: by.clone(), change: of.id(), once: None };
        self.platform.resend_address_code(command).await
    }

    /// Confirms the new address by a code.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn verify_email_change(
        &self,
        by: &SignedIn,
        of: &EmailChange,
        code: VerificationCode,
    ) -> Result<Answer<EmailChanged>, VerbError<VerifyEmailChangeRefusal>> {
        self.platform.verify_email_change(verify_email_change(by, of, code)).await
    }

    /// Closes an account, whose owner says their password.
    ///
    /// # Errors
    /// What the verb refuses.
    pub async fn close(&self, by: &SignedIn) -> Result<Answer<()>, VerbError<CloseRefusal>> {
        self.platform.close_account(close_account(by, PASSWORD)).await
    }
}

/// The command that asks for another address.
///
/// # Panics
/// Where the text is no address.
pub fn change_email(by: &SignedIn, email: &str) -> ChangeEmail {
    let email = Email::parse(email).expect("an address");
    ChangeEmail { by: by.clone(), email, password: None, device: device("laptop"), once: None }
}

/// The command that confirms it.
pub fn verify_email_change(by: &SignedIn, of: &EmailChange, code: VerificationCode) -> VerifyEmailChange {
    VerifyEmailChange { by: by.clone(), change: of.id(), code, renew: false, once: None }
}

/// The command that closes an account.
pub fn close_account(by: &SignedIn, password: &str) -> CloseAccount {
    let password = Secret::new(password);
    CloseAccount { by: by.clone(), password, device: device("laptop"), once: None }
}
