//! Whoever holds a link is told what it offers, or what became of it; nothing tells who has an account.
use crate::{
    access::Access,
    email::Email,
    invitation::{Acceptable, Invitation, Lapsed, NotAcceptable, Purpose},
    note::Note,
    organization_name::OrganizationName,
    permit::{NotPermitted, Permit, Standing},
    person_name::PersonName,
    platform::{Platform, VerbError},
    port::{Moment, PortError},
    refusal::{Fact, Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    settings::Settings,
    time::Timestamp,
    use_case::{
        backing::backing,
        invite::{Scene, scene},
    },
};

/// What a link offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedUp {
    /// Into what.
    pub organization: OrganizationName,
    /// By whom.
    pub inviter: PersonName,
    /// Whom.
    pub email: Email,
    /// As what.
    pub purpose: Purpose,
    /// With how much access.
    pub access: Access,
    /// What the inviter says.
    pub note: Option<Note>,
    /// Until when.
    pub expires_at: Timestamp,
}

/// All that a decision of the invitee's side rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the link leads to.
    pub invitation: Invitation,
    /// What the inviter may do now.
    pub inviter: Option<Standing>,
    /// Where it leads, and who stands behind it.
    pub scene: Option<Scene>,
}

/// Why a link cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkRefusal {
    /// There is no such link.
    #[error("there is no such invitation")]
    Unknown,
    /// The invitation is settled, or the link does not hold.
    #[error(transparent)]
    NotAcceptable(#[from] NotAcceptable),
    /// Whoever made it may no longer give what it offers.
    #[error("whoever sent the invitation may no longer give what it offers")]
    NotBacked(#[from] NotPermitted),
    /// A new one is of no use: this one holds.
    #[error("the invitation still holds")]
    StillHolds,
}

impl Platform {
    /// What a link offers; it changes nothing, however often.
    ///
    /// # Errors
    /// [`LinkRefusal`], or what every verb may meet.
    pub async fn look_up_invitation(&self, token: &Secret) -> Result<LookedUp, VerbError<LinkRefusal>> {
        let unknown = || VerbError::Refused(LinkRefusal::Unknown);
        let (id, link) = self.invitation_link(token).ok_or_else(unknown)?;
        let moment = self.ports.reads.moment().await?;
        let snapshot = gather(&*moment, id).await?.ok_or_else(unknown)?;
        snapshot.offered(link, &self.settings, self.ports.clock.now()).map_err(VerbError::Refused)
    }
}

pub(crate) async fn gather(
    moment: &dyn Moment,
    id: crate::invitation::InvitationId,
) -> Result<Option<Snapshot>, PortError> {
    let Some(invitation) = moment.invitation(id).await? else { return Ok(None) };
    let (inviter, organization) = (invitation.parts().inviter, invitation.parts().organization);
    Ok(Some(Snapshot {
        inviter: moment.standing(inviter, organization).await?,
        scene: scene(moment, organization, inviter).await?,
        invitation,
    }))
}

impl Snapshot {
    /// The invitation, where the newest link holds and whoever made it may still give what it offers.
    ///
    /// # Errors
    /// [`LinkRefusal`].
    pub fn acceptable(
        &self,
        link: Generation,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<(Acceptable, Permit, &Scene), LinkRefusal> {
        let acceptable = self.invitation.clone().acceptable(link, now)?;
        let (permit, scene) = self.backing(settings)?;
        Ok((acceptable, permit, scene))
    }
    /// The invitation, where it expired and whoever made it could still give what it offers.
    ///
    /// # Errors
    /// [`LinkRefusal`].
    pub fn lapsed(
        &self,
        link: Generation,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<(Lapsed, Permit, &Scene), LinkRefusal> {
        let lapsed = self.invitation.clone().lapsed(link, now)?.ok_or(LinkRefusal::StillHolds)?;
        let (permit, scene) = self.backing(settings)?;
        Ok((lapsed, permit, scene))
    }
    /// What the link offers.
    ///
    /// # Errors
    /// [`LinkRefusal`].
    pub fn offered(
        &self,
        link: Generation,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<LookedUp, LinkRefusal> {
        let (acceptable, _, scene) = self.acceptable(link, settings, now)?;
        let parts = acceptable.parts().clone();
        Ok(LookedUp {
            organization: scene.organization.parts().name.clone(),
            inviter: scene.inviter.parts().name.clone(),
            email: parts.email,
            purpose: parts.purpose,
            access: parts.access,
            note: parts.note,
            expires_at: parts.expires_at,
        })
    }
    fn backing(&self, settings: &Settings) -> Result<(Permit, &Scene), NotPermitted> {
        let (permit, _) = backing(self.inviter.as_ref(), &self.invitation.parts().access, settings)?;
        Ok((permit, self.scene.as_ref().ok_or(NotPermitted::NotAMember)?))
    }
}

impl Refusal for LinkRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::Unknown => (RefusalKind::NotFound, "invitation_unknown"),
            Self::NotAcceptable(why) => why.told(),
            Self::NotBacked(_) => NotAcceptable::NotBacked.told(),
            Self::StillHolds => (RefusalKind::Conflict, "invitation_still_holds"),
        }
    }
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotAcceptable(why) => why.facts(),
            Self::Unknown | Self::NotBacked(_) | Self::StillHolds => Vec::new(),
        }
    }
}
