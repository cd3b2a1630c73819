//! What must always hold, whatever anybody does: numbered as in the architecture page.
mod joining;
mod sign_up;

use std::collections::{BTreeMap, BTreeSet};

use registration_domain::{
    account::Account,
    catalogue::Catalogue,
    invitation::{Invitation, InvitationState},
    membership::{Cause, MembershipState},
    time::Timestamp,
    view::InvitationView,
};

use super::State;

/// Which of them is broken, in words.
type Broken = String;

/// What a step came to.
type Came = Result<String, &'static str>;

pub(super) fn check(before: &State, after: &State, answer: &Came, at: Timestamp) -> Result<(), Broken> {
    every_organization_has_an_owner(after)?;
    one_invitation_of_an_address_is_pending(after)?;
    an_invitation_ends_once_and_in_time(before, after, at)?;
    a_membership_has_a_cause_of_its_own(after)?;
    what_comes_by_an_invitation_is_still_held_by_the_inviter(before, after)?;
    joining::check(before, after, at)?;
    one_account_has_an_address_and_a_username(after)?;
    every_effect_has_its_audit_event(before, after)?;
    nothing_of_a_removed_membership_comes_back(before, after)?;
    sign_up::check(before, after, at)?;
    a_refusal_changes_nothing(before, after, answer)
}

fn holds(it: bool, what: impl FnOnce() -> Broken) -> Result<(), Broken> {
    if it { Ok(()) } else { Err(what()) }
}

/// 1.
fn every_organization_has_an_owner(after: &State) -> Result<(), Broken> {
    after.organizations.iter().try_for_each(|(organization, owners)| {
        holds(*owners > 0, || format!("organization {} has no Owner", organization.id()))
    })
}

/// 2.
fn one_invitation_of_an_address_is_pending(after: &State) -> Result<(), Broken> {
    let mut seen = BTreeSet::new();
    let pending = after.invitations.iter().map(|it| it.invitation.parts());
    pending.filter(|it| it.state == InvitationState::Pending).try_for_each(|it| {
        let key = (it.organization, it.purpose.key(), it.email.canonical());
        holds(seen.insert(key), || format!("{} was invited twice", it.email))
    })
}

/// 3.
fn an_invitation_ends_once_and_in_time(before: &State, after: &State, at: Timestamp) -> Result<(), Broken> {
    before.invitations.iter().map(|it| &it.invitation).try_for_each(|old| {
        let new = after.invitation(old.id()).ok_or_else(|| format!("invitation {} is gone", old.id()))?;
        let (was, is) = (old.parts(), new.invitation.parts());
        if was.state != InvitationState::Pending {
            return holds(new.invitation == *old, || format!("invitation {} moved after its end", old.id()));
        }
        holds(is.generation >= was.generation, || format!("a link of {} came back", old.id()))?;
        let accepted = matches!(is.state, InvitationState::Accepted { .. });
        holds(!accepted || at < was.expires_at, || format!("invitation {} was accepted too late", old.id()))
    })
}

/// 4.
fn a_membership_has_a_cause_of_its_own(after: &State) -> Result<(), Broken> {
    let mut causes = BTreeSet::new();
    after.members.iter().map(|it| it.membership.parts()).try_for_each(|it| {
        let Cause::Invitation(id) = it.cause else { return Ok(()) };
        holds(causes.insert(id), || format!("invitation {id} let somebody in twice"))?;
        let invitation = after.invitation(id).map(|it| it.invitation.parts());
        let by = invitation.and_then(|it| match it.state {
            InvitationState::Accepted { by, .. } => Some(by),
            InvitationState::Pending | InvitationState::Declined { .. } | InvitationState::Revoked { .. } => {
                None
            }
        });
        holds(by == Some(it.account), || format!("membership {} was not accepted by its account", it.id))
    })?;
    let joined = after.members.iter().map(|it| it.membership.parts().cause).collect::<Vec<_>>();
    after.invitations.iter().filter(|it| is_accepted(&it.invitation)).try_for_each(|it| {
        let id = it.invitation.id();
        holds(joined.contains(&Cause::Invitation(id)), || format!("invitation {id} let nobody in"))
    })
}

fn is_accepted(invitation: &Invitation) -> bool {
    matches!(invitation.parts().state, InvitationState::Accepted { .. })
}

/// 5.
fn what_comes_by_an_invitation_is_still_held_by_the_inviter(
    before: &State,
    after: &State,
) -> Result<(), Broken> {
    let catalogue = Catalogue::built_in();
    let came = |it: &&InvitationView| {
        let was = before.invitation(it.invitation.id());
        is_accepted(&it.invitation) && was.is_some_and(|was| !is_accepted(&was.invitation))
    };
    after.invitations.iter().filter(came).try_for_each(|it| {
        let it = it.invitation.parts();
        let inviter = before.members.iter().map(|it| it.membership.parts()).find(|member| {
            member.state == MembershipState::Active
                && member.account == it.inviter
                && member.organization == it.organization
        });
        let held = inviter.is_some_and(|own| {
            !Catalogue::outranks(&it.access, &own.access)
                && catalogue.excess(&own.access, &it.access).is_empty()
        });
        holds(held, || format!("invitation {} gave more than its inviter holds", it.id))
    })
}

/// 7.
fn one_account_has_an_address_and_a_username(after: &State) -> Result<(), Broken> {
    let (mut addresses, mut usernames) = (BTreeSet::new(), BTreeSet::new());
    after.accounts.iter().map(Account::parts).try_for_each(|it| {
        holds(addresses.insert(it.email.canonical()), || format!("{} has two accounts", it.email))?;
        holds(usernames.insert(it.username.as_str()), || format!("{} names two accounts", it.username))
    })
}

/// 8. Deliveries are not decided by anybody, nor is when somebody last signed in.
fn every_effect_has_its_audit_event(before: &State, after: &State) -> Result<(), Broken> {
    let invitations = |it: &State| it.invitations.iter().map(|it| it.invitation.clone()).collect::<Vec<_>>();
    let members = |it: &State| it.members.iter().map(|it| it.membership.clone()).collect::<Vec<_>>();
    let requests = |it: &State| it.requests.iter().map(|it| it.request.clone()).collect::<Vec<_>>();
    let moved = invitations(before) != invitations(after)
        || members(before) != members(after)
        || requests(before) != requests(after);
    holds(!moved || after.audit.len() > before.audit.len(), || {
        "something was done that no audit event tells".into()
    })?;
    let kept = before.audit.iter().all(|it| after.audit.contains(it));
    holds(kept, || "a line of the audit log moved".into())
}

/// 10.
fn nothing_of_a_removed_membership_comes_back(before: &State, after: &State) -> Result<(), Broken> {
    let now = after.members.iter().map(|it| (it.membership.id(), &it.membership)).collect::<BTreeMap<_, _>>();
    let removed = before.members.iter().map(|it| &it.membership);
    removed.filter(|it| it.parts().state != MembershipState::Active).try_for_each(|it| {
        holds(now.get(&it.id()) == Some(&it), || format!("membership {} came back", it.id()))
    })
}

fn a_refusal_changes_nothing(before: &State, after: &State, answer: &Came) -> Result<(), Broken> {
    // A code that does not work is written down for its organization, and nothing else is done.
    if *answer == Err("employee_code_refused") {
        let told = State { audit: before.audit.clone(), codes: before.codes.clone(), ..after.clone() };
        return holds(told == *before, || "a refused code changed something".into());
    }
    holds(answer.is_ok() || before == after, || "a refusal changed something".into())
}

#[cfg(test)]
mod tests;
