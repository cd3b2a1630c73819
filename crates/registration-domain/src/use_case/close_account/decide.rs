//! What the end of an account writes: everything that ends with it, each with its own line in the log.
use super::{CloseAccount, CloseRefusal, Fresh, Place, Snapshot};
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::{Change, ChangeSet, Expectation, Review},
    join_request::OpenRequest,
    message::{Letter, Message, OwnLetter},
    session::Caller,
    time::Timestamp,
    use_case::managed_member::owners_changed,
};

/// What closing an account writes: everything that ends with it first, for nothing may be left that is not seen here.
///
/// # Errors
/// [`CloseRefusal::LastOwner`], with every organization that would be without an Owner, and
/// [`CloseRefusal::LastAdministrator`].
pub fn decide(
    snapshot: Snapshot,
    command: &CloseAccount,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, CloseRefusal> {
    let Snapshot { account, places, requests, administrator } = snapshot;
    let alone: Vec<_> = places.iter().filter(|it| it.needs_them()).map(|it| it.organization.id()).collect();
    if !alone.is_empty() {
        return Err(CloseRefusal::LastOwner(alone));
    }
    let stays = successor(&account, administrator.as_ref())?;
    let (by, parts) = (command.by.caller(), account.parts());
    let email = parts.email.to_string();
    let letter = OwnLetter::AccountClosed { account: parts.id, person: parts.name.clone(), at: now };
    let (to, locale) = (parts.email.clone(), parts.locale.clone());
    let mail = Message { id: fresh.message, to, locale, at: now, letter: Letter::Own(letter) };
    let event = AuditEvent::by(&by, fresh.event, Action::AccountClosed, parts.id, &parts.name, now);
    let mut endings = fresh.endings.into_iter();
    let mut changes = stays.into_iter().fold(ChangeSet::new(), ChangeSet::expecting);
    for (place, event) in places.into_iter().zip(endings.by_ref()) {
        changes = changes.with_all(left(place, &by, &email, event, now));
    }
    for (request, event) in requests.into_iter().zip(endings) {
        changes = changes.with_all(withdrawn(request, &by, &email, event, now));
    }
    Ok(changes
        .expecting(Expectation::Unattached(account.id(), now))
        .with(Change::Send(mail))
        .with(Change::ForgetOwn(account.id()))
        .with(Change::UpdateAccount(account.close(now)))
        .with(Change::Record(event)))
}

/// Of two who close their accounts at once, each rests on the other's.
fn successor(account: &Account, other: Option<&Account>) -> Result<Option<Expectation>, CloseRefusal> {
    if !account.parts().administrator {
        return Ok(None);
    }
    let other = other.ok_or(CloseRefusal::LastAdministrator)?;
    Ok(Some(Expectation::Account(other.id(), other.parts().revision)))
}

/// As somebody leaves: what they invited is looked through afterwards.
fn left(place: Place, by: &Caller, email: &str, event: AuditEventId, now: Timestamp) -> Vec<Change> {
    let is_owned = place.is_owned();
    let Place { membership, organization, owners: _ } = place;
    let id = organization.id();
    let event = AuditEvent::by(by, event, Action::MemberLeft, membership.parts().id, email, now)
        .within(id)
        .from(&membership.parts().access);
    let review = Review { organization: id, inviter: by.account, asked_at: now };
    is_owned
        .then(|| owners_changed(organization))
        .into_iter()
        .chain([
            Change::AddReview(review),
            Change::UpdateMembership(membership.remove(by.account, None, now)),
            Change::Record(event),
        ])
        .collect()
}

fn withdrawn(
    request: OpenRequest,
    by: &Caller,
    email: &str,
    event: AuditEventId,
    now: Timestamp,
) -> impl Iterator<Item = Change> {
    let code = request.code().map(Change::ReturnEmployeeCode);
    let withdrawn = request.withdraw(now);
    let (id, organization) = (withdrawn.id(), withdrawn.parts().organization);
    let event = AuditEvent::by(by, event, Action::JoinRequestWithdrawn, id, email, now).within(organization);
    code.into_iter().chain([Change::UpdateJoinRequest(withdrawn), Change::Record(event)])
}
