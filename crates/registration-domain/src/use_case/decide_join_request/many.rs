//! Many requests are decided one by one, each in a commit of its own, so that one refusal holds up none of the others.
use super::{DecideJoinRequest, Decision, ReviewRefusal};
use crate::{
    change::ChangeSet,
    join_request::JoinRequestId,
    organization::OrganizationId,
    permission::Permission,
    permit::Permit,
    platform::{Answer, Platform, VerbError},
    receipt::{Once, Outcome, Scope},
    session::Caller,
    view::JoinRequestView,
};

/// Decides several join requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideJoinRequests {
    /// Who decides.
    pub by: Caller,
    /// In which organization.
    pub organization: OrganizationId,
    /// Which, and how.
    pub items: Vec<(JoinRequestId, Decision)>,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// What became of one of them.
pub type Decided = Result<JoinRequestView, VerbError<ReviewRefusal>>;

impl Platform {
    /// What became of each, in their order. A repeat decides what was not reached, and tells the rest again.
    ///
    /// # Errors
    /// [`ReviewRefusal`] where the caller may decide none of them, or what every verb may meet.
    pub async fn decide_join_requests(
        &self,
        command: DecideJoinRequests,
    ) -> Result<Answer<Vec<Decided>>, VerbError<ReviewRefusal>> {
        let DecideJoinRequests { by, organization, items, once } = command;
        let (caller, catalogue) = (&by, &self.settings.catalogue);
        let begun = self.settle(Outcome::Done, once.as_ref(), move |moment, _| async move {
            let standing = moment.standing(caller.account, organization).await?;
            let permit = Permit::check(standing.as_ref(), &Permission::JOIN_REQUESTS_REVIEW, catalogue);
            Ok(ChangeSet::under(&permit.map_err(|why| VerbError::Refused(why.into()))?))
        });
        let begun = begun.await?;
        let mut results = Vec::with_capacity(items.len());
        for (request, decision) in items {
            let once = once.as_ref().map(|it| self.once_for(it, request));
            let by = by.clone();
            let decided =
                self.decide_join_request(DecideJoinRequest { by, organization, request, decision, once });
            results.push(decided.await.map(|it| it.what));
        }
        Ok(begun.map(|_| results))
    }

    /// Each item of a request has a receipt of its own.
    fn once_for(&self, once: &Once, request: JoinRequestId) -> Once {
        let item = [once.scope.0.0.as_slice(), request.uuid().as_bytes()].concat();
        let scope = Scope(self.ports.fingerprints.fingerprint("idempotency item", &item));
        Once { scope, ..once.clone() }
    }
}
