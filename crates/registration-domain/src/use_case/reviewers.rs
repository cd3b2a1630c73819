//! Who is told that somebody asks to join: the ten of those who may decide who signed in last.
use crate::{
    account::Account,
    change::Change,
    join_request::JoinRequest,
    message::{Asking, JoiningLetter, Letter, Message, MessageId},
    organization::{Organization, OrganizationId},
    permission::Permission,
    port::{Ids, Moment, PortError},
    settings::Settings,
    time::Timestamp,
};

/// How many of them are told.
pub(crate) const TOLD: usize = 10;

pub(crate) async fn reviewers(
    moment: &dyn Moment,
    of: OrganizationId,
    settings: &Settings,
) -> Result<Vec<Account>, PortError> {
    let roles = settings.catalogue.roles();
    let reviewing = roles.filter(|it| it.permissions.contains(&Permission::JOIN_REQUESTS_REVIEW));
    let reviewing = reviewing.map(|it| it.key.clone()).collect::<Vec<_>>();
    moment.reviewers(of, &reviewing, u16::try_from(TOLD).unwrap_or(u16::MAX)).await
}

/// An id for the mail to each of them.
pub(crate) fn fresh_messages(ids: &(dyn Ids + 'static)) -> [MessageId; TOLD] {
    std::array::from_fn(|_| ids.fresh())
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

/// A mail to each of them.
pub(crate) fn told(
    reviewers: &[Account],
    request: &JoinRequest,
    organization: &Organization,
    requester: &Account,
    why: Why,
    messages: &[MessageId],
    now: Timestamp,
) -> Vec<Change> {
    let (it, who) = (request.parts(), requester.parts());
    let asking = Asking {
        request: it.id,
        organization: it.organization,
        name: organization.parts().name.clone(),
        person: who.name.clone(),
        email: who.email.clone(),
        note: it.method.note().cloned(),
        has_code: request.code().is_some(),
        domain: it.method.domain().cloned(),
        asked_at: it.created_at,
        expires_at: it.expires_at,
    };
    let letter = match why {
        Why::Requested => JoiningLetter::Requested(asking),
        Why::Reminded => JoiningLetter::RequestReminder(asking),
        Why::Expiring => JoiningLetter::RequestExpiring(asking),
    };
    let mails = reviewers.iter().zip(messages).map(|(to, id)| letter_to(to, *id, letter.clone(), now));
    mails.map(Change::Send).collect()
}

/// A mail about joining to somebody.
pub(crate) fn letter_to(to: &Account, id: MessageId, letter: JoiningLetter, now: Timestamp) -> Message {
    let to = to.parts();
    let letter = Letter::Joining(letter);
    Message { id, to: to.email.clone(), locale: to.locale.clone(), at: now, letter }
}
