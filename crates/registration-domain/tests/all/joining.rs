//! Asking to join and deciding it: who may, what stands in the way, and that one membership comes of it.
use registration_domain::{
    access::Access,
    employee_code::CodeTerms,
    join_request::{JoinRequestState, SettledBy},
    membership::Cause,
    message::{JoiningLetter, Letter},
    page::{Page, PageSize},
    refusal::{Fact, Refusal, RefusalKind},
    time::{DAY, HOUR},
    use_case::{
        ask_to_join::{AskToJoin, Brings},
        decide_join_request::{DecideJoinRequest, DecideJoinRequests},
        own_join_request::OwnJoinRequest,
    },
    view::{JoinRequestFilter, ListedRequestState, MemberFilter},
};
use registration_testkit::stub::NOW;

use super::{
    joining_world::{approve, reject, viewing},
    support::chosen,
    world::{World, accept_command, code},
};

#[tokio::test]
async fn whoever_is_approved_belongs_at_once_and_is_told() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    let view = world.decide(&world.owner, request, approve(viewing())).await.unwrap();
    let state = JoinRequestState::Approved { at: NOW, by: world.owner.account, access: viewing() };
    assert_eq!(view.request.parts().state, state);
    let standing = world.moment().await.standing(ana.account, world.organization).await.unwrap();
    assert_eq!(standing.unwrap().access, viewing());
    assert_eq!(world.cause_of(ana.account).await, Cause::JoinRequest(request));
    let mails = world.mails().await;
    let approved = |(to, letter): &(String, Letter)| {
        to == "ana@example.org" && matches!(letter, Letter::Joining(JoiningLetter::Approved { .. }))
    };
    assert_eq!(mails.iter().filter(|it| approved(it)).count(), 1);
}

#[tokio::test]
async fn reviewers_are_told_of_a_request_and_nobody_of_one_that_was_decided_meanwhile() {
    let world = World::found().await;
    let (_, _) = world.joined("vera", viewing()).await;
    let (_, _) = world.joined("rolf", chosen(["join_requests.review"])).await;
    let [ana, ben] = [world.stranger("ana").await, world.stranger("ben").await];
    let request = world.asked(&ana).await;
    world.asked(&ben).await;
    world.decide(&world.owner, request, reject("Not now.")).await.unwrap();
    let told = world.mails().await.into_iter().filter_map(|(to, letter)| {
        let Letter::Joining(JoiningLetter::Requested(asking)) = letter else { return None };
        Some((to, asking.email.to_string()))
    });
    let mut told = told.collect::<Vec<_>>();
    told.sort();
    let expected = [("owen@example.org", "ben@example.org"), ("rolf@example.org", "ben@example.org")];
    assert_eq!(told, expected.map(|(to, who)| (to.to_owned(), who.to_owned())));
}

#[tokio::test]
async fn one_request_is_pending_and_its_id_is_told() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    let again = world.ask(&ana, Brings::Note(None)).await.unwrap_err();
    assert_eq!((again.kind(), again.code()), (RefusalKind::Conflict, "already_pending"));
    assert_eq!(again.facts(), [Fact::JoinRequest(request)]);
}

#[tokio::test]
async fn an_organization_that_does_not_let_itself_be_found_is_not_there_for_strangers() {
    let world = World::founded().await;
    let ana = world.stranger("ana").await;
    assert_eq!(code(world.ask(&ana, Brings::Note(None)).await), "not_found");
    let nowhere =
        AskToJoin { organization: world.ports.ids.fresh(), ..world.asking(&ana, Brings::Note(None)) };
    assert_eq!(code(world.platform.ask_to_join(nowhere).await), "not_found");
}

#[tokio::test]
async fn a_member_does_not_ask_and_an_invitee_is_told_of_the_invitation() {
    let world = World::found().await;
    assert_eq!(code(world.ask(&world.owner, Brings::Note(None)).await), "already_member");
    let ana = world.stranger("ana").await;
    let invitation = world.invited("ana@example.org", viewing()).await;
    let refused = world.ask(&ana, Brings::Note(None)).await.unwrap_err();
    assert_eq!((refused.code(), refused.facts()), ("already_invited", vec![Fact::Invitation(invitation)]));
    world.advance(7 * DAY);
    world.asked(&ana).await;
}

#[tokio::test]
async fn an_invitation_that_its_inviter_could_not_send_any_more_stands_in_no_way() {
    let world = World::found().await;
    let (rolf, seat) = world.joined("rolf", chosen(["members.view", "members.invite"])).await;
    world.invite_by(&rolf, "ana@example.org", viewing()).await.unwrap();
    world.remove(&world.owner, seat).await.unwrap();
    let ana = world.stranger("ana").await;
    world.asked(&ana).await;
}

#[tokio::test]
async fn whoever_was_rejected_asks_again_a_day_later_and_not_before() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    world.decide(&world.owner, request, reject("Not now.")).await.unwrap();
    world.advance(DAY.saturating_sub(std::time::Duration::from_micros(1)));
    let refused = world.ask(&ana, Brings::Note(None)).await.unwrap_err();
    assert_eq!((refused.kind(), refused.code()), (RefusalKind::Limited, "asked_too_soon"));
    assert_eq!(refused.facts(), [Fact::RetryAt(NOW.plus(DAY))]);
    world.advance(std::time::Duration::from_micros(1));
    world.asked(&ana).await;
}

#[tokio::test]
async fn nobody_fills_the_inbox_by_asking_and_withdrawing() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    for _ in 0..10 {
        let request = world.asked(&ana).await;
        let own = OwnJoinRequest { by: ana.clone(), request, once: None };
        world.platform.withdraw_join_request(own).await.unwrap();
    }
    let refused = world.ask(&ana, Brings::Note(None)).await.unwrap_err();
    assert_eq!(refused.code(), "asked_too_soon");
    assert_eq!(refused.facts(), [Fact::RetryAt(NOW.plus(DAY))]);
}

#[tokio::test]
async fn nobody_gives_more_than_they_hold_and_only_an_owner_makes_one() {
    let world = World::found().await;
    let (rolf, _) = world.joined("rolf", chosen(["join_requests.review", "members.view"])).await;
    let (alma, _) = world.joined("alma", Access::All).await;
    let (vera, _) = world.joined("vera", viewing()).await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    let tries = [
        (&rolf, approve(Access::All), "access_exceeds_own"),
        (&rolf, approve(chosen(["members.invite"])), "access_exceeds_own"),
        (&alma, approve(Access::Owner), "owner_required"),
        (&vera, approve(Access::Chosen([].into())), "permission_missing"),
        (&vera, reject(""), "permission_missing"),
        (&ana, approve(Access::Chosen([].into())), "not_found"),
    ];
    for (by, decision, expected) in tries {
        assert_eq!(code(world.decide(by, request, decision).await), expected);
    }
    assert_eq!(world.state_of(request).await, JoinRequestState::Pending);
    world.decide(&world.owner, request, approve(Access::Owner)).await.unwrap();
    assert_eq!(world.owners().await, 2);
}

#[tokio::test]
async fn whoever_comes_too_late_learns_who_decided_and_when() {
    let world = World::found().await;
    let (rolf, _) = world.joined("rolf", Access::All).await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    world.decide(&rolf, request, approve(viewing())).await.unwrap();
    world.advance(HOUR);
    for decision in [approve(viewing()), reject("No.")] {
        let late = world.decide(&world.owner, request, decision).await.unwrap_err();
        assert_eq!((late.kind(), late.code()), (RefusalKind::Conflict, "already_decided"));
        let [Fact::Decided(decided)] = &late.facts()[..] else { panic!("{late:?}") };
        assert_eq!((decided.state, decided.at), ("approved", NOW));
        assert_eq!(decided.by.as_ref().map(|(id, _)| *id), Some(rolf.account));
    }
}

#[tokio::test]
async fn approve_and_withdraw_never_both_win() {
    for approved_first in [true, false] {
        let world = World::found().await;
        let ana = world.stranger("ana").await;
        let request = world.asked(&ana).await;
        let (platform, organization) = (world.platform.clone(), world.organization);
        let own = OwnJoinRequest { by: ana.clone(), request, once: None };
        let (by, decision) = (world.owner.clone(), approve(viewing()));
        let deciding = DecideJoinRequest { by, organization, request, decision, once: None };
        if approved_first {
            world.meanwhile(async move { drop(platform.decide_join_request(deciding).await.unwrap()) });
            assert_eq!(code(world.platform.withdraw_join_request(own).await), "already_decided");
        } else {
            world.meanwhile(async move { drop(platform.withdraw_join_request(own).await.unwrap()) });
            assert_eq!(code(world.platform.decide_join_request(deciding).await), "already_decided");
        }
        let standing = world.moment().await.standing(ana.account, organization).await.unwrap();
        assert_eq!(standing.is_some(), approved_first);
    }
}

#[tokio::test]
async fn who_loses_the_right_to_review_before_the_commit_has_lost_it() {
    let world = World::found().await;
    let (rolf, seat) = world.joined("rolf", Access::All).await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    let (platform, removal) = (world.platform.clone(), world.removal(&world.owner, seat));
    world.meanwhile(async move { platform.remove_member(removal).await.unwrap() });
    assert_eq!(code(world.decide(&rolf, request, approve(viewing())).await), "not_found");
    assert_eq!(world.state_of(request).await, JoinRequestState::Pending);
}

#[tokio::test]
async fn accepting_an_invitation_settles_a_request() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    let invitation = world.invited("ana@example.org", viewing()).await;
    let accept = accept_command(world.token(invitation).await, Some(ana.clone()), "unused");
    world.platform.accept_invitation(accept).await.unwrap();
    let by = SettledBy::Invitation(invitation);
    assert_eq!(world.state_of(request).await, JoinRequestState::Settled { at: NOW, by });
    assert_eq!(world.cause_of(ana.account).await, Cause::Invitation(invitation));
    assert_eq!(code(world.decide(&world.owner, request, approve(viewing())).await), "already_decided");
}

#[tokio::test]
async fn an_approval_closes_the_invitation_of_the_address_and_its_link_says_so() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let request = world.asked(&ana).await;
    let invitation = world.invited("ana@example.org", Access::All).await;
    world.decide(&world.owner, request, approve(viewing())).await.unwrap();
    let token = world.token(invitation).await;
    let refused = world.platform.look_up_invitation(&token).await.unwrap_err();
    assert_eq!(refused.code(), "invitation_revoked");
    let explained = world.platform.explain_invitation(&world.owner, world.organization, invitation).await;
    let why = format!("{:?}", explained.unwrap());
    assert!(why.contains("came in another way"), "{why}");
}

/// What is committed between the read and the commit of one is seen: both meet in the account's row.
#[tokio::test]
async fn nobody_belongs_and_waits_at_the_same_time() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let terms = CodeTerms { label: None, uses: None, expires_at: None };
    let made = world.codes(&world.owner, terms, true, Some(viewing()), 1).await.unwrap().remove(0);
    let (platform, typing) = (world.platform.clone(), world.asking(&ana, Brings::Code(made.secret)));
    world.meanwhile(async move { drop(platform.ask_to_join(typing).await.unwrap()) });
    assert_eq!(code(world.ask(&ana, Brings::Note(None)).await), "already_member");
    let moment = world.moment().await;
    assert_eq!(moment.pending_request(ana.account, world.organization).await.unwrap(), None);
}

#[tokio::test]
async fn a_request_that_comes_between_is_settled_by_the_acceptance() {
    let world = World::found().await;
    let ana = world.stranger("ana").await;
    let (rolf, seat) = world.joined("rolf", chosen(["members.view", "members.invite"])).await;
    let invitation = world.invite_by(&rolf, "ana@example.org", viewing()).await.unwrap();
    let accept = accept_command(world.token(invitation).await, Some(ana.clone()), "unused");
    // While Rolf may not invite, Ana asks; then he may again, and the invitation holds.
    let seen = world.moment().await.membership(seat).await.unwrap().unwrap().parts().revision;
    let demote = registration_domain::use_case::change_access::ChangeAccess {
        by: world.owner.clone(),
        organization: world.organization,
        member: seat,
        access: viewing(),
        seen,
    };
    let restore = registration_domain::use_case::change_access::ChangeAccess {
        access: chosen(["members.view", "members.invite"]),
        seen: seen.next(),
        ..demote.clone()
    };
    let (platform, asking) = (world.platform.clone(), world.asking(&ana, Brings::Note(None)));
    world.meanwhile(async move {
        platform.change_access(demote).await.unwrap();
        platform.ask_to_join(asking).await.unwrap();
        platform.change_access(restore).await.unwrap();
    });
    world.platform.accept_invitation(accept).await.unwrap();
    let moment = world.moment().await;
    assert_eq!(moment.pending_request(ana.account, world.organization).await.unwrap(), None);
}

#[tokio::test]
async fn several_are_decided_one_by_one_and_each_has_its_result() {
    let world = World::found().await;
    let (rolf, _) = world.joined("rolf", chosen(["join_requests.review", "members.view"])).await;
    let mut requests = Vec::new();
    for name in ["ana", "ben", "cleo"] {
        let who = world.stranger(name).await;
        requests.push(world.asked(&who).await);
    }
    world.decide(&world.owner, requests[1], reject("No.")).await.unwrap();
    let items = vec![
        (requests[2], approve(viewing())),
        (requests[1], approve(viewing())),
        (requests[0], approve(Access::All)),
        (world.ports.ids.fresh(), reject("")),
    ];
    let once = world.platform.once(Some("rolf"), "decide", "key", b"all of them");
    let by = rolf.clone();
    let organization = world.organization;
    let command = DecideJoinRequests { by, organization, items, once: Some(once) };
    for repeated in [false, true] {
        let answer = world.platform.decide_join_requests(command.clone()).await.unwrap();
        assert_eq!(answer.repeated, repeated);
        let results = answer.what.into_iter().map(|it| it.map(|it| it.request.id()).map_err(|it| it.code()));
        let expected = [Ok(requests[2]), Err("already_decided"), Err("access_exceeds_own"), Err("not_found")];
        assert_eq!(results.collect::<Vec<_>>(), expected);
    }
    let page = Page::first(PageSize::DEFAULT);
    let members = world.moment().await.members(organization, &MemberFilter::default(), &page).await.unwrap();
    assert_eq!(members.rows.len(), 3);
}

#[tokio::test]
async fn reviewers_see_what_was_before_and_nobody_else_sees_a_request() {
    let world = World::found().await;
    let (ana, seat) = world.joined("ana", viewing()).await;
    world.remove(&world.owner, seat).await.unwrap();
    let request = world.asked(&ana).await;
    let (vera, _) = world.joined("vera", viewing()).await;
    let (page, filter) = (Page::first(PageSize::DEFAULT), JoinRequestFilter::default());
    let listed = world.platform.list_join_requests(&world.owner, world.organization, &filter, &page).await;
    let rows = listed.unwrap().rows;
    let [(view, history)] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((view.request.id(), history.memberships.len()), (request, 1));
    let one = world.platform.find_join_request(&world.owner, world.organization, request).await.unwrap();
    assert_eq!(one, rows[0]);
    let count = world.platform.count_join_requests(&world.owner, world.organization).await.unwrap();
    assert_eq!(count.number(), 1);
    for by in [&vera, &ana] {
        let refused = world.platform.list_join_requests(by, world.organization, &filter, &page).await;
        assert!(matches!(code(refused), "permission_missing" | "not_found"));
        let refused = world.platform.find_join_request(by, world.organization, request).await;
        assert!(matches!(code(refused), "permission_missing" | "not_found"));
        let refused = world.platform.count_join_requests(by, world.organization).await;
        assert!(matches!(code(refused), "permission_missing" | "not_found"));
    }
    assert_eq!(code(world.platform.find_own_join_request(&vera, request).await), "not_found");
    let own = world.platform.list_own_join_requests(&ana, &page).await.unwrap();
    assert_eq!(own.rows.len(), 1);
    assert_eq!(ListedRequestState::of(&own.rows[0].request, world.now()), ListedRequestState::Pending);
}
