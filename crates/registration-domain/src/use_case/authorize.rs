//! Whether somebody may do something now, for those services that ask.
use crate::{
    account::AccountId,
    organization::OrganizationId,
    permission::Permission,
    platform::{Platform, VerbError},
    refusal::{FieldFault, Refusal, RefusalKind},
    session::Caller,
};

/// Asks whether an account may do something in an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorize {
    /// Who asks.
    pub by: Caller,
    /// About whom.
    pub account: AccountId,
    /// Where.
    pub organization: OrganizationId,
    /// What.
    pub permission: Permission,
}

/// The answer, true at the moment it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Authorization {
    /// They may.
    Allowed,
    /// They may not.
    Denied(DeniedWhy),
}

/// Why somebody may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeniedWhy {
    /// They do not belong there.
    NotAMember,
    /// Their access lacks it.
    NotGranted,
    /// Their account is suspended.
    Suspended,
}

/// Why the question is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizeRefusal {
    /// A person asks about themselves only.
    #[error("a person asks about themselves only")]
    AboutSomebodyElse,
    /// The catalogue lacks it.
    #[error("some fields cannot be taken")]
    UnknownPermission,
}

impl Platform {
    /// Whether somebody may do something now.
    ///
    /// # Errors
    /// [`AuthorizeRefusal`], or what every verb may meet.
    pub async fn authorize(
        &self,
        question: &Authorize,
    ) -> Result<Authorization, VerbError<AuthorizeRefusal>> {
        let Authorize { by, account, organization, permission } = question;
        if by.account != *account {
            return Err(VerbError::Refused(AuthorizeRefusal::AboutSomebodyElse));
        }
        if !self.settings.catalogue.knows(permission) {
            return Err(VerbError::Refused(AuthorizeRefusal::UnknownPermission));
        }
        let moment = self.ports.reads.moment().await?;
        if moment.account(*account).await?.is_none_or(|it| !it.is_active()) {
            return Ok(Authorization::Denied(DeniedWhy::Suspended));
        }
        Ok(match moment.standing(*account, *organization).await? {
            None => Authorization::Denied(DeniedWhy::NotAMember),
            Some(it) if self.settings.catalogue.holds(&it.access, permission) => Authorization::Allowed,
            Some(_) => Authorization::Denied(DeniedWhy::NotGranted),
        })
    }
}

impl DeniedWhy {
    /// The stable word for it.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotAMember => "not_a_member",
            Self::NotGranted => "not_granted",
            Self::Suspended => "suspended",
        }
    }
}

impl Refusal for AuthorizeRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::AboutSomebodyElse => (RefusalKind::Forbidden, "only_about_oneself"),
            Self::UnknownPermission => (RefusalKind::Invalid, "validation_failed"),
        }
    }
    fn faults(&self) -> Vec<FieldFault> {
        match self {
            Self::AboutSomebodyElse => Vec::new(),
            Self::UnknownPermission => {
                vec![FieldFault::of("permission", &crate::permission::UnknownPermission)]
            }
        }
    }
}
