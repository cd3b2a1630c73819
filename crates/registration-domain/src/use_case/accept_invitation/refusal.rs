//! Why nobody came in.
use crate::{
    invitation::NotAcceptable,
    permit::NotPermitted,
    refusal::{Fact, FieldFault, Refusal, RefusalKind},
};

/// Why nobody came in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AcceptRefusal {
    /// There is no such link.
    #[error("there is no such invitation")]
    Unknown,
    /// The invitation is settled, or the link does not hold.
    #[error(transparent)]
    NotAcceptable(#[from] NotAcceptable),
    /// Whoever made it may no longer give what it offers.
    #[error("whoever sent the invitation may no longer give what it offers")]
    NotBacked(#[from] NotPermitted),
    /// Somebody is signed in who does not have the invited address.
    #[error("this invitation is for somebody else")]
    ForSomeoneElse,
    /// The address has an account, and its owner is not signed in.
    #[error("this address has an account; sign in to accept")]
    SignInToAccept,
    /// The account is a member already.
    #[error("you are a member already")]
    AlreadyMember,
    /// What a new person filled in cannot be taken.
    #[error("some fields cannot be taken")]
    Fields(Vec<FieldFault>),
}

impl Refusal for AcceptRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Unknown => (RefusalKind::NotFound, "invitation_unknown"),
            Self::NotAcceptable(why) => why.told(),
            Self::NotBacked(_) => NotAcceptable::NotBacked.told(),
            Self::ForSomeoneElse => (RefusalKind::Forbidden, "invitation_for_someone_else"),
            Self::SignInToAccept => (RefusalKind::Unauthenticated, "sign_in_to_accept"),
            Self::AlreadyMember => (RefusalKind::Conflict, "already_member"),
            Self::Fields(_) => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::Fields(faults) => faults.clone(),
            Self::Unknown
            | Self::NotAcceptable(_)
            | Self::NotBacked(_)
            | Self::ForSomeoneElse
            | Self::SignInToAccept
            | Self::AlreadyMember => Vec::new(),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotAcceptable(why) => why.facts(),
            Self::Unknown
            | Self::NotBacked(_)
            | Self::ForSomeoneElse
            | Self::SignInToAccept
            | Self::AlreadyMember
            | Self::Fields(_) => Vec::new(),
        }
    }
}
