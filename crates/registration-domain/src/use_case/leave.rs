//! Anybody may leave but the last Owner.
use crate::{
    access::Access,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    membership::MembershipId,
    permit::Permit,
    platform::{Platform, VerbError},
    receipt::Outcome,
    session::Caller,
    time::Timestamp,
    use_case::managed_member::{MemberRefusal, Scene, Snapshot, gather, owners_changed},
};

impl Platform {
    /// Ends one's own membership.
    ///
    /// # Errors
    /// [`MemberRefusal`], or what every verb may meet.
    pub async fn leave(&self, by: &Caller, membership: MembershipId) -> Result<(), VerbError<MemberRefusal>> {
        let event = self.ports.ids.fresh();
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let own = moment.membership(membership).await?.filter(|it| it.parts().account == by.account);
            let organization = own.ok_or(VerbError::Refused(MemberRefusal::NotFound))?.parts().organization;
            let snapshot = gather(&*moment, by, organization, membership).await?;
            decide(&snapshot, by, membership, now, event).map_err(VerbError::Refused)
        });
        settled.await.map(|_| ())
    }
}

/// What leaving writes. What the member invited is looked through afterwards.
///
/// # Errors
/// [`MemberRefusal`]: whether the caller belongs, whether the membership is theirs, the last Owner.
pub fn decide(
    snapshot: &Snapshot,
    by: &Caller,
    membership: MembershipId,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, MemberRefusal> {
    let permit = Permit::member(snapshot.standing.as_ref())?;
    let Scene { organization, target, .. } = snapshot.scene()?;
    if target.account.id() != permit.actor() {
        return Err(MemberRefusal::NotFound);
    }
    let is_owner = *target.access() == Access::Owner;
    if is_owner {
        snapshot.can_spare_an_owner()?;
    }
    let email = target.account.parts().email.clone();
    let event = AuditEvent::by(by, event, Action::MemberLeft, membership, email, now)
        .within(organization.id())
        .from(target.access());
    Ok(ChangeSet::under(&permit)
        .with_all(is_owner.then(|| owners_changed(organization)))
        .with(target.review(now))
        .with(Change::UpdateMembership(target.membership.remove(by.account, None, now)))
        .with(Change::Record(event)))
}
