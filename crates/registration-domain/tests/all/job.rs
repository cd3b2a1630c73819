//! What the workers do: mail what was committed, and close what nobody backs any more.
use registration_domain::{
    access::Access,
    change::Change,
    invitation::{InvitationState, RevokedWhy},
    membership::MembershipId,
    message::DeliveryState,
    port::MailerError,
    time::HOUR,
    use_case::change_access::ChangeAccess,
};

use super::{
    support::{chosen, role},
    world::{World, code},
};

async fn demote(world: &World, member: MembershipId, access: Access) {
    let seen = world.moment().await.membership(member).await.unwrap().unwrap().parts().revision;
    let (by, organization) = (world.owner.clone(), world.organization);
    world.platform.change_access(ChangeAccess { by, organization, member, access, seen }).await.unwrap();
}

#[tokio::test]
async fn what_a_demoted_inviter_could_give_no_more_is_closed_and_the_rest_is_kept() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", Access::All).await;
    let lost = world.invite_by(&ruth, "lost@example.org", Access::All).await.unwrap();
    let kept = world.invite_by(&ruth, "kept@example.org", chosen(["members.view"])).await.unwrap();
    demote(&world, seat, role("recruiter")).await;
    let explained = world.platform.explain_invitation(&world.owner, world.organization, lost).await.unwrap();
    assert!(explained.why.contains("may no longer give"), "{explained:?}");
    assert_eq!(world.platform.close_unbacked_invitations().await.unwrap(), 1);
    assert_eq!(world.platform.close_unbacked_invitations().await.unwrap(), 0);
    assert_eq!(code(world.accept_as(lost, "newcomer").await), "invitation_not_backed");
    assert!(world.accept_as(kept, "newcomer").await.is_ok());
    let stored = world.moment().await.invitation(lost).await.unwrap().unwrap();
    assert!(matches!(stored.parts().state, InvitationState::Revoked { why: RevokedWhy::NotBacked, .. }));
}

#[tokio::test]
async fn a_demotion_while_the_job_looks_is_looked_at_in_its_turn() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", Access::All).await;
    let invitation = world.invite_by(&ruth, "guest@example.org", Access::All).await.unwrap();
    // The first review finds all backed; before it is done with, Ruth is demoted, and asks for the review
    // that is there already.
    demote(&world, seat, Access::Owner).await;
    let (platform, by, organization) = (world.platform.clone(), world.owner.clone(), world.organization);
    let seen = world.moment().await.membership(seat).await.unwrap().unwrap().parts().revision;
    let demotion = ChangeAccess { by, organization, member: seat, access: chosen([]), seen };
    world.meanwhile_at(|it| it.changes().iter().any(|it| matches!(it, Change::EndReview(_))), async move {
        platform.change_access(demotion).await.unwrap();
    });
    assert_eq!(world.platform.close_unbacked_invitations().await.unwrap(), 0);
    assert_eq!(world.platform.close_unbacked_invitations().await.unwrap(), 1);
    assert_eq!(code(world.accept_as(invitation, "newcomer").await), "invitation_not_backed");
}

#[tokio::test]
async fn many_unbacked_invitations_are_closed_in_small_commits() {
    let world = World::founded().await;
    let (ruth, seat) = world.joined("ruthie", role("recruiter")).await;
    for number in 0..120 {
        world.invite_by(&ruth, &format!("guest{number}@example.org"), chosen([])).await.unwrap();
    }
    world.remove(&world.owner, seat).await.unwrap();
    world.acts();
    assert_eq!(world.platform.close_unbacked_invitations().await.unwrap(), 120);
    let sizes = world.acts().iter().map(|it| it.changes().len()).collect::<Vec<_>>();
    assert_eq!(sizes, [100, 100, 40, 1], "fifty invitations and their events at a time, then the end");
}

#[tokio::test]
async fn a_mail_leaves_once_with_the_link_of_its_generation() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    while world.platform.deliver_mail().await.unwrap() > 0 {}
    let taken = world.mailer.taken();
    let [mail] = &taken[..] else { panic!("{taken:?}") };
    let token = world.token(invitation).await;
    assert_eq!(mail.link.expose(), format!("https://join.example.org/i/{}", token.expose()));
    assert!(!format!("{mail:?}").contains(token.expose()), "no link is shown by debug");
}

#[tokio::test]
async fn a_mail_of_what_no_longer_stands_does_not_leave() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    world.accept_as(invitation, "newcomer").await.unwrap();
    while world.platform.deliver_mail().await.unwrap() > 0 {}
    let kinds: Vec<_> = world.mailer.taken().iter().map(|it| it.message.letter.kind()).collect();
    assert_eq!(kinds, ["joined"]);
    let view = world.platform.find_invitation(&world.owner, world.organization, invitation).await.unwrap();
    assert_eq!(view.delivery.state, DeliveryState::Superseded);
}

#[tokio::test]
async fn a_mail_that_is_not_taken_waits_longer_each_time_and_is_given_up_in_the_end() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let delivery = async || {
        let view = world.platform.find_invitation(&world.owner, world.organization, invitation).await;
        view.unwrap().delivery
    };
    for attempt in 1..=16_u32 {
        assert_eq!(delivery().await.state, DeliveryState::Queued, "before try {attempt}");
        world.mailer.answer_next(Err(MailerError::NotNow("421 later".into())));
        assert_eq!(world.platform.deliver_mail().await.unwrap(), 1, "try {attempt}");
        assert_eq!(world.platform.deliver_mail().await.unwrap(), 0, "not again at once");
        world.advance(6 * HOUR);
    }
    let delivery = delivery().await;
    assert_eq!((delivery.state, delivery.reason.as_deref()), (DeliveryState::Failed, Some("421 later")));
    assert!(world.mailer.taken().is_empty());
}

#[tokio::test]
async fn a_worker_holds_no_mail_that_it_has_not_begun() {
    let world = World::founded().await;
    for guest in ["one", "two"] {
        world.invited(&format!("{guest}@example.org"), Access::All).await;
    }
    for sent in 1..=2 {
        assert_eq!((world.platform.deliver_mail().await.unwrap(), world.mailer.taken().len()), (1, sent));
    }
    assert_eq!(world.platform.deliver_mail().await.unwrap(), 0);
}

#[tokio::test]
async fn a_mail_that_is_refused_is_given_up_at_once() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    world.mailer.answer_next(Err(MailerError::Refused("550 no such user".into())));
    world.platform.deliver_mail().await.unwrap();
    let view = world.platform.find_invitation(&world.owner, world.organization, invitation).await.unwrap();
    assert_eq!(view.delivery.state, DeliveryState::Failed);
}
