//! Whoever has an account at the address is sent a link; for any other address nothing comes of it.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    message::{Letter, Message, MessageId, SecurityLetter},
    password_reset::{PasswordReset, ResetRequest, ResetRequestId},
    platform::{Platform, VerbError},
    port::{CommitError, Moment, PortError},
    receipt::Outcome,
    settings::Settings,
    time::Timestamp,
    use_case::reset_password::Never,
};

/// How many are answered in one turn.
const AT_ONCE: u16 = 20;

/// All that the answer rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What was asked for.
    pub request: ResetRequest,
    /// The account at that address.
    pub account: Option<Account>,
    /// What became of its older links.
    pub reset: Option<PasswordReset>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub message: MessageId,
    pub event: AuditEventId,
}

impl Platform {
    /// One turn of a worker: answers some of those who want a link. Where an address had its share of mails, the
    /// answer waits until it may get one again. Answers how many it looked at.
    ///
    /// # Errors
    /// [`PortError`] where the store failed.
    pub async fn answer_reset_requests(&self) -> Result<usize, PortError> {
        let due = self.ports.reads.moment().await?.reset_requests(self.ports.clock.now(), AT_ONCE).await?;
        for request in &due {
            match self.answer_reset_request(request.id).await {
                // Others are at it, and answer it or leave it to the next turn.
                Ok(()) | Err(VerbError::Busy | VerbError::KeyReused) => {}
                Err(VerbError::Spent { until, .. }) => self.hold(request.clone().held(until)).await?,
                Err(VerbError::Port(error)) => return Err(error),
                Err(VerbError::Refused(never)) => match never {},
            }
        }
        Ok(due.len())
    }

    async fn answer_reset_request(&self, id: ResetRequestId) -> Result<(), VerbError<Never>> {
        let fresh = Fresh { message: self.ports.ids.fresh(), event: self.ports.ids.fresh() };
        let settled = self.settle(Outcome::Done, None, move |moment, now| async move {
            let snapshot = gather(&*moment, id).await?;
            Ok(snapshot.map_or_else(ChangeSet::new, |it| decide(it, &self.settings, now, fresh)))
        });
        settled.await.map(|_| ())
    }

    async fn hold(&self, request: ResetRequest) -> Result<(), PortError> {
        let held = ChangeSet::new().with(Change::AskReset(request));
        self.commit(held, self.ports.clock.now()).await.or_else(CommitError::failure)
    }
}

async fn gather(moment: &dyn Moment, id: ResetRequestId) -> Result<Option<Snapshot>, PortError> {
    let Some(request) = moment.reset_request(id).await? else { return Ok(None) };
    let account = moment.account_at(&request.email).await?;
    let reset = match &account {
        Some(it) => moment.password_reset(it.id()).await?,
        None => None,
    };
    Ok(Some(Snapshot { request, account, reset }))
}

/// What an answer writes: for an account that can be used a new link, in place of any older one, to the address
/// that is stored and not to the one that was typed.
pub fn decide(snapshot: Snapshot, settings: &Settings, now: Timestamp, fresh: Fresh) -> ChangeSet {
    let Snapshot { request, account, reset } = snapshot;
    let answered = ChangeSet::new().with(Change::EndResetRequest(request.clone()));
    let Some(account) = account.filter(Account::is_active) else { return answered };
    let expires_at = request.due_at.plus(settings.lifetimes.reset_link);
    let (generation, link) = if let Some(older) = reset {
        let newer = older.again(&account, expires_at);
        (newer.parts().generation, Change::UpdatePasswordReset(newer))
    } else {
        let first = PasswordReset::begin(&account, expires_at);
        (first.parts().generation, Change::AddPasswordReset(first))
    };
    let it = account.parts();
    let letter = SecurityLetter::PasswordReset {
        account: it.id,
        generation,
        person: it.name.clone(),
        origin: request.origin.clone(),
        expires_at,
    };
    let mail = Message {
        id: fresh.message,
        to: it.email.clone(),
        locale: it.locale.clone(),
        at: now,
        letter: Letter::Security(letter),
    };
    let event =
        AuditEvent::unnamed(&request.origin, fresh.event, Action::PasswordResetSent, it.id, &it.email, now);
    answered
        .with_all(settings.limits.mails().map(|limit| limit.spend(&it.email.canonical(), now)))
        .with(link)
        .with(Change::Send(mail))
        .with(Change::Record(event))
}
