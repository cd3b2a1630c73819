//! Whatever anybody does, what must always hold does; and the same steps have the same results.
use std::{collections::BTreeSet, sync::Arc};

use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use registration_domain::platform::Ports;
use registration_testkit::{
    broken,
    memory::MemoryStore,
    model::{Step, run, same_results, steps},
};

fn fresh() -> Ports {
    registration_testkit::ports(Arc::new(MemoryStore::default()))
}

fn config(cases: u32) -> Config {
    Config { failure_persistence: None, ..Config::with_cases(cases) }
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn what_must_always_hold_does(steps in steps(60)) {
        pollster::block_on(run(fresh(), &steps));
    }

    #[test]
    fn the_same_steps_have_the_same_results(steps in steps(30)) {
        pollster::block_on(same_results(fresh(), fresh(), &steps));
    }
}

/// A step that never succeeds tests nothing.
#[test]
fn every_kind_of_step_succeeds_and_is_refused_somewhere() {
    let mut runner = TestRunner::deterministic();
    let (mut done, mut refused) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..150 {
        let steps = steps(80).new_tree(&mut runner).expect("steps").current();
        for result in pollster::block_on(run(fresh(), &steps)) {
            let kind = kind(&result.step);
            let _ = if result.answer.is_ok() { done.insert(kind) } else { refused.insert(kind) };
        }
    }
    let all = BTreeSet::from(
        [
            "Wait",
            "Found",
            "Invite",
            "Resend",
            "Correct",
            "Revoke",
            "AcceptAsNew",
            "AcceptAs",
            "Decline",
            "Wish",
            "ChangeAccess",
            "Remove",
            "Leave",
            "HandOver",
            "SignIn",
            "BeFound",
            "Ask",
            "MakeCode",
            "TypeCode",
            "RevokeCode",
            "DecideRequest",
            "Withdraw",
            "Remind",
            "TendRequests",
            "SignUp",
            "ResendCode",
            "Verify",
            "CloseUnbacked",
            "DeliverMail",
        ]
        .map(String::from),
    );
    assert_eq!(done, all, "these succeed");
    let never =
        BTreeSet::from(["Wait", "Found", "TendRequests", "CloseUnbacked", "DeliverMail"].map(String::from));
    assert_eq!(&all - &refused, never, "these are never refused");
}

fn kind(step: &Step) -> String {
    let text = format!("{step:?}");
    text.split([' ', '{']).next().unwrap_or_default().to_owned()
}

#[test]
fn a_store_that_cuts_time_has_other_results() {
    let broken = broken::ALL.iter().find(|it| it.name == "cuts time to milliseconds").expect("there is one");
    let steps = [
        Step::Wait { span: std::time::Duration::from_micros(1) },
        Step::Invite { by: 0, within: 0, address: 0, access: 2, key: None },
    ];
    let compared = std::panic::catch_unwind(|| {
        pollster::block_on(same_results(fresh(), (broken.break_)(fresh()), &steps));
    });
    assert!(compared.is_err());
}
