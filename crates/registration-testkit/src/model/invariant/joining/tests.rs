//! Each of them is broken once, by hand, and says so.
use std::sync::Arc;

use registration_domain::{
    employee_code::CountedCode,
    join_request::JoinRequestParts,
    membership::{Membership, MembershipParts},
    time::DAY,
};

use super::*;
use crate::{
    memory::MemoryStore,
    model::{Step, run},
    stub::NOW,
};

/// Ben came in and left; the organization lets itself be found, and he asked, by a code that backs it.
fn before() -> State {
    let steps = [
        Step::Invite { by: 0, within: 0, address: 0, access: 2, key: None },
        Step::AcceptAsNew { invitation: 0, older: 0, username: 0 },
        Step::Leave { member: 1 },
        Step::MakeCode { by: 0, within: 0, access: 2, admits: false, uses: 2 },
        Step::TypeCode { by: 1, code: 0, right: true },
    ];
    let ports = crate::ports(Arc::new(MemoryStore::default()));
    let last = pollster::block_on(run(ports, &steps)).pop().expect("five results");
    assert!(last.answer.is_ok(), "{:?}", last.answer);
    last.after
}
fn said(at: Timestamp, doctor: impl FnOnce(&mut State)) -> String {
    let before = before();
    let mut after = before.clone();
    doctor(&mut after);
    check(&before, &after, at).expect_err("it is broken")
}
fn request(it: &mut State, change: impl FnOnce(&mut JoinRequestParts)) {
    let mut parts = it.requests[0].request.clone().into_parts();
    change(&mut parts);
    it.requests[0].request = JoinRequest::from_parts(parts);
}
fn seat(it: &mut State, change: impl FnOnce(&mut MembershipParts)) {
    let mut parts = it.members.last().expect("Ben").membership.clone().into_parts();
    change(&mut parts);
    let mut view = it.members.last().expect("Ben").clone();
    view.membership = Membership::from_parts(parts);
    it.members.push(view);
}
fn fresh<Of>() -> registration_domain::id::Id<Of> {
    registration_domain::id::Id::new(uuid::Uuid::from_u128(7))
}

#[test]
fn what_does_nothing_breaks_nothing() {
    let state = before();
    assert_eq!(check(&state, &state, NOW), Ok(()));
}

#[test]
fn a_second_request_is_told() {
    let told = said(NOW, |it| {
        let mut second = it.requests[0].clone();
        second.request =
            JoinRequest::from_parts(JoinRequestParts { id: fresh(), ..second.request.into_parts() });
        it.requests.push(second);
    });
    assert!(told.ends_with("asks twice"), "{told}");
}

#[test]
fn somebody_who_belongs_and_waits_is_told() {
    let told = said(NOW, |it| seat(it, |it| it.state = MembershipState::Active));
    assert!(told.ends_with("belongs and waits"), "{told}");
}

#[test]
fn a_decision_after_the_end_of_time_is_told() {
    let withdrawn = |it: &mut State| request(it, |it| it.state = JoinRequestState::Withdrawn { at: NOW });
    assert!(said(NOW.plus(30 * DAY), withdrawn).ends_with("at the wrong time"));
    let closed = |it: &mut State| request(it, |it| it.state = JoinRequestState::Expired { at: NOW });
    assert!(said(NOW, closed).ends_with("at the wrong time"));
}

#[test]
fn an_approval_that_lets_nobody_in_is_told() {
    let approve = |it: &mut JoinRequestParts| {
        let (by, access) = (it.account, Access::All);
        it.state = JoinRequestState::Approved { at: NOW, by, access };
    };
    assert!(said(NOW, |it| request(it, approve)).ends_with("let nobody in"));
}

#[test]
fn a_member_whom_nobody_approved_is_told() {
    let told = said(NOW, |it| {
        request(it, |it| it.state = JoinRequestState::Withdrawn { at: NOW });
        let id = it.requests[0].request.id();
        seat(it, |it| {
            it.id = fresh();
            it.cause = Cause::JoinRequest(id);
        });
    });
    assert!(told.ends_with("was not approved"), "{told}");
}

#[test]
fn a_use_of_which_nothing_came_is_told() {
    let told = said(NOW, |it| it.codes[0].code = CountedCode { used: 2, ..it.codes[0].code.clone() });
    assert!(told.ends_with("and 1 came of it"), "{told}");
    let told = said(NOW, |it| it.codes[0].code = CountedCode { used: 3, ..it.codes[0].code.clone() });
    assert!(told.ends_with("3 times of 2"), "{told}");
}

#[test]
fn more_than_was_held_is_told() {
    let told = said(NOW, |it| {
        let by = it.requests[0].account.id();
        request(it, |it| it.state = JoinRequestState::Approved { at: NOW, by, access: Access::All });
        let id = it.requests[0].request.id();
        seat(it, |it| {
            it.id = fresh();
            it.cause = Cause::JoinRequest(id);
            it.access = Access::All;
        });
    });
    assert!(told.ends_with("more than its giver held"), "{told}");
}
