//! Whoever holds a link reads what it offers, or what became of it and whom to ask; in one moment, so that both agree.
use crate::{
    account::AccountId,
    email::Email,
    invitation::InvitationState,
    organization::OrganizationId,
    organization_name::OrganizationName,
    permit::Standing,
    person_name::PersonName,
    platform::{Platform, VerbError, shown},
    revision::Generation,
    secret::Secret,
    session::Caller,
    time::Timestamp,
    use_case::look_up_invitation::{LinkRefusal, LookedUp, Snapshot, gather},
};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Followed {
    /// To an offer.
    Offered(LookedUp),
    /// To what became of one.
    Ended(Ended),
}

/// What became of an invitation, for somebody who holds a link of it: what is enough to know whom to ask, and no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// What it is.
    pub why: LinkRefusal,
    /// Since when it is so, where that has a date.
    pub since: Option<Timestamp>,
    /// Into what it was.
    pub organization: OrganizationName,
    /// Who stood behind it last.
    pub inviter: PersonName,
    /// Where its newest link went, for those whose older one went there too: a corrected address is not told to the
    /// wrong one.
    pub email: Option<Email>,
    /// The place of whoever follows it, where they came in by it themselves.
    pub own: Option<OwnPlace>,
}

/// The place of somebody who came in by the link that they follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnPlace {
    /// Where, if they still belong there.
    pub organization: Option<OrganizationId>,
    /// When they came.
    pub joined_at: Timestamp,
}

impl Platform {
    /// Where a link leads; it changes nothing, however often.
    ///
    /// # Errors
    /// [`LinkRefusal::Unknown`], or what every verb may meet.
    pub async fn follow_invitation(
        &self,
        token: &Secret,
        by: Option<&Caller>,
    ) -> Result<Followed, VerbError<LinkRefusal>> {
        let unknown = || VerbError::Refused(LinkRefusal::Unknown);
        let (id, link) = self.invitation_link(token).ok_or_else(unknown)?;
        let moment = self.ports.reads.moment().await?;
        let snapshot = gather(&*moment, id).await?.ok_or_else(unknown)?;
        let why = match snapshot.offered(link, &self.settings, self.ports.clock.now()) {
            Ok(offered) => return Ok(Followed::Offered(offered)),
            Err(why) => why,
        };
        let standing = match by {
            Some(by) => moment.standing(by.account, snapshot.invitation.parts().organization).await?,
            None => None,
        };
        let ended = ended(&snapshot, why, link, by.map(|it| it.account), standing.as_ref());
        Ok(Followed::Ended(shown(ended, "invitation", &id)?))
    }
}

/// What whoever follows a link of no use any more may know; nothing where its organization or inviter is not there.
pub fn ended(
    snapshot: &Snapshot,
    why: LinkRefusal,
    link: Generation,
    by: Option<AccountId>,
    standing: Option<&Standing>,
) -> Option<Ended> {
    let (invitation, scene) = (&snapshot.invitation, snapshot.scene.as_ref()?);
    let parts = invitation.parts();
    let own = match parts.state {
        InvitationState::Accepted { at, by: who } if by == Some(who) => {
            Some(OwnPlace { organization: standing.map(|it| it.organization), joined_at: at })
        }
        InvitationState::Accepted { .. }
        | InvitationState::Pending
        | InvitationState::Declined { .. }
        | InvitationState::Revoked { .. } => None,
    };
    Some(Ended {
        since: if let LinkRefusal::NotAcceptable(why) = &why { why.since() } else { None },
        why,
        organization: scene.organization.parts().name.clone(),
        inviter: scene.inviter.parts().name.clone(),
        email: invitation.is_addressed_by(link).then(|| parts.email.clone()),
        own,
    })
}
