//! Whoever comes in leaves nothing open behind: neither a request of theirs nor an invitation to them.
use crate::{
    account::Account,
    audit::{Action, AuditEvent, AuditEventId},
    change::Change,
    invitation::{Invitation, Purpose, RevokedWhy},
    join_request::{JoinRequest, SettledBy},
    organization::OrganizationId,
    port::{Moment, PortError},
    session::Caller,
    time::Timestamp,
    use_case::managed_invitation::closed,
};

/// A pending request of somebody who comes in another way: one that is out of time is closed as that. What backed
/// it was not needed, and is given back.
pub(crate) fn settled(
    pending: JoinRequest,
    way: SettledBy,
    account: &Account,
    by: &Caller,
    event: AuditEventId,
    now: Timestamp,
) -> Vec<Change> {
    let (id, organization, code) = (pending.id(), pending.parts().organization, pending.code());
    let email = &account.parts().email;
    let ended = match pending.clone().open(now) {
        Ok(open) => Some((open.settle(way, now), Action::JoinRequestSettled)),
        Err(_) => pending.lapsed(now).map(|it| (it.close(now), Action::JoinRequestExpired)),
    };
    let Some((ended, action)) = ended else { return Vec::new() };
    let event = AuditEvent::by(by, event, action, id, email, now).within(organization).to(way.key());
    let given_back = code.map(Change::ReturnEmployeeCode);
    let ended = [Change::UpdateJoinRequest(ended), Change::Record(event)];
    given_back.into_iter().chain(ended).collect()
}

/// A pending invitation of this person's address there, expired or not.
pub(crate) async fn invited(
    moment: &dyn Moment,
    account: Option<&Account>,
    organization: OrganizationId,
) -> Result<Option<Invitation>, PortError> {
    match account {
        Some(account) => moment.pending(organization, Purpose::Member, &account.parts().email).await,
        None => Ok(None),
    }
}

/// The same, closed: its link says that the invitee came in another way.
pub(crate) fn came(
    invited: Option<Invitation>,
    by: &Caller,
    event: AuditEventId,
    now: Timestamp,
) -> Option<[Change; 2]> {
    let open = invited.and_then(|it| it.open().ok())?;
    Some(closed(open, by, RevokedWhy::InviteeCame, event, now))
}
