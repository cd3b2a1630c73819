//! Whoever signs out is out at once, however many requests are on their way.
use crate::{
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    platform::{Platform, VerbError},
    receipt::Outcome,
    session::SeenSession,
    time::Timestamp,
    use_case::authenticate::{NotSignedIn, SignedIn},
};

impl Platform {
    /// Ends the session that proved the caller. To end it twice is to end it.
    ///
    /// # Errors
    /// What every verb may meet.
    pub async fn sign_out(&self, who: &SignedIn) -> Result<(), VerbError<NotSignedIn>> {
        let (id, event) = (who.session.id(), self.ports.ids.fresh());
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let (seen, _) = moment.session(id).await?.ok_or(VerbError::Refused(NotSignedIn))?;
            Ok(decide(seen, who, now, event))
        });
        settled.await.map(|_| ())
    }
}

/// What signing out writes: nothing where the session was ended already.
pub fn decide(seen: SeenSession, who: &SignedIn, now: Timestamp, event: AuditEventId) -> ChangeSet {
    if seen.session.parts().ended_at.is_some() {
        return ChangeSet::new();
    }
    let (id, email) = (seen.session.id(), &who.account.parts().email);
    let event = AuditEvent::by(&who.caller(), event, Action::SignedOut, id, email, now);
    ChangeSet::new().with(Change::UpdateSession(seen.session.end(now))).with(Change::Record(event))
}
