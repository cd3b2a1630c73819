//! The requester withdraws a request, or reminds the reviewers of it once a day.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet},
    join_request::{JoinRequest, JoinRequestId, NotOpen},
    organization::Organization,
    platform::{Answer, Platform, VerbError},
    port::{Moment, PortError},
    receipt::{Once, Outcome},
    refusal::{Decided, Fact, Refusal, RefusalKind},
    session::Caller,
    settings::{Limits, Settings},
    time::Timestamp,
    use_case::reviewers::{FreshNews, News, Reviewer, TOLD, Why, fresh_news, looks_again, reviewers, told},
    view::JoinRequestView,
};

/// Does something about one's own request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnJoinRequest {
    /// Who.
    pub by: Caller,
    /// Which.
    pub request: JoinRequestId,
    /// What makes a repeat recognized.
    pub once: Option<Once>,
}

/// All that the decision rests on.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The request, if it is the caller's.
    pub request: Option<JoinRequest>,
    /// Whose it is.
    pub requester: Option<Account>,
    /// Whom it asks.
    pub organization: Option<Organization>,
    /// Who is reminded.
    pub reviewers: Vec<Reviewer>,
}

/// Ids for what is to be made.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct Fresh {
    pub event: AuditEventId,
    /// Of what the reviewers are told.
    pub news: [FreshNews; TOLD],
}

/// Why nothing became of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OwnRequestRefusal {
    /// The caller has no such request.
    #[error("you have no such join request")]
    NotFound,
    /// It waits no more.
    #[error("{0}")]
    NotOpen(NotOpen),
    /// The reviewers were reminded a short while ago.
    #[error("you reminded them already; you can do so once a day")]
    TooSoon(Timestamp),
}

impl Platform {
    /// Takes one's request back.
    ///
    /// # Errors
    /// [`OwnRequestRefusal`], or what every verb may meet.
    pub async fn withdraw_join_request(
        &self,
        command: OwnJoinRequest,
    ) -> Result<Answer<JoinRequestView>, VerbError<OwnRequestRefusal>> {
        let event = self.ports.ids.fresh();
        let outcome = Outcome::JoinRequest { request: command.request };
        let command = &command;
        let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
            let snapshot = gather(&*moment, command, None, now).await?;
            withdraw(&snapshot, &command.by, now, event).map_err(VerbError::Refused)
        });
        self.answer_request(settled.await?).await
    }

    /// Reminds those who may decide.
    ///
    /// # Errors
    /// [`OwnRequestRefusal`], or what every verb may meet.
    pub async fn remind_reviewers(
        &self,
        command: OwnJoinRequest,
    ) -> Result<Answer<JoinRequestView>, VerbError<OwnRequestRefusal>> {
        let ids = &self.ports.ids;
        let fresh = Fresh { event: ids.fresh(), news: fresh_news(&**ids) };
        let outcome = Outcome::JoinRequest { request: command.request };
        let command = &command;
        for look in 0.. {
            let settled = self.settle(outcome, command.once.as_ref(), move |moment, now| async move {
                let snapshot = gather(&*moment, command, Some(&self.settings), now).await?;
                remind(&snapshot, &command.by, &self.settings.limits, now, fresh).map_err(VerbError::Refused)
            });
            match settled.await {
                Err(error) if looks_again(look, &error) => {}
                settled => return self.answer_request(settled?).await,
            }
        }
        Err(VerbError::Busy)
    }
}

async fn gather(
    moment: &dyn Moment,
    command: &OwnJoinRequest,
    told_by: Option<&Settings>,
    now: Timestamp,
) -> Result<Snapshot, PortError> {
    let by = command.by.account;
    let request = moment.join_request(command.request).await?.filter(|it| it.parts().account == by);
    let Some(organization) = request.as_ref().map(|it| it.parts().organization) else {
        return Ok(Snapshot { request: None, requester: None, organization: None, reviewers: Vec::new() });
    };
    let reviewers = match told_by {
        Some(settings) => reviewers(moment, organization, settings, now).await?,
        None => Vec::new(),
    };
    Ok(Snapshot {
        request,
        requester: moment.account(by).await?,
        organization: moment.organization(organization).await?,
        reviewers,
    })
}

impl Snapshot {
    fn scene(&self) -> Result<(JoinRequest, &Account, &Organization), OwnRequestRefusal> {
        let Self { request, requester, organization, reviewers: _ } = self;
        match (request, requester, organization) {
            (Some(request), Some(requester), Some(organization)) => {
                Ok((request.clone(), requester, organization))
            }
            _ => Err(OwnRequestRefusal::NotFound),
        }
    }
}

/// What taking a request back writes. The use of a code that backed it is given back.
///
/// # Errors
/// [`OwnRequestRefusal`]: the request, and what ended it.
pub fn withdraw(
    snapshot: &Snapshot,
    by: &Caller,
    now: Timestamp,
    event: AuditEventId,
) -> Result<ChangeSet, OwnRequestRefusal> {
    let (request, requester, organization) = snapshot.scene()?;
    let id = request.id();
    let open = request.open(now).map_err(OwnRequestRefusal::NotOpen)?;
    let event = AuditEvent::by(by, event, Action::JoinRequestWithdrawn, id, &requester.parts().email, now);
    let code = open.code();
    Ok(ChangeSet::new()
        .with_all(code.map(Change::ReturnEmployeeCode))
        .with(Change::UpdateJoinRequest(open.withdraw(now)))
        .with(Change::Record(event.within(organization.id()))))
}

/// What reminding writes.
///
/// # Errors
/// [`OwnRequestRefusal`]: the request, what ended it, and when they were reminded last.
pub fn remind(
    snapshot: &Snapshot,
    by: &Caller,
    limits: &Limits,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, OwnRequestRefusal> {
    let (request, requester, organization) = snapshot.scene()?;
    let id = request.id();
    let open = request.open(now).map_err(OwnRequestRefusal::NotOpen)?;
    let reminded = open.remind(now).map_err(OwnRequestRefusal::TooSoon)?;
    let event =
        AuditEvent::by(by, fresh.event, Action::JoinRequestReminded, id, &requester.parts().email, now);
    let news = News { why: Why::Reminded, request: &reminded, organization, requester, limits };
    let told = told(&news, &snapshot.reviewers, &fresh.news, now);
    Ok(ChangeSet::new()
        .with(Change::UpdateJoinRequest(reminded))
        .with_all(told)
        .with(Change::Record(event.within(organization.id()))))
}

impl Refusal for OwnRequestRefusal {
    fn told(&self) -> (RefusalKind, &'static str) {
        match self {
            Self::NotFound => (RefusalKind::NotFound, "not_found"),
            Self::NotOpen(_) => (RefusalKind::Conflict, "already_decided"),
            Self::TooSoon(_) => (RefusalKind::Limited, "asked_too_soon"),
        }
    }
    /// Who decided is told to nobody who asked.
    fn facts(&self) -> Vec<Fact> {
        match self {
            Self::NotFound => Vec::new(),
            Self::NotOpen(why) => vec![Fact::Decided(Decided { state: why.state(), at: why.at(), by: None })],
            Self::TooSoon(at) => vec![Fact::RetryAt(*at)],
        }
    }
}
