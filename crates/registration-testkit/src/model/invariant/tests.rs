//! Each invariant is broken once, by hand, and says so.
use std::{sync::Arc, time::Duration};

use registration_domain::{
    account::AccountParts,
    invitation::InvitationParts,
    membership::{Membership, MembershipParts},
    time::DAY,
};

use super::*;
use crate::{
    memory::MemoryStore,
    model::{Step, run},
    stub::NOW,
};

/// Ben came in and left again, and Cleo was invited.
fn before() -> State {
    let steps = [
        Step::Invite { by: 0, within: 0, address: 0, access: 2, key: None },
        Step::AcceptAsNew { invitation: 0, older: 0, username: 0 },
        Step::Leave { member: 1 },
        Step::Wait { span: Duration::from_secs(1) },
        Step::Invite { by: 0, within: 0, address: 2, access: 2, key: None },
    ];
    let ports = crate::ports(Arc::new(MemoryStore::default()));
    pollster::block_on(run(ports, &steps)).pop().expect("five results").after
}

/// What the check says of a step that did this.
fn said(doctor: impl FnOnce(&mut State)) -> String {
    said_of(&Ok(String::new()), NOW, doctor)
}
fn said_of(answer: &Came, at: Timestamp, doctor: impl FnOnce(&mut State)) -> String {
    let before = before();
    let mut after = before.clone();
    doctor(&mut after);
    check(&before, &after, answer, at).expect_err("it is broken")
}
fn with_state(view: &mut InvitationView, state: InvitationState) {
    let parts = view.invitation.clone().into_parts();
    view.invitation = Invitation::from_parts(InvitationParts { state, ..parts });
}

#[test]
fn a_step_that_does_nothing_breaks_nothing() {
    let state = before();
    assert_eq!(check(&state, &state, &Err("refused"), NOW), Ok(()));
}

#[test]
fn an_organization_without_an_owner_is_told() {
    assert!(said(|it| it.organizations[0].1 = 0).ends_with("has no Owner"));
}

#[test]
fn a_second_pending_invitation_is_told() {
    let told = said(|it| {
        let second = it.invitations[1].clone();
        it.invitations.push(second);
    });
    assert_eq!(told, "cleo@example.org was invited twice");
}

#[test]
fn an_invitation_that_moves_after_its_end_is_told() {
    let told = said(|it| with_state(&mut it.invitations[0], InvitationState::Pending));
    assert!(told.ends_with("moved after its end"), "{told}");
}

#[test]
fn an_acceptance_that_comes_too_late_is_told() {
    let late = NOW.plus(Duration::from_secs(1)).plus(7 * DAY);
    let told = said_of(&Ok(String::new()), late, |it| {
        let by = it.accounts[0].id();
        with_state(&mut it.invitations[1], InvitationState::Accepted { at: late, by });
    });
    assert!(told.ends_with("was accepted too late"), "{told}");
}

#[test]
fn an_acceptance_that_lets_nobody_in_is_told() {
    let told = said(|it| {
        let by = it.accounts[0].id();
        with_state(&mut it.invitations[1], InvitationState::Accepted { at: NOW, by });
    });
    assert!(told.ends_with("let nobody in"), "{told}");
}

#[test]
fn a_second_membership_of_one_cause_is_told() {
    let told = said(|it| {
        let second = it.members[1].clone();
        it.members.push(second);
    });
    assert!(told.ends_with("let somebody in twice"), "{told}");
}

#[test]
fn a_second_account_of_one_address_is_told() {
    let told = said(|it| {
        let parts = it.accounts[0].clone().into_parts();
        let email = it.accounts[1].parts().email.clone();
        it.accounts.push(Account::from_parts(AccountParts { email, ..parts }));
    });
    assert_eq!(told, "ben@example.org has two accounts");
}

#[test]
fn an_effect_without_an_audit_event_is_told() {
    let told =
        said(|it| with_state(&mut it.invitations[1], InvitationState::Declined { at: NOW, reason: None }));
    assert_eq!(told, "something was done that no audit event tells");
}

#[test]
fn a_line_that_leaves_the_audit_log_is_told() {
    assert_eq!(said(|it| drop(it.audit.remove(0))), "a line of the audit log moved");
}

#[test]
fn a_membership_that_comes_back_is_told() {
    let told = said(|it| {
        let parts = it.members[1].membership.clone().into_parts();
        let state = MembershipState::Active;
        it.members[1].membership = Membership::from_parts(MembershipParts { state, ..parts });
        let mut line = it.audit[0].clone();
        line.event.id = registration_domain::id::Id::new(uuid::Uuid::max());
        it.audit.push(line);
    });
    assert!(told.ends_with("came back"), "{told}");
}

#[test]
fn a_refusal_that_changes_something_is_told() {
    let told = said_of(&Err("refused"), NOW, |it| it.reviews.clear());
    assert_eq!(told, "a refusal changed something");
}

#[test]
fn more_than_the_inviter_holds_is_told() {
    let told = said(|it| {
        let parts = it.invitations[1].invitation.clone().into_parts();
        let by = it.accounts[1].id();
        let accepted = InvitationState::Accepted { at: NOW, by };
        let inviter = by;
        it.invitations[1].invitation =
            Invitation::from_parts(InvitationParts { inviter, state: accepted, ..parts });
        let mut joined = it.members[1].clone();
        let cause = Cause::Invitation(it.invitations[1].invitation.id());
        let id = registration_domain::id::Id::new(uuid::Uuid::max());
        let parts = joined.membership.into_parts();
        joined.membership = Membership::from_parts(MembershipParts { id, cause, ..parts });
        it.members.push(joined);
    });
    assert!(told.ends_with("gave more than its inviter holds"), "{told}");
}
