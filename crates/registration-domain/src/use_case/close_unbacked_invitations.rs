//! What somebody invited and could no longer give is closed, in small commits. That nobody comes in by it
//! meanwhile, accepting sees to.
use crate::{
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet, Expectation, Review},
    invitation::{Invitation, RevokedWhy},
    permission::Permission,
    permit::{Permit, Standing},
    platform::Platform,
    port::{CommitError, PortError},
    session::Origin,
    settings::Settings,
};

/// How many reviews one turn takes on.
const REVIEWS: u16 = 16;
/// How many invitations are read, and at most closed, in one commit.
const BATCH: u16 = 50;

impl Platform {
    /// One turn of the job: looks through what some people invited who may do less than before. Answers
    /// how many invitations it closed.
    ///
    /// # Errors
    /// [`PortError`] where the store failed; the next turn begins anew.
    pub async fn close_unbacked_invitations(&self) -> Result<usize, PortError> {
        let reviews = self.ports.reads.moment().await?.reviews(REVIEWS).await?;
        let mut closed = 0;
        for review in reviews {
            closed += self.look_through(review).await?;
        }
        Ok(closed)
    }

    async fn look_through(&self, review: Review) -> Result<usize, PortError> {
        let (mut after, mut closed) = (None, 0);
        loop {
            let moment = self.ports.reads.moment().await?;
            let standing = moment.standing(review.inviter, review.organization).await?;
            let batch = moment.pending_by(review.inviter, review.organization, after, BATCH).await?;
            drop(moment);
            let Some(last) = batch.last() else { break };
            after = Some(last.id());
            let unbacked = batch.into_iter().filter(|it| !is_backed(it, standing.as_ref(), &self.settings));
            let unbacked: Vec<_> = unbacked.collect();
            closed += unbacked.len();
            if !self.close(unbacked, standing.as_ref()).await? {
                return Ok(closed);
            }
        }
        let end = ChangeSet::new().with(Change::EndReview(review));
        self.commit(end, self.ports.clock.now()).await.map_or_else(failed, |()| Ok(true))?;
        Ok(closed)
    }

    /// `false` where somebody was faster: the next turn sees what is left.
    async fn close(&self, unbacked: Vec<Invitation>, standing: Option<&Standing>) -> Result<bool, PortError> {
        if unbacked.is_empty() {
            return Ok(true);
        }
        let now = self.ports.clock.now();
        let mut changes = ChangeSet::new();
        if let Some(it) = standing {
            changes = changes.expecting(Expectation::Membership(it.membership, it.revision));
        }
        for open in unbacked.into_iter().filter_map(|it| it.open().ok()) {
            let parts = open.invitation().parts().clone();
            let (id, action) = (self.ports.ids.fresh(), Action::InvitationRevoked);
            let event = AuditEvent::unnamed(&Origin::default(), id, action, parts.id, &parts.email, now)
                .within(parts.organization)
                .to("whoever made it could no longer give what it offered");
            changes = changes
                .with(Change::UpdateInvitation(open.revoke(parts.inviter, RevokedWhy::NotBacked, now)))
                .with(Change::Record(event));
        }
        self.commit(changes, now).await.map_or_else(failed, |()| Ok(true))
    }
}

fn is_backed(invitation: &Invitation, standing: Option<&Standing>, settings: &Settings) -> bool {
    let access = invitation.parts().access.clone();
    Permit::check(standing, &Permission::MEMBERS_INVITE, &settings.catalogue)
        .and_then(|it| it.grant(access, &settings.catalogue))
        .is_ok()
}

fn failed(error: CommitError) -> Result<bool, PortError> {
    match error {
        CommitError::Port(error) | CommitError::Unknown(error) => Err(error),
        CommitError::Conflict
        | CommitError::Taken(_)
        | CommitError::Spent { .. }
        | CommitError::Repeated(_) => Ok(false),
    }
}
