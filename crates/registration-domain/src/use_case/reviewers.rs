//! Who is told that somebody asks to join: the ten of those who may decide who signed in last. Nobody is mailed about it
//! more often than strangers may cause; from then on it is told on their pages alone.
use crate::{
    account::Account,
    change::Change,
    join_request::JoinRequest,
    limit::Limited,
    message::{Asking, JoiningLetter, Letter, Message, MessageId},
    notification::{NotificationId, NotificationKind},
    organization::{Organization, OrganizationId},
    permission::Permission,
    platform::VerbError,
    port::{Ids, Moment, PortError},
    refusal::Refusal,
    settings::{Limits, Settings},
    time::Timestamp,
    use_case::notifications::notify,
};

/// How many of them are told.
pub const TOLD: usize = 10;

/// How often a verb looks again because others used a reviewer's mails up while it decided.
const LOOKS: usize = 3;

/// Somebody who may decide, and whether a mail about a request may go to them now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewer {
    /// Who.
    pub account: Account,
    /// Whether they were mailed too often of late for another one.
    pub is_mailed_enough: bool,
}

/// What to tell one of them with: a mail or a notification.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is the id of its type's name")]
pub struct FreshNews {
    pub message: MessageId,
    pub notification: NotificationId,
}

pub(crate) async fn reviewers(
    moment: &dyn Moment,
    of: OrganizationId,
    settings: &Settings,
    now: Timestamp,
) -> Result<Vec<Reviewer>, PortError> {
    let roles = settings.catalogue.roles();
    let reviewing = roles.filter(|it| it.permissions.contains(&Permission::JOIN_REQUESTS_REVIEW));
    let reviewing = reviewing.map(|it| it.key.clone()).collect::<Vec<_>>();
    let found = moment.reviewers(of, &reviewing, u16::try_from(TOLD).unwrap_or(u16::MAX)).await?;
    let mut reviewers = Vec::with_capacity(found.len());
    for account in found {
        let is_mailed_enough = is_mailed_enough(moment, &account, &settings.limits, now).await?;
        reviewers.push(Reviewer { account, is_mailed_enough });
    }
    Ok(reviewers)
}

async fn is_mailed_enough(
    moment: &dyn Moment,
    reviewer: &Account,
    limits: &Limits,
    now: Timestamp,
) -> Result<bool, PortError> {
    for limit in limits.request_mails() {
        let counted = moment.counted(&limit.tally(&reviewer.id())).await?;
        if counted.and(&limit, now).is_err() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether others used a reviewer's mails up meanwhile, so that whoever looks again decides without that mail.
pub(crate) fn looks_again<R: Refusal + 'static>(look: usize, error: &VerbError<R>) -> bool {
    let what = match error {
        VerbError::Spent { what, .. } => *what,
        VerbError::Refused(_) | VerbError::KeyReused | VerbError::Busy | VerbError::Port(_) => return false,
    };
    look < LOOKS && [Limited::RequestMailsAnHour, Limited::RequestMailsADay].contains(&what)
}

/// Ids for what each of them is told.
pub(crate) fn fresh_news(ids: &(dyn Ids + 'static)) -> [FreshNews; TOLD] {
    std::array::from_fn(|_| FreshNews { message: ids.fresh(), notification: ids.fresh() })
}

/// Why the reviewers are told of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// Somebody asks.
    Requested,
    /// The requester reminds them.
    Reminded,
    /// It expires.
    Expiring,
}

/// What they are told of.
pub(crate) struct News<'a> {
    pub(crate) why: Why,
    pub(crate) request: &'a JoinRequest,
    pub(crate) organization: &'a Organization,
    pub(crate) requester: &'a Account,
    pub(crate) limits: &'a Limits,
}

/// A mail to each of them, or a notification in its place.
pub(crate) fn told(
    news: &News<'_>,
    reviewers: &[Reviewer],
    fresh: &[FreshNews],
    now: Timestamp,
) -> Vec<Change> {
    let (letter, kind) = (news.letter(), news.notification());
    let within = news.organization.id();
    let changes = reviewers.iter().zip(fresh).flat_map(|(to, fresh)| {
        let id = to.account.id();
        if to.is_mailed_enough {
            return vec![notify(fresh.notification, id, within, kind.clone(), now)];
        }
        let mut changes = news.limits.request_mails().map(|it| it.spend(&id, now)).to_vec();
        changes.push(Change::Send(letter_to(&to.account, fresh.message, letter.clone(), now)));
        changes
    });
    changes.collect()
}

impl News<'_> {
    fn letter(&self) -> JoiningLetter {
        let (it, who) = (self.request.parts(), self.requester.parts());
        let asking = Asking {
            request: it.id,
            organization: it.organization,
            name: self.organization.parts().name.clone(),
            person: who.name.clone(),
            email: who.email.clone(),
            note: it.method.note().cloned(),
            has_code: self.request.code().is_some(),
            domain: it.method.domain().cloned(),
            asked_at: it.created_at,
            expires_at: it.expires_at,
        };
        match self.why {
            Why::Requested => JoiningLetter::Requested(asking),
            Why::Reminded => JoiningLetter::RequestReminder(asking),
            Why::Expiring => JoiningLetter::RequestExpiring(asking),
        }
    }
    fn notification(&self) -> NotificationKind {
        let who = self.requester.parts();
        let (request, person, email) = (self.request.id(), who.name.clone(), who.email.clone());
        NotificationKind::JoinRequestWaits { request, person, email }
    }
}

/// A mail about joining to somebody.
pub(crate) fn letter_to(to: &Account, id: MessageId, letter: JoiningLetter, now: Timestamp) -> Message {
    let to = to.parts();
    let letter = Letter::Joining(letter);
    Message { id, to: to.email.clone(), locale: to.locale.clone(), at: now, letter }
}
