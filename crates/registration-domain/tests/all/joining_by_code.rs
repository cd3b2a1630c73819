//! Employee codes: who makes them, what ails one is told alike, and no use is counted that came to nothing.
use std::num::{NonZeroU16, NonZeroU32};

use registration_domain::{
    access::Access,
    audit::Action,
    employee_code::{CodeLabel, CodeTerms, EmployeeCodeId, RefusedTries},
    join_request::{JoinRequestState, SettledBy},
    page::{Page, PageSize},
    platform::VerbError,
    refusal::{Refusal, RefusalKind},
    secret::Secret,
    session::{Caller, Origin},
    time::{DAY, HOUR, Timestamp},
    use_case::{
        ask_to_join::{AskToJoin, Asked, Brings},
        make_employee_codes::{MadeCode, MakeEmployeeCodes},
        own_join_request::OwnJoinRequest,
        revoke_employee_code::RevokeEmployeeCode,
    },
    view::{AuditFilter, CodeFilter, ListedCodeState},
};
use registration_testkit::stub::NOW;

use super::{
    joining_world::{approve, reject, viewing},
    support::{chosen, faults},
    world::{World, code},
};

fn terms(uses: Option<u32>, expires_at: Option<Timestamp>) -> CodeTerms {
    let label = CodeLabel::parse("Warehouse, May").unwrap();
    CodeTerms { label, uses: uses.and_then(NonZeroU32::new), expires_at }
}
fn typed(code: &MadeCode) -> Brings {
    Brings::Code(code.secret.clone())
}
fn wrong(text: &str) -> Brings {
    Brings::Code(Secret::new(text))
}
async fn admitting(world: &World, uses: Option<u32>) -> MadeCode {
    world.codes(&world.owner, terms(uses, None), true, Some(viewing()), 1).await.unwrap().remove(0)
}
async fn reviewed(world: &World, uses: Option<u32>) -> MadeCode {
    world.codes(&world.owner, terms(uses, None), false, None, 1).await.unwrap().remove(0)
}
async fn counted(world: &World, code: EmployeeCodeId) -> (u32, RefusedTries) {
    let it = world.moment().await.employee_code(code).await.unwrap().unwrap();
    (it.used, it.refused)
}
async fn lines(world: &World, action: Action) -> usize {
    let filter = AuditFilter { action: Some(action), ..AuditFilter::default() };
    let page = Page::first(PageSize::new(100).unwrap());
    world.moment().await.audit_events(world.organization, &filter, &page).await.unwrap().rows.len()
}

#[tokio::test]
async fn a_right_code_that_admits_lets_in_at_once_though_the_organization_is_hidden() {
    let world = World::founded().await;
    let made = admitting(&world, Some(1)).await;
    let ana = world.stranger("ana").await;
    let text = made.secret.expose().to_lowercase().replace('-', " ");
    let asked = world.ask(&ana, wrong(&text)).await.unwrap();
    let Asked::Joined(view) = asked else { panic!("{asked:?}") };
    assert_eq!(view.membership.parts().access, viewing());
    assert_eq!(counted(&world, made.view.code.code.id()).await.0, 1);
    assert_eq!(lines(&world, Action::EmployeeCodeUsed).await, 1);
}

#[tokio::test]
async fn a_right_code_backs_a_request_where_its_maker_wants_it_reviewed() {
    let world = World::founded().await;
    let made = reviewed(&world, Some(1)).await;
    let ana = world.stranger("ana").await;
    let asked = world.ask(&ana, typed(&made)).await.unwrap();
    let Asked::Waits(view) = asked else { panic!("{asked:?}") };
    assert_eq!(view.code.map(|it| it.id()), Some(made.view.code.code.id()));
    world.decide(&world.owner, view.request.id(), approve(viewing())).await.unwrap();
    assert_eq!(counted(&world, made.view.code.code.id()).await.0, 1, "an approved one stays used");
}

#[tokio::test]
async fn what_ails_a_code_is_told_alike_outside_and_apart_inside() {
    let world = World::founded().await;
    let [expired, used_up, revoked] = [
        world.codes(&world.owner, terms(None, Some(NOW.plus(HOUR))), true, Some(viewing()), 1).await,
        world.codes(&world.owner, terms(Some(1), None), true, Some(viewing()), 1).await,
        world.codes(&world.owner, terms(None, None), true, Some(viewing()), 1).await,
    ]
    .map(|it| it.unwrap().remove(0));
    let ben = world.stranger("ben").await;
    world.ask(&ben, typed(&used_up)).await.unwrap();
    let id = revoked.view.code.code.id();
    let command = RevokeEmployeeCode { by: world.owner.clone(), organization: world.organization, code: id };
    world.platform.revoke_employee_code(command.clone()).await.unwrap();
    assert_eq!(code(world.platform.revoke_employee_code(command).await), "not_found");
    world.advance(HOUR);
    let elsewhere = world.second_organization().await;
    let by = world.owner.clone();
    let (terms, count) = (terms(None, None), NonZeroU16::MIN);
    let foreign = MakeEmployeeCodes {
        by,
        organization: elsewhere,
        terms,
        admits: true,
        access: Some(viewing()),
        count,
        once: None,
    };
    let foreign = world.platform.make_employee_codes(foreign).await.unwrap().what.remove(0);
    let ana = world.stranger("ana").await;
    let tries = [typed(&expired), typed(&used_up), typed(&revoked), typed(&foreign), wrong("7Q4K-M2XP-9DTA")];
    let mut told = Vec::new();
    for it in tries {
        let refused = world.ask(&ana, it).await.unwrap_err();
        told.push((refused.kind(), refused.code(), refused.to_string(), refused.facts()));
    }
    assert!(told.iter().all(|it| *it == told[0]), "{told:?}");
    assert_eq!((told[0].0, told[0].1), (RefusalKind::Invalid, "employee_code_refused"));
    let none = RefusedTries::default();
    for (made, expected) in [
        (&expired, RefusedTries { expired: 1, ..none }),
        (&used_up, RefusedTries { used_up: 1, ..none }),
        (&revoked, RefusedTries { revoked: 1, ..none }),
        (&foreign, RefusedTries { elsewhere: 1, ..none }),
    ] {
        assert_eq!(counted(&world, made.view.code.code.id()).await.1, expected);
    }
    assert_eq!(lines(&world, Action::EmployeeCodeRefused).await, 3);
    assert_eq!(lines(&world, Action::EmployeeCodeWrong).await, 2, "a foreign one is none of ours");
    let wrong = world.platform.count_wrong_codes(&world.owner, world.organization).await.unwrap();
    assert_eq!(wrong.number(), 2);
}

#[tokio::test]
async fn an_account_has_five_wrong_tries_a_day_and_right_ones_cost_none() {
    let world = World::founded().await;
    let ana = world.stranger("ana").await;
    for text in ["AAAA-AAAA-AAAA", "no code at all", "", "BBBB-BBBB-BBBB", "\u{1F600}"] {
        assert_eq!(code(world.ask(&ana, wrong(text)).await), "employee_code_refused", "{text:?}");
    }
    let made = admitting(&world, None).await;
    let refused = world.ask(&ana, typed(&made)).await.unwrap_err();
    assert_eq!((refused.kind(), refused.code()), (RefusalKind::Limited, "too_many_tries"));
    assert_eq!(counted(&world, made.view.code.code.id()).await, (0, RefusedTries::default()));
    world.advance(DAY);
    let mut ana = ana;
    for _ in 0..7 {
        let asked = world.ask(&ana, typed(&made)).await.unwrap();
        let Asked::Joined(view) = asked else { panic!("{asked:?}") };
        world.platform.leave(&ana, view.membership.id()).await.unwrap();
        ana = ana.clone();
    }
}

#[tokio::test]
async fn an_organization_and_a_client_have_their_own_counts() {
    let world = World::founded().await;
    let mut refused = 0;
    for number in 0..11 {
        let who = world.stranger(&format!("guest{number}")).await;
        let origin = Origin(Some(format!("192.0.2.{number}")));
        let by = Caller { origin, ..who };
        for _ in 0..5 {
            let told = code(world.ask(&by, wrong("AAAA-AAAA-AAAA")).await);
            refused += usize::from(told == "employee_code_refused");
        }
    }
    assert_eq!(refused, 50, "for the organization");
    let elsewhere = world.second_organization().await;
    let mut refused = 0;
    for number in 0..9 {
        let who = world.stranger(&format!("other{number}")).await;
        let by = Caller { origin: Origin(Some(format!("2001:db8:7:7::{number}"))), ..who };
        for _ in 0..5 {
            let asking = AskToJoin { organization: elsewhere, ..world.asking(&by, wrong("AAAA-AAAA-AAAA")) };
            let told = code(world.platform.ask_to_join(asking).await);
            refused += usize::from(told == "employee_code_refused");
        }
    }
    assert_eq!(refused, 40, "from one network");
}

#[tokio::test]
async fn an_organization_that_is_not_there_answers_a_code_as_any_other() {
    let world = World::founded().await;
    let ana = world.stranger("ana").await;
    let nowhere = world.ports.ids.fresh();
    let asking = AskToJoin { organization: nowhere, ..world.asking(&ana, wrong("AAAA-AAAA-AAAA")) };
    assert_eq!(code(world.platform.ask_to_join(asking).await), "employee_code_refused");
}

#[tokio::test]
async fn a_code_falls_back_to_review_where_its_maker_could_not_give_that_any_more() {
    let world = World::founded().await;
    let (mara, seat) = world.joined("mara", chosen(["employee_codes.manage", "members.view"])).await;
    let made = world.codes(&mara, terms(None, None), true, Some(viewing()), 1).await.unwrap().remove(0);
    world.remove(&world.owner, seat).await.unwrap();
    let ana = world.stranger("ana").await;
    let asked = world.ask(&ana, typed(&made)).await.unwrap();
    assert!(matches!(asked, Asked::Waits(_)), "{asked:?}");
}

#[tokio::test]
async fn a_maker_who_loses_the_right_before_the_commit_lets_nobody_in() {
    let world = World::founded().await;
    let (mara, seat) = world.joined("mara", chosen(["employee_codes.manage", "members.view"])).await;
    let made = world.codes(&mara, terms(None, None), true, Some(viewing()), 1).await.unwrap().remove(0);
    let ana = world.stranger("ana").await;
    let (platform, removal) = (world.platform.clone(), world.removal(&world.owner, seat));
    let uses = |it: &registration_domain::change::ChangeSet| {
        let is_use = |it: &registration_domain::change::Change| {
            matches!(it, registration_domain::change::Change::UseEmployeeCode { .. })
        };
        it.changes().iter().any(is_use)
    };
    world.meanwhile_at(uses, async move { platform.remove_member(removal).await.unwrap() });
    let asked = world.ask(&ana, typed(&made)).await.unwrap();
    assert!(matches!(asked, Asked::Waits(_)), "{asked:?}");
    assert_eq!(counted(&world, made.view.code.code.id()).await.0, 1, "once, whatever was tried");
}

#[tokio::test]
async fn whoever_was_removed_does_not_come_back_by_a_code_alone() {
    let world = World::founded().await;
    let made = admitting(&world, None).await;
    let (ana, seat) = world.joined("ana", viewing()).await;
    world.remove(&world.owner, seat).await.unwrap();
    let asked = world.ask(&ana, typed(&made)).await.unwrap();
    assert!(matches!(asked, Asked::Waits(_)), "{asked:?}");
    let (ben, seat) = world.joined("ben", viewing()).await;
    world.platform.leave(&ben, seat).await.unwrap();
    let asked = world.ask(&ben, typed(&made)).await.unwrap();
    assert!(matches!(asked, Asked::Joined(_)), "who left by themselves may: {asked:?}");
}

#[tokio::test]
async fn a_use_that_is_refused_afterwards_is_not_used() {
    let world = World::founded().await;
    let made = reviewed(&world, Some(1)).await;
    let id = made.view.code.code.id();
    let [ana, ben, cleo] =
        [world.stranger("ana").await, world.stranger("ben").await, world.stranger("cleo").await];
    let request = waits(world.ask(&ana, typed(&made)).await);
    assert_eq!(code(world.ask(&ben, typed(&made)).await), "employee_code_refused", "it is used up");
    world.decide(&world.owner, request, reject("No.")).await.unwrap();
    let request = waits(world.ask(&ben, typed(&made)).await);
    let own = OwnJoinRequest { by: ben.clone(), request, once: None };
    world.platform.withdraw_join_request(own).await.unwrap();
    let request = waits(world.ask(&cleo, typed(&made)).await);
    world.advance(30 * DAY);
    assert_eq!(world.platform.close_expired_join_requests().await.unwrap(), 1);
    assert!(matches!(world.state_of(request).await, JoinRequestState::Expired { .. }));
    assert_eq!(counted(&world, id).await.0, 0);
}

fn waits<E: std::fmt::Debug>(asked: Result<Asked, E>) -> registration_domain::join_request::JoinRequestId {
    match asked.unwrap() {
        Asked::Waits(view) => view.request.id(),
        joined @ Asked::Joined(_) => panic!("{joined:?}"),
    }
}

#[tokio::test]
async fn a_code_that_admits_settles_the_request_and_closes_the_invitation() {
    let world = World::found().await;
    let made = admitting(&world, None).await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    let invitation = world.invited("ana@example.org", viewing()).await;
    let asked = world.ask(&ana, typed(&made)).await.unwrap();
    assert!(matches!(asked, Asked::Joined(_)), "{asked:?}");
    let by = SettledBy::EmployeeCode(made.view.code.code.id());
    assert_eq!(world.state_of(request).await, JoinRequestState::Settled { at: NOW, by });
    let token = world.token(invitation).await;
    assert_eq!(code(world.platform.look_up_invitation(&token).await), "invitation_revoked");
}

#[tokio::test]
async fn one_that_only_backs_does_not_make_a_second_request() {
    let world = World::found().await;
    let made = reviewed(&world, None).await;
    let ana = world.stranger("ana").await;
    world.asked(&ana).await;
    assert_eq!(code(world.ask(&ana, typed(&made)).await), "already_pending");
    assert_eq!(counted(&world, made.view.code.code.id()).await.0, 0);
}

#[tokio::test]
async fn many_are_made_at_once_each_with_its_own_secret_and_a_repeat_shows_the_same() {
    let world = World::founded().await;
    let once = world.platform.once(Some("owen"), "codes", "key", b"forty");
    let command = MakeEmployeeCodes {
        by: world.owner.clone(),
        organization: world.organization,
        terms: terms(Some(1), None),
        admits: false,
        access: None,
        count: NonZeroU16::new(40).unwrap(),
        once: Some(once),
    };
    let first = world.platform.make_employee_codes(command.clone()).await.unwrap();
    let second = world.platform.make_employee_codes(command).await.unwrap();
    assert_eq!((first.repeated, second.repeated), (false, true));
    assert_eq!(first.what, second.what);
    let secrets = first.what.iter().map(|it| it.secret.expose().to_owned());
    assert_eq!(secrets.collect::<std::collections::BTreeSet<_>>().len(), 40);
    let page = Page::first(PageSize::new(100).unwrap());
    let filter = CodeFilter { state: Some(ListedCodeState::Active) };
    let listed = world.platform.list_employee_codes(&world.owner, world.organization, &filter, &page).await;
    assert_eq!(listed.unwrap().rows.len(), 40);
    assert_eq!(lines(&world, Action::EmployeeCodeMade).await, 1, "made together, told together");
}

#[tokio::test]
async fn whoever_makes_codes_holds_what_they_give_and_no_code_makes_an_owner() {
    let world = World::founded().await;
    let (mara, _) = world.joined("mara", chosen(["employee_codes.manage", "members.view"])).await;
    let (vera, _) = world.joined("vera", viewing()).await;
    let past = Some(world.now());
    let made = |by: Caller, terms, admits, access| {
        let world = &world;
        async move { world.codes(&by, terms, admits, access, 1).await.map(|_| ()) }
    };
    let plain = || terms(None, None);
    let exceeding = made(mara.clone(), plain(), false, Some(Access::All)).await;
    assert_eq!(code(exceeding), "access_exceeds_own");
    assert_eq!(code(made(vera, plain(), false, None).await), "permission_missing");
    let field = |it: Result<(), VerbError<_>>| faults(&it.unwrap_err());
    let owner = world.owner.clone();
    let faulty = field(made(owner.clone(), terms(None, past), true, None).await);
    assert_eq!(faulty, [("access".into(), "required"), ("expires_at".into(), "malformed")]);
    assert_eq!(
        field(made(owner, plain(), true, Some(Access::Owner)).await),
        [("access".into(), "malformed")]
    );
    made(mara, plain(), true, Some(viewing())).await.unwrap();
}
