//! A row in no legal state is reported with its table, its id and its flaw, and never guessed at.
use registration_domain::{
    change::Change,
    notification::{Notification, NotificationKind},
    page::Page,
    port::{Lease, Moment, Outbox, PortError, Reads},
    time::MINUTE,
    view::{InvitationFilter, MemberFilter},
};
use registration_testkit::stub::NOW;

use crate::{
    place::{Place, on_both},
    scene::{Scene, size},
};

on_both!(
    an_account_in_no_state_is_corrupt,
    a_sign_up_in_no_state_is_corrupt,
    a_membership_that_was_removed_by_nobody_is_corrupt,
    an_invitation_in_no_state_is_corrupt,
    an_email_domain_in_no_state_is_corrupt,
    a_notification_of_no_kind_is_corrupt,
    a_receipt_of_no_outcome_is_corrupt_and_refuses_its_key,
    a_message_that_cannot_be_read_is_given_up_and_the_others_are_sent,
);

fn corrupt<T: std::fmt::Debug>(read: Result<T, PortError>, table: &str, what: &str) {
    let reported = matches!(&read, Err(PortError::Corrupt { table: t, what: w, row }) if *t == table && *w == what && !row.is_empty());
    assert!(reported, "{table} {what}: {read:?}");
}

async fn moment(scene: &Scene) -> Box<dyn Moment> {
    scene.store.moment().await.unwrap()
}

async fn an_account_in_no_state_is_corrupt(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let id = scene.owner.id();
    for (flaw, what) in [
        ("state = 'suspended'", "state"),
        ("state = 'active', state_at = 1", "state"),
        ("state_at = NULL, email_key = 'other@example.org'", "email"),
        ("email_key = 'owner@example.org', username = 'Owner'", "username"),
        ("username = 'the.owner', first_name = ''", "first_name"),
        ("first_name = 'Olga', generation = -1", "generation"),
        ("generation = 0, revision = 4294967296", "revision"),
        ("revision = 0, locale = 'no language'", "locale"),
        ("locale = NULL, time_zone = 'no zone'", "time_zone"),
    ] {
        place.run(&format!("UPDATE account SET {flaw}")).await;
        corrupt(moment(&scene).await.account(id).await, "account", what);
    }
}

async fn a_sign_up_in_no_state_is_corrupt(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let sign_up = scene.sign_up("ana@example.org", "ana");
    scene.write([Change::AddSignUp(sign_up.clone())]).await;
    for (flaw, what) in [
        ("state = 'verified'", "state"),
        ("state = 'decoy', verified_at = 1", "state"),
        ("state = 'open', verified_at = NULL", "state"),
        ("state = 'decoy', email_key = 'other@example.org'", "email"),
        ("email_key = 'ana@example.org', username = 'Ana'", "username"),
        ("username = 'ana', last_name = ''", "last_name"),
        ("last_name = 'Ruiz', generation = -1", "generation"),
        ("generation = 0, revision = 4294967296", "revision"),
        ("revision = 0, locale = 'no language'", "locale"),
    ] {
        place.run(&format!("UPDATE sign_up SET {flaw}")).await;
        corrupt(moment(&scene).await.sign_up(sign_up.id()).await, "sign_up", what);
    }
}

async fn a_membership_that_was_removed_by_nobody_is_corrupt(place: Place) {
    let scene = Scene::on(place.open().await).await;
    for (flaw, what) in [
        ("state = 'removed', removed_at = 1", "state"),
        ("state = 'active', removed_at = NULL, access = 'everything'", "access"),
        ("access = 'owner', cause = 'invitation'", "cause"),
    ] {
        place.run(&format!("UPDATE membership SET {flaw}")).await;
        corrupt(moment(&scene).await.membership(scene.place.id()).await, "membership", what);
    }
    let (owner, organization) = (scene.owner.id(), scene.organization.id());
    corrupt(moment(&scene).await.standing(owner, organization).await, "membership", "cause");
    let list = moment(&scene).await;
    let page = Page::first(size(1));
    corrupt(list.members(organization, &MemberFilter::default(), &page).await, "membership", "cause");
}

async fn an_invitation_in_no_state_is_corrupt(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let invitation = scene.invitation("guest@example.org", NOW);
    scene.write([Change::AddInvitation(invitation.clone())]).await;
    for (flaw, what) in [
        ("state = 'accepted', settled_at = 1", "state"),
        ("state = 'revoked', settled_by = inviter", "state"),
        ("why = 'boredom'", "state"),
        ("why = 'replaced', reason = 'none is given'", "state"),
        ("reason = NULL, term_days = 31", "term_days"),
        ("term_days = 7, purpose = 'friend'", "purpose"),
        ("purpose = 'member', note = ''", "note"),
    ] {
        place.run(&format!("UPDATE invitation SET {flaw}")).await;
        corrupt(moment(&scene).await.invitation(invitation.id()).await, "invitation", what);
    }
    place.run("UPDATE invitation SET note = NULL").await;
    let (organization, page) = (scene.organization.id(), Page::first(size(1)));
    let list = moment(&scene).await;
    let listed = list.invitations(organization, &InvitationFilter::default(), NOW, &page).await;
    corrupt(listed, "message", "missing");
}

async fn a_notification_of_no_kind_is_corrupt(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let (account, organization) = (scene.owner.id(), Some(scene.organization.id()));
    let email = scene.owner.parts().email.clone();
    let kind = NotificationKind::NewInvitationWished { invitation: scene.id(), email };
    let notification = Notification { id: scene.id(), account, organization, at: NOW, kind };
    scene.write([Change::Notify(notification)]).await;
    for (flaw, what) in
        [("kind = 'invitation_declined'", "kind"), ("kind = 'new_invitation_wished', facts = '{}'", "facts")]
    {
        place.run(&format!("UPDATE notification SET {flaw}")).await;
        let listed = moment(&scene).await.notifications(account, &Page::first(size(1))).await;
        corrupt(listed, "notification", what);
    }
}

async fn an_email_domain_in_no_state_is_corrupt(place: Place) {
    use registration_domain::{
        domain_name::DomainName,
        email_domain::{DomainPolicy, EmailDomain, ProofToken},
        permit::Permit,
    };
    let scene = Scene::on(place.open().await).await;
    let standing = scene.place.clone().active().map(|it| it.standing());
    let permit = Permit::member(standing.as_ref()).unwrap();
    let (name, token) = (DomainName::parse("acme.example").unwrap(), ProofToken::from_bytes([7; 16]));
    let domain = EmailDomain::add(scene.id(), name.clone(), DomainPolicy::Review, token, &permit, NOW);
    scene.write([Change::AddEmailDomain(domain.clone())]).await;
    for (flaw, what) in [
        ("state = 'verified'", "state"),
        ("state = 'pending', missing_since = 1", "state"),
        ("missing_since = NULL, state = 'removed', state_at = 1", "state"),
        ("state = 'pending', state_at = NULL, policy = 'admit'", "policy"),
        ("policy = 'review', maker = added_by", "policy"),
        ("maker = NULL, access = 'everything'", "access"),
        ("access = NULL, token = 'short'", "token"),
        ("token = '07070707070707070707070707070707', name = 'ACME.example'", "name"),
        ("name = 'acme.example', revision = -1", "revision"),
    ] {
        place.run(&format!("UPDATE email_domain SET {flaw}")).await;
        corrupt(moment(&scene).await.email_domain(domain.id()).await, "email_domain", what);
    }
    let (list, page) = (moment(&scene).await, Page::first(size(1)));
    corrupt(list.email_domains(scene.organization.id(), &page).await, "email_domain", "revision");
    corrupt(list.email_domain_of(scene.organization.id(), &name).await, "email_domain", "revision");
}

async fn a_receipt_of_no_outcome_is_corrupt_and_refuses_its_key(place: Place) {
    use registration_domain::receipt::{Digest, Once, Outcome, Receipt, Scope};
    let scene = Scene::on(place.open().await).await;
    let once = Once { scope: Scope(Digest([1; 32])), key: "key".into(), fingerprint: Digest([2; 32]) };
    let receipt = Receipt { once, outcome: Outcome::Done, at: NOW };
    scene.write([Change::Receipt(receipt.clone())]).await;
    place.run("UPDATE receipt SET outcome = 'signed_in'").await;
    let read = moment(&scene).await.receipt(receipt.once.scope, "key").await;
    corrupt(read, "receipt", "outcome");
    let refused = scene.commit([Change::Receipt(receipt)]).await;
    let Err(registration_domain::port::CommitError::Port(error)) = refused else { panic!("{refused:?}") };
    corrupt::<()>(Err(error), "receipt", "outcome");
}

async fn a_message_that_cannot_be_read_is_given_up_and_the_others_are_sent(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let (bad, good) = (scene.invitation("bad@example.org", NOW), scene.invitation("good@example.org", NOW));
    for invitation in [&bad, &good] {
        let mail = scene.mail(invitation);
        scene.write([Change::AddInvitation(invitation.clone()), Change::Send(mail)]).await;
    }
    place.run("UPDATE message SET letter = '{}' WHERE recipient = 'bad@example.org'").await;
    let lease = |at| Lease { id: scene.id(), at, until: NOW.plus(MINUTE) };
    let claimed = scene.store.claim(lease(NOW), 10).await.unwrap();
    assert_eq!(claimed.iter().map(|it| it.message.to.as_str()).collect::<Vec<_>>(), ["good@example.org"]);
    let view = moment(&scene).await.invitation_view(bad.id()).await.unwrap().unwrap();
    assert_eq!(view.delivery.state, registration_domain::message::DeliveryState::Failed);
    let later = NOW.plus(2 * MINUTE);
    assert_eq!(scene.store.claim(lease(later), 10).await.unwrap().len(), 1);
}
