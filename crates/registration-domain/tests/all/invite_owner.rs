//! Whoever runs the server helps an organization to an Owner, under the same rules as an Owner would.
use registration_domain::{
    access::Access,
    audit::Action,
    invitation::{InvitationState, RevokedWhy},
    link::LinkPurpose,
    message::Letter,
    page::{Page, PageSize},
    platform::VerbError,
    secret::Secret,
    session::Origin,
    use_case::invite_owner::{Fresh, InviteOwner, InviteOwnerRefusal, Snapshot, decide},
    view::{AuditFilter, AuditView, InvitationView},
};
use registration_testkit::stub::NOW;

use super::{
    support::{
        ACME, EVENT, INVITATION, MESSAGE, SECOND_EVENT, email, guest, id, invitation, organization, scene,
        settings, standing, told, words,
    },
    world::{World, accept_command, code},
};

fn console() -> Origin {
    Origin(Some("the console".into()))
}
async fn invite(world: &World, to: &str) -> Result<(InvitationView, Secret), VerbError<InviteOwnerRefusal>> {
    let (organization, email) = (world.organization, email(to));
    world.platform.invite_owner(InviteOwner { organization, email, origin: console() }).await
}
async fn log(world: &World) -> Vec<AuditView> {
    let page = Page::first(PageSize::DEFAULT);
    let listing = world.moment().await.audit_events(world.organization, &AuditFilter::default(), &page).await;
    listing.unwrap().rows
}

#[tokio::test]
async fn the_invitee_becomes_an_owner_by_the_link_that_the_mail_brings_too() {
    let world = World::founded().await;
    let (invited, link) = invite(&world, "rescue@example.org").await.unwrap();
    let parts = invited.invitation.parts();
    assert_eq!((&parts.access, parts.inviter), (&Access::Owner, world.owner.account));
    world.platform.deliver_mail().await.unwrap();
    let mails = world.mailer.taken();
    assert!(matches!(mails[0].message.letter, Letter::Invitation { .. }));
    assert_eq!((&mails[0].message.to, &mails[0].link), (&email("rescue@example.org"), &link));
    let token = Secret::new(link.expose().rsplit('/').next().unwrap());
    assert_eq!(world.ports.links.open(token.expose()).unwrap().purpose, LinkPurpose::Invitation);
    let accepted = world.platform.accept_invitation(accept_command(token, None, "rescuer")).await.unwrap();
    assert_eq!(accepted.what.membership.membership.parts().access, Access::Owner);
    assert_eq!(world.owners().await, 2);
}

#[tokio::test]
async fn the_audit_log_names_the_console_and_no_person() {
    let world = World::founded().await;
    let (invited, _) = invite(&world, "rescue@example.org").await.unwrap();
    let line = log(&world).await.remove(0).event;
    assert_eq!((line.action, line.actor, line.origin), (Action::Invited, None, console()));
    assert_eq!((line.subject.id, line.after.as_deref()), (invited.invitation.id().uuid(), Some("owner")));
}

#[tokio::test]
async fn an_invitation_that_offers_less_makes_room() {
    let world = World::founded().await;
    let older = world.invited("rescue@example.org", Access::All).await;
    invite(&world, "rescue@example.org").await.unwrap();
    let older = world.moment().await.invitation(older).await.unwrap().unwrap();
    let InvitationState::Revoked { why, .. } = &older.parts().state else { panic!("{older:?}") };
    assert_eq!(*why, RevokedWhy::Replaced);
    let actions: Vec<_> = log(&world).await.iter().take(2).map(|it| it.event.action).collect();
    assert!(
        actions.contains(&Action::InvitationRevoked) && actions.contains(&Action::Invited),
        "{actions:?}"
    );
}

#[tokio::test]
async fn an_owner_who_is_one_no_more_when_the_link_is_used_gave_nothing() {
    let world = World::founded().await;
    let (invited, _) = invite(&world, "rescue@example.org").await.unwrap();
    let (second, _) = world.joined("second", Access::Owner).await;
    let founder = world.seat(&world.owner).await;
    world.remove(&second, founder).await.unwrap();
    let refused = code(world.accept_as(invited.invitation.id(), "rescuer").await);
    assert_eq!(refused, "invitation_not_backed");
}

#[tokio::test]
async fn an_owner_is_found_behind_many_members() {
    let world = World::founded().await;
    for number in 0..30 {
        world.joined(&format!("member{number}"), Access::All).await;
    }
    let (heir, _) = world.joined("heiress", Access::Owner).await;
    let founder = world.seat(&world.owner).await;
    world.remove(&heir, founder).await.unwrap();
    let (invited, _) = invite(&world, "rescue@example.org").await.unwrap();
    assert_eq!(invited.invitation.parts().inviter, heir.account);
}

#[tokio::test]
async fn members_and_unknown_organizations_are_refused() {
    let world = World::founded().await;
    assert_eq!(code(invite(&world, "owen@example.org").await), "already_member");
    let command = InviteOwner { organization: id(7), email: guest(), origin: console() };
    assert_eq!(code(world.platform.invite_owner(command).await), "not_found");
}

fn command() -> InviteOwner {
    InviteOwner { organization: id(ACME), email: guest(), origin: console() }
}
fn fresh() -> Fresh {
    Fresh {
        invitation: id(INVITATION),
        message: id(MESSAGE),
        event: id(EVENT),
        replacement: id(SECOND_EVENT),
    }
}
fn clear() -> Snapshot {
    Snapshot {
        is_founded: true,
        organization: Some(organization()),
        owner: Some((standing(Access::Owner), scene().inviter)),
        is_member: false,
        is_blocked: false,
        pending: None,
    }
}

#[test]
fn it_rests_on_the_owner_and_spends_no_budget_of_strangers() {
    let changes = decide(clear(), &command(), &settings(), NOW, fresh()).unwrap();
    let expected =
        ["expect membership 11", "add invitation 200", "send invitation", "record invitation.sent"];
    assert_eq!(words(&changes), expected);
}

/// One thing more stands in the way.
type Worse = fn(Snapshot) -> Snapshot;

#[test]
fn what_stands_in_the_way_is_told_in_order() {
    let lesser = (standing(Access::All), scene().inviter);
    let ladder: [(Worse, &str); 5] = [
        (|it| Snapshot { is_blocked: true, ..it }, "invitation_blocked"),
        (|it| Snapshot { is_member: true, ..it }, "already_member"),
        (|it| Snapshot { owner: None, ..it }, "no_owner"),
        (|it| Snapshot { organization: None, ..it }, "not_found"),
        (|it| Snapshot { is_founded: false, ..it }, "not_set_up"),
    ];
    let mut snapshot = Snapshot { pending: Some(invitation(Access::All)), ..clear() };
    for (worse, expected) in ladder {
        snapshot = worse(snapshot);
        let refused = decide(snapshot.clone(), &command(), &settings(), NOW, fresh()).unwrap_err();
        assert_eq!(told(&refused).1, expected);
    }
    let snapshot = Snapshot { owner: Some(lesser), ..clear() };
    let refused = decide(snapshot, &command(), &settings(), NOW, fresh()).unwrap_err();
    assert_eq!(told(&refused).1, "owner_required");
}
