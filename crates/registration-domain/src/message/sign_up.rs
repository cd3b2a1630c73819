//! What goes to the address of a sign-up: a code, or that there is an account already.
use crate::{revision::Generation, sign_up::SignUpId, time::Timestamp};

/// What a mail about a sign-up says. Whoever fills in the form is not told which of them was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignUpLetter {
    /// To whoever signs up: the code, made when it is rendered.
    Code {
        /// The sign-up.
        sign_up: SignUpId,
        /// Which of its codes; an older one is not sent any more.
        generation: Generation,
        /// Until when it is right.
        expires_at: Timestamp,
    },
    /// To the owner of an account: somebody tried to sign up with their address.
    AlreadyRegistered {
        /// The sign-up.
        sign_up: SignUpId,
        /// In the place of which of its codes.
        generation: Generation,
    },
}

impl SignUpLetter {
    /// The stable name of its kind, and of its templates.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Code { .. } => "sign_up_code",
            Self::AlreadyRegistered { .. } => "already_registered",
        }
    }
    /// What it is about, and in the place of which code.
    pub fn about(&self) -> (SignUpId, Generation) {
        match self {
            Self::Code { sign_up, generation, expires_at: _ }
            | Self::AlreadyRegistered { sign_up, generation } => (*sign_up, *generation),
        }
    }
}
