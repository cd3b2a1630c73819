//! A person sees where they are signed in, and ends what they do not know.
use std::time::Duration;

use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    page::{Listing, Page, PageSize},
    platform::{Answer, Platform, VerbError},
    port::PortError,
    receipt::{Once, Outcome},
    refusal::{Refusal, RefusalKind},
    session::{SeenSession, Session, SessionId},
    settings::Settings,
    sign_in_log::{SIGN_INS_KEPT, SignInAttempt},
    time::Timestamp,
    use_case::authenticate::{NotSignedIn, SignedIn},
    view::SignInFilter,
};

/// Ends all sessions of somebody but the one that they are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndOtherSessions {
    /// Who, and in which session.
    pub by: SignedIn,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// Why a session goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EndSessionRefusal {
    /// Nobody is signed in any more.
    #[error(transparent)]
    NotSignedIn(#[from] NotSignedIn),
    /// There is no such session, or it is over, or somebody else's.
    #[error("there is no such session")]
    NotFound,
}

impl Platform {
    /// Where somebody is signed in, newest first.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn list_sessions(&self, of: &SignedIn, page: &Page) -> Result<Listing<SeenSession>, PortError> {
        let (moment, now) = (self.ports.reads.moment().await?, self.ports.clock.now());
        moment.live_sessions(&of.account, &self.settings.lifetimes, now, page).await
    }

    /// The attempts to sign in as somebody, newest first, as long as they are kept.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn list_sign_ins(
        &self,
        of: &SignedIn,
        filter: &SignInFilter,
        page: &Page,
    ) -> Result<Listing<SignInAttempt>, PortError> {
        // What is as old as that is kept no more.
        let kept = self.ports.clock.now().minus(SIGN_INS_KEPT).plus(Duration::from_micros(1));
        let filter = SignInFilter { since: filter.since.max(Some(kept)), ..*filter };
        self.ports.reads.moment().await?.sign_ins(of.account.id(), &filter, page).await
    }

    /// Ends one session of whoever is signed in.
    ///
    /// # Errors
    /// [`EndSessionRefusal::NotFound`] for any other one, or what every verb may meet.
    pub async fn end_session(
        &self,
        by: &SignedIn,
        id: SessionId,
    ) -> Result<(), VerbError<EndSessionRefusal>> {
        let event = self.ports.ids.fresh();
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let found = moment.session(id).await?;
            end(found, by, &self.settings, now, event).map_err(VerbError::Refused)
        });
        settled.await.map(|_| ())
    }

    /// Ends all others. Answers how many those were; nothing where this repeats an earlier answer.
    ///
    /// # Errors
    /// [`EndSessionRefusal::NotSignedIn`], or what every verb may meet.
    pub async fn end_other_sessions(
        &self,
        command: EndOtherSessions,
    ) -> Result<Answer<Option<u32>>, VerbError<EndSessionRefusal>> {
        let others = self.count_other_sessions(&command.by).await?;
        let (event, EndOtherSessions { by, once }) = (self.ports.ids.fresh(), &command);
        let settled = self.settle(Outcome::Done, once.as_ref(), move |moment, now| async move {
            let found = moment.session(by.session.id()).await?;
            end_others(found, by, now, event).map_err(VerbError::Refused)
        });
        let done = settled.await?;
        let ended = (!done.repeated).then_some(others);
        Ok(done.map(|_| ended))
    }

    /// As far as anybody counts them.
    pub(crate) async fn count_other_sessions(&self, of: &SignedIn) -> Result<u32, PortError> {
        let page = Page::first(PageSize::new(100).unwrap_or(PageSize::DEFAULT));
        let found = self.list_sessions(of, &page).await?.rows;
        let others = found.iter().filter(|it| it.session.id() != of.session.id()).count();
        Ok(u32::try_from(others).unwrap_or(u32::MAX))
    }
}

/// What ending one session writes.
///
/// # Errors
/// [`EndSessionRefusal::NotFound`] where it is over, or somebody else's.
pub fn end(
    found: Option<(SeenSession, Account)>,
    by: &SignedIn,
    settings: &Settings,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, EndSessionRefusal> {
    let theirs = found.filter(|(seen, owner)| {
        owner.id() == by.account.id() && seen.admits(owner, now, &settings.lifetimes)
    });
    let (seen, owner) = theirs.ok_or(EndSessionRefusal::NotFound)?;
    let (id, email) = (seen.session.id(), &owner.parts().email);
    let event = AuditEvent::by(&by.caller(), event, Action::SignedOut, id, email, now);
    Ok(ChangeSet::new().with(Change::UpdateSession(seen.session.end(now))).with(Change::Record(event)))
}

/// What ending all others writes: they are of a generation that is over, however many there are, and whichever is
/// begun meanwhile.
///
/// # Errors
/// [`EndSessionRefusal::NotSignedIn`] where the session that asks is over itself.
pub fn end_others(
    found: Option<(SeenSession, Account)>,
    by: &SignedIn,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, EndSessionRefusal> {
    let here = found.filter(|(seen, owner)| seen.is_of_now(owner) && seen.session.parts().ended_at.is_none());
    let (seen, account) = here.ok_or(NotSignedIn)?;
    let account = account.in_a_new_generation();
    let (id, email) = (account.id(), &account.parts().email);
    let event = AuditEvent::by(&by.caller(), event, Action::SessionsEnded, id, email, now);
    let kept: Session = seen.session.kept(&account);
    Ok(ChangeSet::new()
        .with(Change::UpdateAccount(account))
        .with(Change::UpdateSession(kept))
        .with(Change::Record(event)))
}

impl Refusal for EndSessionRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotSignedIn(why) => why.told(),
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
        }
    }
}
