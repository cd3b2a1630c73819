//! Who may come in by an invitation, and what their coming writes.
use super::{AcceptInvitation, AcceptRefusal, Fresh, Snapshot};
use crate::{
    access::Access,
    account::Account,
    audit::{Action, AuditEvent},
    change::{Change, ChangeSet},
    invitation::{Acceptable, InvitationParts},
    join_request::SettledBy,
    membership::{Cause, Membership},
    message::{Letter, Message},
    notification::NotificationKind,
    password::PasswordHash,
    permit::{Grant, NotPermitted, Permit},
    revision::Generation,
    session::{Caller, Session},
    settings::Settings,
    sign_in_log::SignInMethod,
    time::Timestamp,
    use_case::{
        backing::backing,
        invite::Scene,
        notifications::notify,
        registration::{Registrant, username_taken},
        settling::settled,
    },
};

/// How the invitee comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// As the signed-in account that has the address.
    AsAccount,
    /// As somebody new, whose password is still to be hashed.
    AsNewPerson(Registrant),
}

/// The same, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admitted {
    /// As the signed-in account that has the address.
    Account,
    /// As somebody new.
    NewPerson(Registrant, PasswordHash),
}

/// Every refusal, in the order in which it is told: the link, its backing, the person, the fields.
///
/// # Errors
/// [`AcceptRefusal`].
pub fn consider(
    snapshot: &Snapshot,
    command: &AcceptInvitation,
    link: Generation,
    settings: &Settings,
    now: Timestamp,
) -> Result<Way, AcceptRefusal> {
    let acceptable = snapshot.invitation.clone().acceptable(link, now)?;
    backed(snapshot, &acceptable, settings)?;
    let email = &acceptable.parts().email;
    if command.by.is_some() {
        let right = snapshot
            .signed_in
            .as_ref()
            .filter(|it| it.is_active() && it.parts().email.is_same_mailbox(email));
        return match (right, &snapshot.standing) {
            (None, _) => Err(AcceptRefusal::ForSomeoneElse),
            (Some(_), Some(_)) => Err(AcceptRefusal::AlreadyMember),
            (Some(_), None) => Ok(Way::AsAccount),
        };
    }
    if snapshot.account.is_some() {
        return Err(AcceptRefusal::SignInToAccept);
    }
    let mut faults = Vec::new();
    let registrant = command.registration.complete(email, &settings.password).map_err(|it| faults.extend(it));
    faults.extend(snapshot.namesake.map(|_| username_taken()));
    match registrant {
        Ok(registrant) if faults.is_empty() => Ok(Way::AsNewPerson(registrant)),
        _ => Err(AcceptRefusal::Fields(faults)),
    }
}

/// The inviter is checked as they are now, and the commit rests on that too.
fn backed(
    snapshot: &Snapshot,
    acceptable: &Acceptable,
    settings: &Settings,
) -> Result<(Permit, Grant, Scene), AcceptRefusal> {
    let (permit, grant) = backing(snapshot.inviter.as_ref(), &acceptable.parts().access, settings)?;
    let scene = snapshot.scene.clone().ok_or(NotPermitted::NotAMember)?;
    Ok((permit, grant, scene))
}

/// What the coming of the invitee writes.
///
/// # Errors
/// [`AcceptRefusal`], where time or the snapshot no longer bear what was considered.
pub fn decide(
    snapshot: Snapshot,
    command: &AcceptInvitation,
    link: Generation,
    admitted: Admitted,
    settings: &Settings,
    now: Timestamp,
    fresh: Fresh,
) -> Result<ChangeSet, AcceptRefusal> {
    let acceptable = snapshot.invitation.clone().acceptable(link, now)?;
    let (permit, grant, scene) = backed(&snapshot, &acceptable, settings)?;
    let invitation = acceptable.parts().clone();
    let changes = ChangeSet::under(&permit);
    let (account, changes) = match admitted {
        Admitted::Account => {
            let account = snapshot.signed_in.ok_or(AcceptRefusal::ForSomeoneElse)?;
            // Where somebody belongs, and where they ask to, meets in their account's row.
            (account.clone(), changes.with(Change::UpdateAccount(account)))
        }
        Admitted::NewPerson(registrant, hash) => {
            let new = registrant.into_account(fresh.account, invitation.email.clone(), hash);
            let account = Account::open(new, now);
            (account.clone(), changes.with(Change::AddAccount(account)))
        }
    };
    let by = Caller { account: account.id(), origin: command.device.origin.clone() };
    let owner = invitation.access == Access::Owner;
    let membership =
        Membership::begin(fresh.membership, account.id(), grant, Cause::Invitation(invitation.id), now);
    let session = command.by.is_none().then(|| {
        let (device, lifetimes) = (command.device.clone(), &settings.lifetimes);
        let session = Session::start(fresh.session, &account, device, now, lifetimes);
        ChangeSet::new().admitting(session, SignInMethod::Invitation)
    });
    let organization = scene.organization.clone();
    let event =
        AuditEvent::by(&by, fresh.event, Action::InvitationAccepted, invitation.id, &invitation.email, now)
            .within(invitation.organization)
            .to(&invitation.access);
    let settled = snapshot
        .asked
        .map(|it| settled(it, SettledBy::Invitation(invitation.id), &account, &by, fresh.settling, now));
    let told = told_to_the_inviter(&scene, &account, &invitation, fresh, now);
    Ok(changes
        .with(Change::UpdateInvitation(acceptable.accept(account.id(), now)))
        .with_all(owner.then_some(Change::UpdateOrganization(organization)))
        .with_all(settled.into_iter().flatten())
        .with(Change::AddMembership(membership))
        .with_all(session.into_iter().flatten())
        .with_all(told)
        .with(Change::Record(event)))
}

/// A mail, and what they find on their own pages.
fn told_to_the_inviter(
    scene: &Scene,
    account: &Account,
    invitation: &InvitationParts,
    fresh: Fresh,
    now: Timestamp,
) -> [Change; 2] {
    let inviter = scene.inviter.parts();
    let (person, email) = (account.parts().name.clone(), account.parts().email.clone());
    let access = invitation.access.clone();
    let kind = NotificationKind::InvitationAccepted {
        invitation: invitation.id,
        person: person.clone(),
        email: email.clone(),
        access: access.clone(),
    };
    let letter = Letter::Joined {
        invitation: invitation.id,
        organization: scene.organization.parts().name.clone(),
        person,
        email,
        access,
    };
    let (to, locale) = (inviter.email.clone(), inviter.locale.clone());
    [
        Change::Send(Message { id: fresh.message, to, locale, at: now, letter }),
        notify(fresh.notification, inviter.id, invitation.organization, kind, now),
    ]
}
