//! A token stands for a session as long as the session admits its account, asked anew at each request.
use crate::{
    account::{Account, AccountId},
    change::{Change, ChangeSet, Touch},
    link::{Link, LinkPurpose},
    platform::{Platform, VerbError},
    port::PortError,
    refusal::{Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    session::{Caller, Origin, Session, SessionId},
    time::{MINUTE, Timestamp},
};

/// Who calls, proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// The session that proves it.
    pub session: Session,
    /// From where this request came.
    pub origin: Origin,
}

/// The token stands for nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("you are not signed in")]
pub struct NotSignedIn;

impl Platform {
    /// Who holds this token, now.
    ///
    /// # Errors
    /// [`NotSignedIn`] whatever the reason.
    pub async fn authenticate(
        &self,
        token: &str,
        origin: Origin,
    ) -> Result<SignedIn, VerbError<NotSignedIn>> {
        let refused = || VerbError::Refused(NotSignedIn);
        let id = self.session_in(token, LinkPurpose::Session).ok_or_else(refused)?;
        let found = self.ports.reads.session(id).await?;
        let (seen, account) = found.ok_or_else(refused)?;
        let now = self.ports.clock.now();
        if !seen.admits(&account, now, &self.settings.lifetimes) {
            return Err(refused());
        }
        if now >= seen.last_seen_at.plus(MINUTE) {
            self.touch(Touch::Session { id, at: now }, now).await;
        }
        Ok(SignedIn { account, session: seen.session, origin })
    }

    /// Whose session this token was of, whether or not it lets anybody in still; none once it is forgotten.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn former_holder(&self, token: &Secret) -> Result<Option<AccountId>, PortError> {
        let Some(id) = self.session_in(token.expose(), LinkPurpose::Session) else { return Ok(None) };
        let found = self.ports.reads.session(id).await?;
        Ok(found.map(|(_, account)| account.id()))
    }

    /// The token of a session: derived, so that a repeated sign-in is answered alike and nothing is stored.
    pub fn session_token(&self, session: SessionId) -> Secret {
        let (purpose, subject) = (LinkPurpose::Session, session.uuid());
        self.ports.links.seal(Link { purpose, subject, generation: Generation::FIRST }).0
    }

    /// What the device of a session is known by ever after: it lets nobody in, and gives its holder tries of their
    /// own, which no stranger can use up.
    pub fn device_token(&self, session: SessionId) -> Secret {
        let (purpose, subject) = (LinkPurpose::Device, session.uuid());
        self.ports.links.seal(Link { purpose, subject, generation: Generation::FIRST }).0
    }
    /// The same, from the token of the session; nothing for any other text.
    pub fn device_of(&self, session: &Secret) -> Option<Secret> {
        self.session_in(session.expose(), LinkPurpose::Session).map(|it| self.device_token(it))
    }
    pub(crate) fn session_of_device(&self, token: &Secret) -> Option<SessionId> {
        self.session_in(token.expose(), LinkPurpose::Device)
    }
    /// The session that a token of this purpose names.
    fn session_in(&self, token: &str, purpose: LinkPurpose) -> Option<SessionId> {
        let link = self.ports.links.open(token).filter(|it| it.purpose == purpose)?;
        Some(SessionId::new(link.subject))
    }

    /// What no decision rests on may get lost: the next request writes it.
    async fn touch(&self, touch: Touch, now: Timestamp) {
        let changes = ChangeSet::new().with(Change::Touch(touch));
        drop(self.commit(changes, now).await);
    }
}

impl SignedIn {
    /// As verbs take it.
    pub fn caller(&self) -> Caller {
        Caller { account: self.account.id(), origin: self.origin.clone() }
    }
}

impl Refusal for NotSignedIn {
    fn told(&self) -> (RefusalKind, &'static str) {
        (RefusalKind::Unauthenticated, "not_signed_in")
    }
}
