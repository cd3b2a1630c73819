//! What somebody invited and could no longer give is closed, in small commits. That nobody comes in by it
//! meanwhile, accepting sees to.
use crate::{
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet, Expectation, Review},
    invitation::{Invitation, RevokedWhy},
    permit::Standing,
    platform::Platform,
    port::PortError,
    session::Origin,
    settings::Settings,
    use_case::backing::backing,
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
    /// The first [`PortError`], once the others were looked through; the next turn begins anew.
    pub async fn close_unbacked_invitations(&self) -> Result<usize, PortError> {
        let reviews = self.ports.reads.moment().await?.reviews(REVIEWS).await?;
        let mut closed = Ok(0);
        for review in reviews {
            closed = match (closed, self.look_through(review).await) {
                (Ok(before), Ok(more)) => Ok(before + more),
                (first @ Err(_), _) | (Ok(_), first) => first,
            };
        }
        closed
    }

    /// All that somebody invited is judged by one standing. Where it moves meanwhile, the review stays; and
    /// one that was asked for again is another one, which this does not end.
    async fn look_through(&self, review: Review) -> Result<usize, PortError> {
        let Review { organization, inviter, asked_at: _ } = review;
        let judged_by = self.ports.reads.moment().await?.standing(inviter, organization).await?;
        let (mut after, mut closed) = (None, 0);
        loop {
            let moment = self.ports.reads.moment().await?;
            if moment.standing(inviter, organization).await? != judged_by {
                return Ok(closed);
            }
            let batch = moment.pending_by(inviter, organization, after, BATCH).await?;
            drop(moment);
            let Some(last) = batch.last() else { break };
            after = Some(last.id());
            let unbacked = batch.into_iter().filter(|it| !is_backed(it, judged_by.as_ref(), &self.settings));
            let unbacked: Vec<_> = unbacked.collect();
            let count = unbacked.len();
            if !self.close(unbacked, judged_by.as_ref()).await? {
                return Ok(closed);
            }
            closed += count;
        }
        let end = resting_on(judged_by.as_ref()).with(Change::EndReview(review));
        self.commit_if_first(end, self.ports.clock.now()).await?;
        Ok(closed)
    }

    /// `false` where somebody was faster: the next turn sees what is left.
    async fn close(&self, unbacked: Vec<Invitation>, standing: Option<&Standing>) -> Result<bool, PortError> {
        if unbacked.is_empty() {
            return Ok(true);
        }
        let now = self.ports.clock.now();
        let mut changes = resting_on(standing);
        for open in unbacked.into_iter().filter_map(|it| it.open().ok()) {
            let parts = open.invitation().parts().clone();
            let (id, action) = (self.ports.ids.fresh(), Action::InvitationRevoked);
            let event = AuditEvent::unnamed(&Origin::default(), id, action, parts.id, &parts.email, now)
                .within(parts.organization)
                .to(&RevokedWhy::NotBacked);
            changes = changes
                .with(Change::UpdateInvitation(open.revoke(parts.inviter, RevokedWhy::NotBacked, now)))
                .with(Change::Record(event));
        }
        self.commit_if_first(changes, now).await
    }
}

fn resting_on(standing: Option<&Standing>) -> ChangeSet {
    let read = standing.map(|it| Change::Expect(Expectation::Membership(it.membership, it.revision)));
    ChangeSet::new().with_all(read)
}

fn is_backed(invitation: &Invitation, standing: Option<&Standing>, settings: &Settings) -> bool {
    backing(standing, &invitation.parts().access, settings).is_ok()
}
