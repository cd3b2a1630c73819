//! Ledgers that read first, and pass over what they should have seen.
use std::sync::Arc;

use async_trait::async_trait;
use registration_domain::{
    account::{Account, AccountParts},
    change::{Change, ChangeSet, Expectation, Review, Touch},
    invitation::{Invitation, InvitationParts},
    join_request::{JoinRequest, JoinRequestParts},
    membership::{Membership, MembershipParts},
    organization::{Organization, OrganizationParts},
    platform::Ports,
    port::{Act, CommitError, Ids, Ledger, Moment, Reads},
    session::{Session, SessionId, SessionParts},
    time::Timestamp,
};

/// What it does not see.
enum To {
    Revisions,
    Age,
    Ends,
    TheFounding,
    Askings,
    NewerRequests,
    Suspensions,
}

/// Is blind to something.
pub(super) struct Blind {
    ledger: Arc<dyn Ledger>,
    reads: Arc<dyn Reads>,
    ids: Arc<dyn Ids>,
    to: To,
}

impl Blind {
    fn new(sound: &Ports, to: To) -> Self {
        let Ports { ledger, reads, ids, .. } = sound.clone();
        Self { ledger, reads, ids, to }
    }
    pub(super) fn to_revisions(sound: &Ports) -> Self {
        Self::new(sound, To::Revisions)
    }
    pub(super) fn to_age(sound: &Ports) -> Self {
        Self::new(sound, To::Age)
    }
    pub(super) fn to_ends(sound: &Ports) -> Self {
        Self::new(sound, To::Ends)
    }
    pub(super) fn to_the_founding(sound: &Ports) -> Self {
        Self::new(sound, To::TheFounding)
    }
    pub(super) fn to_askings(sound: &Ports) -> Self {
        Self::new(sound, To::Askings)
    }
    pub(super) fn to_newer_requests(sound: &Ports) -> Self {
        Self::new(sound, To::NewerRequests)
    }
    pub(super) fn to_suspensions(sound: &Ports) -> Self {
        Self::new(sound, To::Suspensions)
    }

    async fn seen(&self, change: Change) -> Result<Option<Change>, CommitError> {
        let moment = self.reads.moment().await?;
        Ok(match (&self.to, change) {
            (To::Revisions, change) => Some(renewed(&*moment, change).await?),
            (To::Age, Change::Receipt(receipt)) => {
                let first = moment.receipt(receipt.once.scope, &receipt.once.key).await?;
                if let Some(first) = first {
                    return Err(CommitError::Repeated(first.answer(receipt.once.fingerprint)));
                }
                Some(Change::Receipt(receipt))
            }
            (To::Ends, Change::Touch(Touch::Session { id, at })) => {
                drop(moment);
                self.wake(id, at).await?;
                Some(Change::Touch(Touch::Session { id, at }))
            }
            (To::TheFounding, Change::Found(_)) if moment.founding().await?.is_some() => None,
            (To::Askings, Change::EndReview(ended)) => {
                let whose = |it: &Review| (it.organization, it.inviter);
                let stored =
                    moment.reviews(u16::MAX).await?.into_iter().find(|it| whose(it) == whose(&ended));
                Some(Change::EndReview(stored.unwrap_or(ended)))
            }
            (To::NewerRequests, Change::EndResetRequest(ended)) => {
                let waiting = moment.reset_requests(Timestamp::from_micros(i64::MAX), u16::MAX).await?;
                let newest = waiting.into_iter().find(|it| it.email.is_same_mailbox(&ended.email));
                Some(Change::EndResetRequest(newest.unwrap_or(ended)))
            }
            (To::Suspensions, Change::Expect(Expectation::Membership(id, read))) => {
                let stored = moment.membership(id).await?;
                let revision = stored.map_or(read, |it| it.parts().revision);
                Some(Change::Expect(Expectation::Membership(id, revision)))
            }
            (
                To::Age | To::Ends | To::TheFounding | To::Askings | To::NewerRequests | To::Suspensions,
                change,
            ) => Some(change),
        })
    }

    async fn wake(&self, id: SessionId, at: Timestamp) -> Result<(), CommitError> {
        let Some((seen, _)) = self.reads.moment().await?.session(id).await? else { return Ok(()) };
        let woken = Session::from_parts(SessionParts { ended_at: None, ..seen.session.into_parts() });
        let act = Act { id: self.ids.fresh(), at };
        self.ledger.commit(act, ChangeSet::new().with(Change::UpdateSession(woken))).await
    }
}

#[async_trait]
impl Ledger for Blind {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        let mut seen = ChangeSet::new();
        for change in changes {
            seen = seen.with_all(self.seen(change).await?);
        }
        self.ledger.commit(act, seen).await
    }
}

/// The same update, as if what is stored now had been read for it.
async fn renewed(moment: &dyn Moment, change: Change) -> Result<Change, CommitError> {
    macro_rules! renewed {
        ($it:ident, $read:ident, $aggregate:ident, $parts:ident, $update:ident) => {{
            let stored = moment.$read($it.id()).await?;
            let revision = stored.map_or($it.parts().revision, |it| it.parts().revision);
            Change::$update($aggregate::from_parts($parts { revision, ..$it.into_parts() }))
        }};
    }
    Ok(if let Change::UpdateAccount(it) = change {
        renewed!(it, account, Account, AccountParts, UpdateAccount)
    } else if let Change::UpdateOrganization(it) = change {
        renewed!(it, organization, Organization, OrganizationParts, UpdateOrganization)
    } else if let Change::UpdateMembership(it) = change {
        renewed!(it, membership, Membership, MembershipParts, UpdateMembership)
    } else if let Change::UpdateInvitation(it) = change {
        renewed!(it, invitation, Invitation, InvitationParts, UpdateInvitation)
    } else if let Change::UpdateJoinRequest(it) = change {
        renewed!(it, join_request, JoinRequest, JoinRequestParts, UpdateJoinRequest)
    } else {
        change
    })
}
