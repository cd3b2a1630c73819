//! Somebody else is faster, between a decision and its commit: the rules say who lost, and why.
use registration_domain::{
    access::Access,
    change::{Change, ChangeSet},
    invitation::InvitationState,
    platform::Platform,
    refusal::Refusal,
    use_case::{
        amend_invitation::{AmendInvitation, Amendment},
        change_access::ChangeAccess,
        hand_over_ownership::HandOverOwnership,
        revoke_invitation::RevokeInvitation,
    },
    username::Username,
};

use super::{
    support::{chosen, role},
    world::{World, accept_command, code},
};

fn accepts(changes: &ChangeSet) -> bool {
    changes.changes().iter().any(|it| matches!(it, Change::AddMembership(_)))
}
async fn change(platform: &Platform, command: ChangeAccess) {
    platform.change_access(command).await.unwrap();
}

#[tokio::test]
async fn an_inviter_who_is_removed_before_the_commit_backs_nothing() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", role("recruiter")).await;
    let invitation = world.invite_by(&ruth, "guest@example.org", chosen([])).await.unwrap();
    let (platform, removal) = (world.platform.clone(), world.removal(&world.owner, seat));
    world.meanwhile_at(accepts, async move { platform.remove_member(removal).await.unwrap() });
    assert_eq!(code(world.accept_as(invitation, "newcomer").await), "invitation_not_backed");
    assert!(
        world.moment().await.account_at(&super::support::guest()).await.unwrap().is_none(),
        "all or nothing"
    );
}

#[tokio::test]
async fn an_inviter_who_is_demoted_before_the_commit_backs_nothing() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", role("recruiter")).await;
    let invitation = world.invite_by(&ruth, "guest@example.org", chosen([])).await.unwrap();
    let seen = world.moment().await.membership(seat).await.unwrap().unwrap().parts().revision;
    let (by, organization) = (world.owner.clone(), world.organization);
    let (platform, command) =
        (world.platform.clone(), ChangeAccess { by, organization, member: seat, access: chosen([]), seen });
    world.meanwhile_at(accepts, async move { change(&platform, command).await });
    assert_eq!(code(world.accept_as(invitation, "newcomer").await), "invitation_not_backed");
}

#[tokio::test]
async fn who_loses_the_right_before_the_commit_has_lost_it() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", role("recruiter")).await;
    let (platform, removal) = (world.platform.clone(), world.removal(&world.owner, seat));
    world.meanwhile(async move { platform.remove_member(removal).await.unwrap() });
    assert_eq!(code(world.invite_by(&ruth, "guest@example.org", chosen([])).await), "not_found");
}

#[tokio::test]
async fn an_invitation_is_accepted_once() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let (platform, rival) =
        (world.platform.clone(), accept_command(world.token(invitation).await, None, "faster"));
    world.meanwhile(async move { drop(platform.accept_invitation(rival).await.unwrap()) });
    assert_eq!(code(world.accept_as(invitation, "slower").await), "invitation_already_accepted");
    assert!(world.moment().await.account_named(&Username::parse("slower").unwrap()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_revoked_invitation_is_not_accepted() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let (by, organization) = (world.owner.clone(), world.organization);
    let (platform, command) =
        (world.platform.clone(), RevokeInvitation { by, organization, invitation, reason: None, once: None });
    world.meanwhile(async move { drop(platform.revoke_invitation(command).await.unwrap()) });
    assert_eq!(code(world.accept_as(invitation, "newcomer").await), "invitation_revoked");
}

#[tokio::test]
async fn a_resent_invitation_is_not_accepted_by_its_older_link() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let (by, organization, amendment) = (world.owner.clone(), world.organization, Amendment::Resend);
    let (platform, command) =
        (world.platform.clone(), AmendInvitation { by, organization, invitation, amendment, once: None });
    world.meanwhile(async move { drop(platform.amend_invitation(command).await.unwrap()) });
    assert_eq!(code(world.accept_as(invitation, "newcomer").await), "invitation_superseded");
}

#[tokio::test]
async fn an_accepted_invitation_is_not_taken_back() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let (platform, guest) =
        (world.platform.clone(), accept_command(world.token(invitation).await, None, "newcomer"));
    world.meanwhile(async move { drop(platform.accept_invitation(guest).await.unwrap()) });
    let (by, organization) = (world.owner.clone(), world.organization);
    let command = RevokeInvitation { by, organization, invitation, reason: None, once: None };
    assert_eq!(code(world.platform.revoke_invitation(command).await), "invitation_already_accepted");
}

#[tokio::test]
async fn an_address_is_invited_once_at_a_time() {
    let world = World::founded().await;
    let (platform, rival) =
        (world.platform.clone(), world.invite_command(&world.owner, "GUEST@example.org", Access::All));
    world.meanwhile(async move { drop(platform.invite(rival).await.unwrap()) });
    let refused = world.invite_by(&world.owner, "guest@example.org", Access::All).await;
    assert_eq!(code(refused), "already_invited");
}

#[tokio::test]
async fn a_username_belongs_to_one_and_nothing_of_the_second_is_kept() {
    let world = World::founded().await;
    let first = world.invited("first@example.org", Access::All).await;
    let second = world.invited("second@example.org", Access::All).await;
    let (platform, rival) =
        (world.platform.clone(), accept_command(world.token(first).await, None, "twinny"));
    world.meanwhile(async move { drop(platform.accept_invitation(rival).await.unwrap()) });
    let refused = world.accept_as(second, "twinny").await.unwrap_err();
    assert_eq!((refused.code(), refused.faults()[0].code), ("validation_failed", "username_taken"));
    let stored = world.moment().await.invitation(second).await.unwrap().unwrap();
    assert_eq!(stored.parts().state, InvitationState::Pending);
}

#[tokio::test]
async fn two_owners_cannot_remove_each_other() {
    let world = World::founded().await;
    let (olga, seat) = world.joined("olgaowner", Access::Owner).await;
    let own = world.seat(&world.owner).await;
    let (platform, removal) = (world.platform.clone(), world.removal(&world.owner, seat));
    world.meanwhile(async move { platform.remove_member(removal).await.unwrap() });
    assert_eq!(code(world.remove(&olga, own).await), "not_found");
    assert_eq!(world.owners().await, 1);
}

#[tokio::test]
async fn two_owners_cannot_both_leave() {
    let world = World::founded().await;
    let (olga, seat) = world.joined("olgaowner", Access::Owner).await;
    let own = world.seat(&world.owner).await;
    let (platform, owner) = (world.platform.clone(), world.owner.clone());
    world.meanwhile(async move { platform.leave(&owner, own).await.unwrap() });
    assert_eq!(code(world.platform.leave(&olga, seat).await), "last_owner");
    assert_eq!(world.owners().await, 1);
}

#[tokio::test]
async fn one_owner_leaves_while_another_hands_over_and_one_remains() {
    let world = World::founded().await;
    let (olga, seat) = world.joined("olgaowner", Access::Owner).await;
    let (_, other) = world.joined("member", Access::All).await;
    let (platform, by, organization) = (world.platform.clone(), world.owner.clone(), world.organization);
    let command = HandOverOwnership { by, organization, to: other, once: None };
    world.meanwhile(async move { drop(platform.hand_over_ownership(command).await.unwrap()) });
    world.platform.leave(&olga, seat).await.unwrap();
    assert_eq!(world.owners().await, 1);
}

#[tokio::test]
async fn who_loses_the_ownership_before_the_commit_hands_nothing_over() {
    let world = World::founded().await;
    let (olga, _) = world.joined("olgaowner", Access::Owner).await;
    let (_, other) = world.joined("member", Access::All).await;
    let own = world.seat(&world.owner).await;
    let seen = world.moment().await.membership(own).await.unwrap().unwrap().parts().revision;
    let organization = world.organization;
    let demotion = ChangeAccess { by: olga, organization, member: own, access: Access::All, seen };
    let platform = world.platform.clone();
    world.meanwhile(async move { change(&platform, demotion).await });
    let command = HandOverOwnership { by: world.owner.clone(), organization, to: other, once: None };
    assert_eq!(code(world.platform.hand_over_ownership(command).await), "owner_required");
    assert_eq!(world.owners().await, 1);
}

#[tokio::test]
async fn a_change_of_what_the_caller_did_not_see_is_stale() {
    let world = World::founded().await;
    let (_, seat) = world.joined("member", Access::All).await;
    let seen = world.moment().await.membership(seat).await.unwrap().unwrap().parts().revision;
    let to = |access| ChangeAccess {
        by: world.owner.clone(),
        organization: world.organization,
        member: seat,
        access,
        seen,
    };
    let (platform, rival) = (world.platform.clone(), to(role("buyer")));
    world.meanwhile(async move { change(&platform, rival).await });
    assert_eq!(code(world.platform.change_access(to(chosen([]))).await), "stale");
}
