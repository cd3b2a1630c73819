//! Whoever founds an organization becomes its Owner.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Expectation, Touch},
    membership::{Membership, MembershipId},
    organization::{Organization, OrganizationId, OrganizationKind},
    organization_name::OrganizationName,
    platform::{Answer, Platform, VerbError},
    receipt::{Once, Outcome},
    refusal::{Refusal, RefusalKind},
    session::Caller,
    settings::Settings,
    time::Timestamp,
    view::MembershipView,
};

/// Founds an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundOrganization {
    /// Who.
    pub by: Caller,
    /// Of this name.
    pub name: OrganizationName,
    /// Of this kind.
    pub kind: OrganizationKind,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub organization: OrganizationId,
    pub membership: MembershipId,
    pub event: AuditEventId,
}

/// Why no organization was founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoundRefusal {
    /// The account is gone or suspended.
    #[error("you are not signed in")]
    NotSignedIn,
    /// Here only administrators of the platform found organizations.
    #[error("on this platform only its administrators found organizations")]
    Closed,
}

impl Platform {
    /// Founds an organization.
    ///
    /// # Errors
    /// [`FoundRefusal`], or what every verb may meet.
    pub async fn found_organization(
        &self,
        command: FoundOrganization,
    ) -> Result<Answer<MembershipView>, VerbError<FoundRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh { organization: ids.fresh(), membership: ids.fresh(), event: ids.fresh() };
        let outcome = Outcome::Founded { organization: fresh.organization, membership: fresh.membership };
        let command = &command;
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let founder = moment.account(command.by.account).await?;
            decide(founder.as_ref(), command, &self.settings, now, fresh).map_err(VerbError::Refused)
        });
        let answer = settled.await?;
        let Outcome::Founded { membership, .. } = answer.what else { return Err(VerbError::KeyReused) };
        let view = self.membership_view(membership).await?;
        Ok(answer.map(|_| view))
    }
}

/// What founding writes: the organization, and its founder's place as its Owner.
///
/// # Errors
/// [`FoundRefusal`]: whether the account can be used, then whether it may found here.
pub fn decide(
    founder: Option<&Account>,
    command: &FoundOrganization,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, FoundRefusal> {
    let founder = founder.filter(|it| it.is_active()).ok_or(FoundRefusal::NotSignedIn)?;
    if !settings.founding_is_open && !founder.parts().administrator {
        return Err(FoundRefusal::Closed);
    }
    let (id, name) = (fresh.organization, command.name.clone());
    let event =
        AuditEvent::by(&command.by, fresh.event, Action::OrganizationFounded, id, &name, now).within(id);
    let membership = Membership::found(fresh.membership, id, founder.id(), now);
    Ok(ChangeSet::new()
        .expecting(Expectation::Account(founder.id(), founder.parts().revision))
        .with(Change::AddOrganization(Organization::found(id, name, command.kind, now)))
        .with(Change::AddMembership(membership))
        .with(Change::Touch(Touch::SignIn { account: founder.id(), at: now }))
        .with(Change::Record(event)))
}

impl Refusal for FoundRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn => (RefusalKind::Unauthenticated, "not_signed_in"),
            Self::Closed => (RefusalKind::Forbidden, "founding_closed"),
        }
    }
}
