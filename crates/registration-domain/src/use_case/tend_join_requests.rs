//! What time does to requests that nobody decides: their reviewers are told before, their requesters after, each
//! once and in a commit of its own, however many replicas look.
use crate::{
    account::Account,
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet},
    join_request::JoinRequest,
    message::JoiningLetter,
    notification::NotificationKind,
    organization::Organization,
    platform::Platform,
    port::{Moment, PortError},
    session::Origin,
    use_case::{
        notifications::notify,
        reviewers::{News, Why, fresh_news, letter_to, reviewers, told},
    },
};

/// How many requests one turn takes on.
const BATCH: u16 = 50;

impl Platform {
    /// One turn of the job that tells reviewers of requests that expire. Answers how many it told of.
    ///
    /// # Errors
    /// The first [`PortError`], once the others were looked at; the next turn begins anew.
    pub async fn warn_of_expiring_join_requests(&self) -> Result<usize, PortError> {
        let due = self.ports.reads.moment().await?.requests_to_warn_of(self.ports.clock.now(), BATCH).await?;
        let mut told = Ok(0);
        for request in due {
            told = and(told, self.warn_of(request).await);
        }
        told
    }

    /// One turn of the job that closes requests whose time is over. Answers how many it closed.
    ///
    /// # Errors
    /// The first [`PortError`], once the others were looked at; the next turn begins anew.
    pub async fn close_expired_join_requests(&self) -> Result<usize, PortError> {
        let over = self.ports.reads.moment().await?.lapsed_requests(self.ports.clock.now(), BATCH).await?;
        let mut closed = Ok(0);
        for request in over {
            closed = and(closed, self.close_expired(request).await);
        }
        closed
    }

    async fn warn_of(&self, request: JoinRequest) -> Result<bool, PortError> {
        let now = self.ports.clock.now();
        // One whose time is over already is closed by the other job.
        let Ok(open) = request.open(now) else { return Ok(false) };
        let moment = self.ports.reads.moment().await?;
        let (organization, requester) = scene(&*moment, open.request()).await?;
        let reviewers = reviewers(&*moment, organization.id(), &self.settings, now).await?;
        drop(moment);
        let warned = open.warn();
        let (why, organization, limits) = (Why::Expiring, &organization, &self.settings.limits);
        let news = News { why, request: &warned, organization, requester: &requester, limits };
        // Where others use a reviewer's mails up meanwhile, the next turn tells them.
        let told = told(&news, &reviewers, &fresh_news(&*self.ports.ids), now);
        let event = self.event(Action::JoinRequestExpiring, &warned, &requester);
        let changes = ChangeSet::new().with(Change::UpdateJoinRequest(warned)).with_all(told);
        self.commit_if_first(changes.with(Change::Record(event)), now).await
    }

    async fn close_expired(&self, request: JoinRequest) -> Result<bool, PortError> {
        let now = self.ports.clock.now();
        let moment = self.ports.reads.moment().await?;
        let (organization, requester) = scene(&*moment, &request).await?;
        drop(moment);
        let (id, asked_at) = (request.id(), request.parts().created_at);
        let Some(lapsed) = request.lapsed(now) else { return Ok(false) };
        let code = lapsed.code();
        let closed = lapsed.close(now);
        let name = organization.parts().name.clone();
        let letter = JoiningLetter::Expired { request: id, name, asked_at };
        let mail = requester.is_active().then(|| letter_to(&requester, self.ports.ids.fresh(), letter, now));
        let kind = NotificationKind::JoinRequestExpired { request: id };
        let told = notify(self.ports.ids.fresh(), requester.id(), organization.id(), kind, now);
        let event = self.event(Action::JoinRequestExpired, &closed, &requester);
        let changes = ChangeSet::new()
            .with_all(code.map(Change::ReturnEmployeeCode))
            .with(Change::UpdateJoinRequest(closed))
            .with_all(mail.map(Change::Send))
            .with(told)
            .with(Change::Record(event));
        self.commit_if_first(changes, now).await
    }

    fn event(&self, action: Action, request: &JoinRequest, requester: &Account) -> AuditEvent {
        let (id, now) = (self.ports.ids.fresh(), self.ports.clock.now());
        let email = &requester.parts().email;
        AuditEvent::unnamed(&Origin::default(), id, action, request.id(), email, now)
            .within(request.parts().organization)
    }
}

async fn scene(moment: &dyn Moment, request: &JoinRequest) -> Result<(Organization, Account), PortError> {
    let it = request.parts();
    let found = (moment.organization(it.organization).await?, moment.account(it.account).await?);
    match found {
        (Some(organization), Some(requester)) => Ok((organization, requester)),
        _ => Err(PortError::Corrupt { table: "join_request", row: it.id.to_string(), what: "missing" }),
    }
}

/// Counted on, but for the first failure.
fn and(before: Result<usize, PortError>, one: Result<bool, PortError>) -> Result<usize, PortError> {
    match (before, one) {
        (Ok(before), Ok(done)) => Ok(before + usize::from(done)),
        (first @ Err(_), _) => first,
        (Ok(_), Err(error)) => Err(error),
    }
}
