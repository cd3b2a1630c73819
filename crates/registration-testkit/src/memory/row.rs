//! Rows that are written anew hold a revision, which moves with each write.
use registration_domain::{
    account::{Account, AccountParts},
    email_change::{EmailChange, EmailChangeParts},
    email_domain::{EmailDomain, EmailDomainParts},
    employee_code::{EmployeeCode, EmployeeCodeParts},
    invitation::{Invitation, InvitationParts},
    join_request::{JoinRequest, JoinRequestParts},
    membership::{Membership, MembershipParts, MembershipState},
    organization::{Organization, OrganizationParts},
    password_reset::{PasswordReset, PasswordResetParts},
    revision::Revision,
    session::{Session, SessionParts},
    sign_up::{SignUp, SignUpParts},
    time::Timestamp,
};

/// A membership, and what stands beside it outside of its revision.
#[derive(Debug, Clone)]
pub(super) struct Seat {
    pub(super) membership: Membership,
    pub(super) last_sign_in_at: Option<Timestamp>,
}

impl Seat {
    pub(super) fn is_active(&self) -> bool {
        self.membership.parts().state == MembershipState::Active
    }
}

/// An e-mail domain, and what stands beside it outside of its revision.
#[derive(Debug, Clone)]
pub(super) struct CheckedDomain {
    pub(super) domain: EmailDomain,
    pub(super) checked_at: Option<Timestamp>,
}

/// What is guarded by its revision.
pub(super) trait Guarded {
    fn revision(&self) -> Revision;
    /// As it is stored after one more write.
    fn written_again(self) -> Self;
}

macro_rules! guarded {
    ($($aggregate:ident, $parts:ident;)*) => {
        $(
            impl Guarded for $aggregate {
                fn revision(&self) -> Revision {
                    self.parts().revision
                }
                fn written_again(self) -> Self {
                    let revision = self.parts().revision.next();
                    Self::from_parts($parts { revision, ..self.into_parts() })
                }
            }
        )*
    };
}

guarded! {
    Account, AccountParts;
    Session, SessionParts;
    SignUp, SignUpParts;
    EmailChange, EmailChangeParts;
    Organization, OrganizationParts;
    Membership, MembershipParts;
    Invitation, InvitationParts;
    EmailDomain, EmailDomainParts;
    PasswordReset, PasswordResetParts;
    EmployeeCode, EmployeeCodeParts;
    JoinRequest, JoinRequestParts;
}
