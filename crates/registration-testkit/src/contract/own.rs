//! All that is stored about somebody is found by who they are, and nothing about others with it.
use std::time::Duration;

use registration_domain::{
    account::AccountId,
    audit::{Action, AuditEvent, AuditEventId},
    change::Change,
    email::Email,
    invitation::{Invitation, InvitationId},
    membership::MembershipId,
    page::{Listing, Page, Position},
    platform::Ports,
    port::Moment,
    time::{MINUTE, Timestamp},
    view::Involved,
};

use super::scene::{Founded, Scene, address, removed, rows};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about all that is one's own tests.
    own_contract, own, Ports:
    all_memberships_are_those_of_today_and_of_before,
    invitations_are_found_by_whoever_sent_them,
    invitations_are_found_by_the_address_however_it_is_spelled,
    the_audit_log_tells_what_somebody_did,
    the_audit_log_tells_what_others_did_about_somebody,
}

/// Everything in parts of this size, told by what `read` makes of each part.
macro_rules! walk {
    ($scene:ident, $size:expr, |$moment:ident, $page:ident| $read:expr) => {{
        let (mut $page, mut found) = (Page::first(rows($size)), Vec::new());
        loop {
            let $moment: Box<dyn Moment> = $scene.moment().await;
            let (part, next): (Vec<_>, Option<Position>) = $read;
            found.extend(part);
            assert!(found.len() <= 100, "the walk never ends");
            match next {
                Some(next) => $page.after = Some(next),
                None => break found,
            }
        }
    }};
}

fn ids<Row, Id>(listing: Listing<Row>, id: impl Fn(&Row) -> Id) -> (Vec<Id>, Option<Position>) {
    (listing.rows.iter().map(id).collect(), listing.next)
}

fn after(minutes: u32) -> Timestamp {
    NOW.plus(MINUTE * minutes)
}

async fn all_memberships(scene: &Scene, of: AccountId, size: u16) -> Vec<MembershipId> {
    walk!(scene, size, |moment, page| {
        ids(moment.all_memberships(of, &page).await.unwrap(), |it| it.membership.id())
    })
}
async fn sent_by(scene: &Scene, inviter: AccountId, size: u16) -> Vec<InvitationId> {
    walk!(scene, size, |moment, page| {
        ids(moment.invitations_by(inviter, &page).await.unwrap(), Invitation::id)
    })
}
async fn sent_to(scene: &Scene, email: &Email, size: u16) -> Vec<InvitationId> {
    walk!(scene, size, |moment, page| {
        ids(moment.invitations_to(email, &page).await.unwrap(), Invitation::id)
    })
}
async fn lines(scene: &Scene, of: AccountId, involved: Involved, size: u16) -> Vec<AuditEventId> {
    walk!(scene, size, |moment, page| {
        ids(moment.audit_events_of(of, involved, &page).await.unwrap(), |it| it.event.id)
    })
}

/// In the order in which they came; whoever came, left and came again is there twice.
pub async fn all_memberships_are_those_of_today_and_of_before(ports: Ports) {
    let (scene, here) = Scene::founded(ports).await;
    let there = scene.found().await;
    scene.joined(&here).await;
    let somebody = scene.somebody();
    let mut expected = Vec::new();
    for (minutes, at) in [(1, &here), (2, &there), (3, &here)] {
        let joining = scene.joining(at, somebody.clone(), after(minutes));
        let coming = scene.coming(&joining).into_iter();
        let coming = coming.filter(|it| minutes == 1 || !matches!(it, Change::AddAccount(_)));
        scene.write(coming).await;
        expected.push(joining.membership.id());
        if minutes == 1 {
            scene.write([Change::UpdateMembership(removed(joining.membership, &here.account))]).await;
        }
    }
    for size in [1, 2, 100] {
        assert_eq!(all_memberships(&scene, somebody.id(), size).await, expected, "by {size}");
    }
    let page = Page::first(rows(100));
    let listed = scene.moment().await.all_memberships(somebody.id(), &page).await.unwrap().rows;
    let names = listed.iter().map(|it| it.organization.id()).collect::<Vec<_>>();
    assert_eq!(names, [&here, &there, &here].map(|it| it.organization.id()));
    assert!(listed.iter().all(|it| it.account == somebody));
}

/// Newest first, whatever became of them.
pub async fn invitations_are_found_by_whoever_sent_them(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let other = scene.found().await;
    let mut sent = Vec::new();
    for minutes in [0, 0, 1, 2] {
        let email = format!("{}@example.org", scene.word());
        let invitation = scene.invitation_at(&founded.membership, &email, after(minutes));
        sent.push((after(minutes), invitation.id()));
        scene.write([Change::AddInvitation(invitation)]).await;
    }
    scene.write([Change::AddInvitation(scene.invitation(&other.membership, "ada@example.org"))]).await;
    sent.sort_by_key(|it| std::cmp::Reverse(*it));
    let expected = sent.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    for size in [1, 3, 100] {
        assert_eq!(sent_by(&scene, founded.account.id(), size).await, expected, "by {size}");
    }
}

/// From whichever organization, newest first.
pub async fn invitations_are_found_by_the_address_however_it_is_spelled(ports: Ports) {
    let (scene, here) = Scene::founded(ports).await;
    let there = scene.found().await;
    let mut expected = Vec::new();
    for (minutes, by, email) in [(1, &here, "Ada@example.org"), (2, &there, "ada@EXAMPLE.org")] {
        let invitation = scene.invitation_at(&by.membership, email, after(minutes));
        expected.insert(0, invitation.id());
        scene.write([Change::AddInvitation(invitation)]).await;
    }
    scene.write([Change::AddInvitation(scene.invitation(&here.membership, "ben@example.org"))]).await;
    for size in [1, 100] {
        assert_eq!(sent_to(&scene, &address("ADA@example.org"), size).await, expected, "by {size}");
    }
}

fn line(scene: &Scene, founded: &Founded, number: u64) -> AuditEvent {
    let at = NOW.plus(Duration::from_micros(number));
    scene.event(founded, Action::Invited, at)
}

/// In every log, and in none; newest first.
pub async fn the_audit_log_tells_what_somebody_did(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let other = scene.found().await;
    let own = line(&scene, &founded, 1);
    let alone = AuditEvent { organization: None, ..line(&scene, &founded, 2) };
    let theirs = line(&scene, &other, 3);
    let unnamed = AuditEvent { actor: None, ..line(&scene, &founded, 4) };
    scene.write([&own, &alone, &theirs, &unnamed].map(|it| Change::Record(it.clone()))).await;
    for size in [1, 100] {
        let told = lines(&scene, founded.account.id(), Involved::Acting, size).await;
        assert_eq!(told, [alone.id, own.id], "by {size}");
    }
}

/// About their account and each of their memberships, the ended ones too; what they did themselves is told
/// elsewhere.
pub async fn the_audit_log_tells_what_others_did_about_somebody(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let joined = scene.joined(&founded).await;
    let (account, membership) = (joined.account.id(), joined.membership.id());
    scene.write([Change::UpdateMembership(removed(joined.membership, &founded.account))]).await;
    let about_account = AuditEvent { subject: account.into(), ..line(&scene, &founded, 1) };
    let about_place = AuditEvent { subject: membership.into(), ..line(&scene, &founded, 2) };
    let unnamed = AuditEvent { subject: account.into(), actor: None, ..line(&scene, &founded, 3) };
    let own = AuditEvent { subject: account.into(), actor: Some(account), ..line(&scene, &founded, 4) };
    let another = AuditEvent { subject: founded.membership.id().into(), ..line(&scene, &founded, 5) };
    let all = [&about_account, &about_place, &unnamed, &own, &another];
    scene.write(all.map(|it| Change::Record(it.clone()))).await;
    for size in [1, 2, 100] {
        let told = lines(&scene, account, Involved::Concerned, size).await;
        assert_eq!(told, [unnamed.id, about_place.id, about_account.id], "by {size}");
    }
}
