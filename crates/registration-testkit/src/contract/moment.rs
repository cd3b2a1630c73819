//! In a moment nothing moves, and what was written together is seen together.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use registration_domain::{
    audit::Action,
    change::{Change, Review},
    page::Page,
    platform::Ports,
    port::Moment,
    setup::Founding,
    view::{AuditFilter, InvitationFilter, MemberFilter},
};

use super::scene::{Founded, Joined, Scene, address, rows};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about moments tests.
    moment_contract, moment, Ports:
    nothing_moves_within_a_moment,
    what_was_written_together_is_seen_together,
    a_new_moment_sees_what_was_committed_before_it,
    moments_stand_side_by_side,
}

/// However much is committed meanwhile: each kind of read still answers as it did.
pub async fn nothing_moves_within_a_moment(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let joined = scene.joining(&founded, scene.somebody(), NOW);
    let before = scene.moment().await;
    let first = everything(&*before, &founded, &joined).await;
    let mut changes = scene.coming(&joined);
    let (organization, inviter) = (founded.organization.id(), founded.account.id());
    changes.extend([
        Change::Receipt(super::receipt::receipt("key", NOW)),
        Change::AddSession(scene.session(&founded.account, "phone")),
        Change::Block { organization, email: address("guest@example.org") },
        Change::AddReview(Review { organization, inviter, asked_at: NOW }),
        Change::AddEmailDomain(super::email_domain::domain(&scene, &founded, "acme.example")),
        Change::Found(Founding { at: NOW, by: inviter }),
        Change::Record(scene.event(&founded, Action::Invited, NOW)),
        Change::UpdateOrganization(founded.organization.clone().let_be_found(true)),
        Change::UpdateMembership(founded.membership.clone().active().unwrap().step_down()),
    ]);
    scene.write(changes).await;
    let second = everything(&*before, &founded, &joined).await;
    for (one, other) in first.iter().zip(&second) {
        assert_eq!(one, other, "this moved within a moment");
    }
    drop(before);
    let after = everything(&*scene.moment().await, &founded, &joined).await;
    for (one, other) in first.iter().zip(&after) {
        assert_ne!(one, other, "a new moment must see this change");
    }
}

/// One answer of each kind of read.
async fn everything(moment: &dyn Moment, founded: &Founded, joined: &Joined) -> Vec<String> {
    let (organization, page) = (founded.organization.id(), Page::first(rows(10)));
    let fingerprint = super::scene::fingerprint("phone");
    let receipt = super::receipt::receipt("key", NOW).once;
    let email = &joined.account.parts().email;
    let (members, invitations) = (MemberFilter::default(), InvitationFilter::default());
    vec![
        format!("{:?}", moment.account(joined.account.id()).await.unwrap()),
        format!("{:?}", moment.account_at(email).await.unwrap()),
        format!("{:?}", moment.account_named(&joined.account.parts().username).await.unwrap()),
        format!("{:?}", moment.devices(founded.account.id(), fingerprint).await.unwrap()),
        format!("{:?}", moment.organization(organization).await.unwrap()),
        format!("{:?}", moment.owners(organization).await.unwrap()),
        format!("{:?}", moment.standing(founded.account.id(), organization).await.unwrap()),
        format!("{:?}", moment.membership(joined.membership.id()).await.unwrap()),
        format!("{:?}", moment.members(organization, &members, &page).await.unwrap()),
        format!("{:?}", moment.memberships(joined.account.id(), &page).await.unwrap()),
        format!("{:?}", moment.invitation(joined.invitation.id()).await.unwrap()),
        format!("{:?}", moment.invitations(organization, &invitations, NOW, &page).await.unwrap()),
        format!("{:?}", moment.is_blocked(organization, &address("guest@example.org")).await.unwrap()),
        format!("{:?}", moment.audit_events(organization, &AuditFilter::default(), &page).await.unwrap()),
        format!("{:?}", moment.receipt(receipt.scope, "key").await.unwrap()),
        format!("{:?}", moment.founding().await.unwrap()),
        format!("{:?}", moment.reviews(10).await.unwrap()),
        format!("{:?}", moment.email_domains(organization, &page).await.unwrap()),
    ]
}

/// While others write: an accepted invitation is never seen without its membership, nor the other way.
pub async fn what_was_written_together_is_seen_together(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let coming = (0..30).map(|_| scene.joining(&founded, scene.somebody(), NOW)).collect::<Vec<_>>();
    let done = Arc::new(AtomicBool::new(false));
    let readers = (0..3).map(|_| {
        let (scene, coming, done) = (scene.clone(), coming.clone(), Arc::clone(&done));
        tokio::spawn(async move {
            while !done.load(Ordering::SeqCst) {
                agrees(&*scene.moment().await, &coming).await;
                // A store in memory never waits, and would leave the writer no thread.
                tokio::task::yield_now().await;
            }
        })
    });
    let readers = readers.collect::<Vec<_>>();
    for joined in &coming {
        scene.write(scene.coming(joined)).await;
        tokio::task::yield_now().await;
    }
    done.store(true, Ordering::SeqCst);
    for reader in readers {
        reader.await.expect("every moment agrees");
    }
    agrees(&*scene.moment().await, &coming).await;
}

async fn agrees(moment: &dyn Moment, coming: &[Joined]) {
    for joined in coming {
        let account = moment.account(joined.account.id()).await.unwrap().is_some();
        let membership = moment.membership(joined.membership.id()).await.unwrap().is_some();
        let invitation = moment.invitation(joined.invitation.id()).await.unwrap().is_some();
        assert_eq!((account, membership), (invitation, invitation), "a commit was seen in part");
    }
}

/// At once: whoever was answered sees what they did.
pub async fn a_new_moment_sees_what_was_committed_before_it(ports: Ports) {
    let scene = Scene::on(ports);
    for _ in 0..50 {
        let account = scene.somebody();
        scene.write([Change::AddAccount(account.clone())]).await;
        assert_eq!(scene.moment().await.account(account.id()).await.unwrap(), Some(account));
    }
}

/// An older one, which somebody still holds, keeps what it saw.
pub async fn moments_stand_side_by_side(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let older = scene.moment().await;
    assert_eq!(older.owners(founded.organization.id()).await.unwrap(), 1);
    scene.write([Change::UpdateMembership(founded.membership.active().unwrap().step_down())]).await;
    let newer = scene.moment().await;
    assert_eq!(newer.owners(founded.organization.id()).await.unwrap(), 0);
    assert_eq!(older.owners(founded.organization.id()).await.unwrap(), 1);
}
