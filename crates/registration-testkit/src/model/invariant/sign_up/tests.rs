//! Each of them is broken once, by hand, and says so.
use std::sync::Arc;

use registration_domain::{account::AccountParts, revision::Generation, time::MINUTE};

use super::*;
use crate::{
    memory::MemoryStore,
    model::{Guess, Step, run},
    stub::NOW,
};

/// Ben signed up and has his account; of Cleo's sign-up the second code is awaited; and somebody tries Ben's address.
fn after() -> State {
    let steps = [
        Step::SignUp { address: 0, username: 0 },
        Step::Verify { sign_up: 0, code: Guess::Right, username: None },
        Step::SignUp { address: 2, username: 1 },
        Step::SignUp { address: 0, username: 2 },
        Step::Wait { span: MINUTE },
        Step::ResendCode { sign_up: 1 },
    ];
    let ports = crate::ports(Arc::new(MemoryStore::default()));
    pollster::block_on(run(ports, &steps)).pop().expect("six results").after
}

/// What the check says of a step that did this.
fn said(doctor: impl FnOnce(&mut State)) -> String {
    said_at(NOW, doctor)
}
fn said_at(at: Timestamp, doctor: impl FnOnce(&mut State)) -> String {
    let before = after();
    let mut after = before.clone();
    doctor(&mut after);
    check(&before, &after, at).expect_err("it is broken")
}
fn change(state: &mut State, number: usize, change: impl FnOnce(&mut SignUpParts)) {
    let mut parts = state.sign_ups[number].clone().into_parts();
    change(&mut parts);
    state.sign_ups[number] = SignUp::from_parts(parts);
}
/// The account of a sign-up, by whichever way.
fn account(state: &State, number: usize) -> Account {
    let (ben, typed) = (state.accounts[1].parts().clone(), &state.sign_ups[number].parts().typed);
    let (id, email, name) = (typed.id, typed.email.clone(), typed.name.clone());
    Account::from_parts(AccountParts { id, email, name, password: typed.password.clone(), ..ben })
}
fn verify(state: &mut State, number: usize, at: Timestamp) {
    state.accounts.push(account(state, number));
    change(state, number, |it| it.state = SignUpState::Verified { at });
}

#[test]
fn what_comes_in_time_breaks_nothing() {
    let before = after();
    let mut after = before.clone();
    verify(&mut after, 1, NOW);
    assert_eq!(check(&before, &after, NOW), Ok(()));
}

#[test]
fn a_sign_up_that_is_gone_is_told() {
    assert!(said(|it| drop(it.sign_ups.remove(1))).ends_with("is gone"));
}

#[test]
fn another_text_than_what_was_typed_is_told() {
    let told = said(|it| {
        let other = it.sign_ups[0].email().clone();
        change(it, 1, |it| it.typed.email = other);
    });
    assert!(told.starts_with("what was typed into sign-up"), "{told}");
}

#[test]
fn a_code_that_comes_back_is_told() {
    let told = said(|it| change(it, 1, |it| it.code.generation = Generation(it.code.generation.0 - 1)));
    assert!(told.starts_with("a code of sign-up"), "{told}");
}

#[test]
fn a_sign_up_that_moves_after_its_end_is_told() {
    let told = said(|it| change(it, 0, |it| it.state = SignUpState::AwaitingCode));
    assert!(told.ends_with("moved after its end"), "{told}");
}

#[test]
fn a_decoy_that_becomes_an_account_is_told() {
    let told = said(|it| verify(it, 2, NOW));
    assert!(told.ends_with("of an address that was taken became an account"), "{told}");
}

#[test]
fn a_code_that_is_right_too_late_is_told() {
    let late = NOW.plus(11 * MINUTE);
    let told = said_at(late, |it| verify(it, 1, late));
    assert!(told.ends_with("was verified too late"), "{told}");
}

#[test]
fn an_account_before_its_code_is_told() {
    let told = said(|it| it.accounts.push(account(it, 1)));
    assert!(told.ends_with("is no account, or is one"), "{told}");
}

#[test]
fn an_account_of_another_password_is_told() {
    let told = said(|it| {
        verify(it, 1, NOW);
        let last = it.accounts.pop().expect("the newest").into_parts();
        let password = registration_domain::password::PasswordHash::from_phc("another".into());
        it.accounts.push(Account::from_parts(AccountParts { password, ..last }));
    });
    assert!(told.ends_with("is another's"), "{told}");
}
