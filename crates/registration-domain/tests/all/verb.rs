//! The verbs on a store in memory: what they answer twice, whom they let in, and whom they show what.
use registration_domain::{
    access::Access,
    count::Count,
    link::{Link, LinkPurpose},
    permission::Permission,
    receipt::Once,
    refusal::{Fact, Refusal, RefusalKind},
    revision::Generation,
    secret::Secret,
    session::Caller,
    time::{DAY, HOUR},
    use_case::{
        authorize::{Authorization, Authorize, DeniedWhy},
        change_access::ChangeAccess,
        decline_invitation::DeclineInvitation,
        hand_over_ownership::HandOverOwnership,
        invite::Invite,
        wish_for_new_invitation::WishForNewInvitation,
    },
};
use registration_testkit::stub::NOW;

use super::{
    support::{chosen, email, origin, role},
    world::{World, accept_command, code, setup_command},
};

fn once(world: &World, request: &str) -> Once {
    let caller = world.owner.account.to_string();
    world.platform.once(Some(&caller), "POST /invitations", "key", request.as_bytes())
}
#[tokio::test]
async fn a_request_that_is_sent_twice_is_done_once_and_answered_alike() {
    let world = World::founded().await;
    let command = Invite {
        once: Some(once(&world, "guest")),
        ..world.invite_command(&world.owner, "guest@example.org", Access::All)
    };
    let first = world.platform.invite(command.clone()).await.unwrap();
    world.acts();
    let second = world.platform.invite(command.clone()).await.unwrap();
    assert_eq!((first.repeated, second.repeated), (false, true));
    assert_eq!(first.what, second.what);
    assert_eq!(world.acts(), [], "known before anything is judged");
    let other = Invite { once: Some(once(&world, "another request")), ..command.clone() };
    let reused = world.platform.invite(other).await.unwrap_err();
    assert_eq!((reused.kind(), reused.code()), (RefusalKind::Invalid, "idempotency_key_reused"));
    world.advance(DAY);
    assert_eq!(code(world.platform.invite(command).await), "already_invited");
}

#[tokio::test]
async fn the_loser_of_two_equal_requests_is_told_what_the_winner_did() {
    let world = World::founded().await;
    let command = Invite {
        once: Some(once(&world, "guest")),
        ..world.invite_command(&world.owner, "guest@example.org", Access::All)
    };
    let (platform, twin) = (world.platform.clone(), command.clone());
    world.meanwhile(async move { drop(platform.invite(twin).await.unwrap()) });
    assert!(world.platform.invite(command).await.unwrap().repeated);
}

#[tokio::test]
async fn a_refusal_leaves_no_receipt() {
    let world = World::founded().await;
    let faulty = Invite {
        once: Some(once(&world, "guest")),
        ..world.invite_command(&world.owner, "guest@example.org", role("gone"))
    };
    assert_eq!(code(world.platform.invite(faulty.clone()).await), "validation_failed");
    let mended = Invite { access: Access::All, once: Some(once(&world, "mended")), ..faulty };
    assert!(!world.platform.invite(mended).await.unwrap().repeated);
}

#[tokio::test]
async fn a_key_of_one_caller_or_route_says_nothing_of_another() {
    let world = World::founded().await;
    let scope = |caller, route| world.platform.once(caller, route, "key", b"body").scope;
    let scopes = [
        scope(Some("a"), "POST /x"),
        scope(Some("b"), "POST /x"),
        scope(Some("a"), "POST /y"),
        scope(None, "POST /x"),
        world.platform.once(None, "POST /x", "key", b"another body").scope,
    ];
    for (at, one) in scopes.iter().enumerate() {
        assert!(!scopes[..at].contains(one), "{at}");
    }
}

#[tokio::test]
async fn a_hand_over_is_answered_alike_after_the_former_owner_left() {
    let world = World::founded().await;
    let (_, member) = world.joined("member", Access::All).await;
    let own = world.seat(&world.owner).await;
    let command = HandOverOwnership {
        by: world.owner.clone(),
        organization: world.organization,
        to: member,
        once: Some(once(&world, "hand over")),
    };
    let first = world.platform.hand_over_ownership(command.clone()).await.unwrap();
    world.platform.leave(&world.owner, own).await.unwrap();
    let second = world.platform.hand_over_ownership(command).await.unwrap();
    let ids = |it: &registration_domain::use_case::hand_over_ownership::HandedOver| {
        (it.from.membership.id(), it.to.membership.id())
    };
    assert!(second.repeated);
    assert_eq!((ids(&first.what), ids(&second.what)), ((own, member), (own, member)));
}

#[tokio::test]
async fn what_would_be_answered_is_told_and_not_done() {
    let world = World::founded().await;
    let command = world.invite_command(&world.owner, "guest@example.org", chosen([]));
    world.acts();
    let would = world.platform.would_invite(&command).await.unwrap();
    assert_eq!((&would.parts().email, &would.parts().access), (&command.offer.email, &chosen([])));
    assert_eq!(world.acts(), []);
    world.invited("guest@example.org", Access::All).await;
    assert_eq!(code(world.platform.would_invite(&command).await), "already_invited");
}

#[tokio::test]
async fn a_platform_is_founded_once() {
    let world = World::founded().await;
    assert!(world.platform.issue_setup_link().await.unwrap().is_none());
    let link = Link {
        purpose: LinkPurpose::Setup,
        subject: uuid::Uuid::from_u128(9),
        generation: Generation::FIRST,
    };
    for token in [world.ports.links.seal(link).0, Secret::new("made up")] {
        let command = setup_command(token, email("second@example.org"));
        let refused = world.platform.set_up(command).await.unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (RefusalKind::NotFound, "not_found"));
    }
}

#[tokio::test]
async fn nobody_is_mailed_more_than_five_times_an_hour_whoever_invites_and_whatever_they_resend() {
    use registration_domain::use_case::amend_invitation::{AmendInvitation, Amendment};
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let (by, organization, amendment) = (world.owner.clone(), world.organization, Amendment::Resend);
    let resend = AmendInvitation { by, organization, invitation, amendment, once: None };
    for _ in 0..4 {
        world.platform.amend_invitation(resend.clone()).await.unwrap();
    }
    let refused = world.platform.amend_invitation(resend).await.unwrap_err();
    assert_eq!((refused.kind(), refused.code()), (RefusalKind::Limited, "too_many_mails"));
    assert_eq!(refused.facts(), [Fact::RetryAt(NOW.plus(HOUR))]);
    let stored = world.moment().await.invitation(invitation).await.unwrap().unwrap();
    assert_eq!(stored.parts().generation, Generation(4), "a refused resend leaves the link as it is");
}

#[tokio::test]
async fn a_blocked_organization_does_not_mail_that_address_again() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let token = world.token(invitation).await;
    let command = DeclineInvitation { token, reason: None, block: true, origin: origin(), once: None };
    world.platform.decline_invitation(command).await.unwrap();
    let refused = world.invite_by(&world.owner, "Guest@Example.ORG", Access::All).await;
    assert_eq!(code(refused), "invitation_blocked");
    assert!(world.invite_by(&world.owner, "other@example.org", Access::All).await.is_ok());
}

#[tokio::test]
async fn a_wish_for_a_new_one_is_mailed_once_a_day() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let token = world.token(invitation).await;
    let wish = async || {
        let command = WishForNewInvitation { token: token.clone(), origin: origin(), once: None };
        world.platform.wish_for_new_invitation(command).await
    };
    assert_eq!(code(wish().await), "invitation_still_holds");
    world.advance(7 * DAY);
    wish().await.unwrap();
    assert_eq!(code(wish().await), "asked_too_soon");
    world.advance(DAY);
    wish().await.unwrap();
}

#[tokio::test]
async fn a_signed_in_invitee_whose_address_differs_in_case_joins_and_is_a_member_once() {
    let world = World::founded().await;
    let (guest, seat) = world.joined("guestling", role("buyer")).await;
    world.remove(&world.owner, seat).await.unwrap();
    let again = world.invited("GUESTLING@example.ORG", role("recruiter")).await;
    let by = Caller { origin: origin(), ..guest.clone() };
    let command = accept_command(world.token(again).await, Some(by), "ignored");
    let joined = world.platform.accept_invitation(command.clone()).await.unwrap().what;
    assert_eq!((joined.membership.account.id(), joined.token), (guest.account, None));
    assert_eq!(
        joined.membership.membership.parts().access,
        role("recruiter"),
        "nothing of the old one comes back"
    );
    assert_eq!(code(world.platform.accept_invitation(command).await), "invitation_already_accepted");
    assert_eq!(
        code(world.invite_by(&world.owner, "guestling@example.org", Access::All).await),
        "already_member"
    );
}

#[tokio::test]
async fn somebody_who_has_an_account_signs_in_and_nobody_else_accepts_for_them() {
    let world = World::founded().await;
    let (guest, seat) = world.joined("guestling", role("buyer")).await;
    world.remove(&world.owner, seat).await.unwrap();
    let again = world.invited("guestling@example.org", role("buyer")).await;
    assert_eq!(code(world.accept_as(again, "somebody").await), "sign_in_to_accept");
    let wrong = accept_command(world.token(again).await, Some(world.owner.clone()), "somebody");
    assert_eq!(code(world.platform.accept_invitation(wrong).await), "invitation_for_someone_else");
    let right = accept_command(world.token(again).await, Some(guest), "somebody");
    assert!(world.platform.accept_invitation(right).await.is_ok(), "the wrong one left it as it was");
}

#[tokio::test]
async fn what_somebody_may_do_is_told_to_themselves() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", role("recruiter")).await;
    let ask = async |about: &Caller, key: &str| {
        let permission = Permission::parse(key).unwrap();
        let (account, organization) = (about.account, world.organization);
        world.platform.authorize(&Authorize { by: ruth.clone(), account, organization, permission }).await
    };
    assert_eq!(ask(&ruth, "members.invite").await.unwrap(), Authorization::Allowed);
    assert_eq!(ask(&ruth, "audit.view").await.unwrap(), Authorization::Denied(DeniedWhy::NotGranted));
    assert_eq!(code(ask(&world.owner, "members.invite").await), "only_about_oneself");
    let unknown = ask(&ruth, "warehouse.open").await.unwrap_err();
    assert_eq!((unknown.code(), unknown.faults()[0].code), ("validation_failed", "unknown_permission"));
    world.remove(&world.owner, seat).await.unwrap();
    assert_eq!(ask(&ruth, "members.invite").await.unwrap(), Authorization::Denied(DeniedWhy::NotAMember));
}

#[tokio::test]
async fn what_belongs_to_an_organization_is_shown_to_those_who_may_see_it() {
    let world = World::founded().await;
    let (buyer, seat) = world.joined("buyerling", role("buyer")).await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let stranger = Caller { account: super::support::id(99), origin: origin() };
    let (platform, organization) = (&world.platform, world.organization);
    assert_eq!(code(platform.find_organization(&stranger, organization).await), "not_found");
    assert_eq!(code(platform.find_member(&stranger, organization, seat).await), "not_found");
    assert_eq!(code(platform.find_member(&buyer, organization, seat).await), "permission_missing");
    assert_eq!(code(platform.find_invitation(&buyer, organization, invitation).await), "permission_missing");
    assert_eq!(
        code(platform.explain_invitation(&buyer, organization, invitation).await),
        "permission_missing"
    );
    assert!(platform.find_organization(&buyer, organization).await.is_ok());
    assert!(platform.find_member(&world.owner, organization, seat).await.is_ok());
    let unknown = platform.find_invitation(&world.owner, organization, super::support::id(99)).await;
    assert_eq!(code(unknown), "not_found");
}

#[tokio::test]
async fn who_changed_an_access_last_is_told_to_those_who_may_change_it() {
    let world = World::founded().await;
    let (ruth, _) = world.joined("ruthie", Access::All).await;
    let (buyer, seat) = world.joined("buyerling", role("buyer")).await;
    let (platform, organization) = (&world.platform, world.organization);
    let last = async |by: &Caller| platform.last_access_change(by, organization, seat).await;
    assert_eq!(last(&world.owner).await.unwrap(), None, "it is what they came in with");
    assert_eq!(code(last(&buyer).await), "permission_missing");
    let seen = world.moment().await.membership(seat).await.unwrap().unwrap().parts().revision;
    let command = ChangeAccess { by: ruth, organization, member: seat, access: role("recruiter"), seen };
    platform.change_access(command).await.unwrap();
    let change = last(&world.owner).await.unwrap().unwrap();
    assert_eq!((change.by.unwrap().username.as_str(), change.at), ("ruthie", world.now()));
    let elsewhere = platform.last_access_change(&world.owner, organization, super::support::id(99)).await;
    assert_eq!(code(elsewhere), "not_found");
}

#[tokio::test]
async fn the_invitations_that_end_with_a_membership_are_counted_for_those_who_may_end_it() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", Access::All).await;
    let (buyer, _) = world.joined("buyerling", role("buyer")).await;
    let (platform, organization) = (&world.platform, world.organization);
    let count = async |by: &Caller| platform.count_pending_of(by, organization, seat).await;
    assert_eq!(code(count(&buyer).await), "permission_missing");
    world.invite_by(&ruth, "early@example.org", Access::All).await.unwrap();
    world.invited("of-another@example.org", Access::All).await;
    world.advance(DAY * 6);
    world.invite_by(&ruth, "late@example.org", Access::All).await.unwrap();
    assert_eq!(count(&world.owner).await.unwrap(), Count::Exactly(2));
    world.advance(DAY);
    assert_eq!(count(&world.owner).await.unwrap(), Count::Exactly(1), "an expired one ends nothing");
}
