//! Invitations are found while they are open, and listed with how far their mail came.
use std::time::Duration;

use registration_domain::{
    change::{Change, Review},
    count::Count,
    invitation::{Invitation, InvitationId, InvitationState, Purpose, RevokedWhy},
    message::DeliveryState,
    page::Page,
    platform::Ports,
    port::Settlement,
    time::{DAY, MINUTE, Timestamp},
    view::{InvitationCounts, InvitationFilter, ListedDelivery, ListedState},
};

use super::scene::{Founded, Scene, address, resent, rows, with_state};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about invitations tests.
    invitation_contract, invitation, Ports:
    a_pending_invitation_is_found_expired_or_not,
    the_open_invitations_of_an_inviter_are_read_in_parts,
    invitations_are_listed_newest_first,
    invitations_are_filtered_by_state_at_a_time,
    invitations_are_filtered_by_address_and_purpose,
    an_invitation_shows_how_far_its_newest_mail_came,
    invitations_are_filtered_by_how_far_their_mail_came,
    open_invitations_are_counted_each_once,
    reviews_are_read_oldest_first_and_once,
    a_review_asked_for_again_outlasts_the_end_of_the_older_one,
}

/// Of this organization and purpose, at this canonical address; never a settled one.
pub async fn a_pending_invitation_is_found_expired_or_not(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (here, there) = (founded.organization.id(), scene.found().await.organization.id());
    let old = scene.invitation_at(&founded.membership, "ada@example.org", NOW.minus(365 * DAY));
    let other = scene.invitation(&founded.membership, "ben@example.org");
    let declined = InvitationState::Declined { at: NOW, reason: None };
    let settled = with_state(scene.invitation(&founded.membership, "cleo@example.org"), declined);
    scene.write([old.clone(), other.clone(), settled].map(Change::AddInvitation)).await;
    let moment = scene.moment().await;
    for (organization, email, expected) in [
        (here, "ADA@Example.org", Some(&old)),
        (here, "ben@example.org", Some(&other)),
        (here, "cleo@example.org", None),
        (there, "ada@example.org", None),
    ] {
        let found = moment.pending(organization, Purpose::Member, &address(email)).await.unwrap();
        assert_eq!(found.as_ref(), expected, "{email}");
    }
}

/// In the order of ids, so that a job which stopped goes on where it was.
pub async fn the_open_invitations_of_an_inviter_are_read_in_parts(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let mut open = Vec::new();
    for number in 0..7 {
        let it = scene.invitation(&founded.membership, &format!("guest{number}@example.org"));
        scene.write([Change::AddInvitation(it.clone())]).await;
        open.push(it);
    }
    let revoked = open.remove(3).open().unwrap().revoke(founded.account.id(), RevokedWhy::NotBacked, NOW);
    let theirs = scene.invitation(&elsewhere.membership, "guest0@example.org");
    scene.write([Change::UpdateInvitation(revoked), Change::AddInvitation(theirs)]).await;
    open.sort_by_key(Invitation::id);
    let (inviter, here) = (founded.account.id(), founded.organization.id());
    let (mut after, mut read) = (None, Vec::new());
    loop {
        let part = scene.moment().await.pending_by(inviter, here, after, 4).await.unwrap();
        assert!(part.len() <= 4, "a part of 4 has {}", part.len());
        let Some(last) = part.last() else { break };
        after = Some(last.id());
        read.extend(part);
    }
    assert_eq!(read, open);
    let nobody = scene.moment().await.pending_by(elsewhere.account.id(), here, None, 4).await.unwrap();
    assert_eq!(nobody, []);
}

async fn add(scene: &Scene, invitation: Invitation) -> InvitationId {
    let id = invitation.id();
    let mail = scene.mail(&invitation);
    scene.write([Change::AddInvitation(invitation), Change::Send(mail)]).await;
    id
}

async fn listed(scene: &Scene, founded: &Founded, filter: &InvitationFilter, size: u16) -> Vec<InvitationId> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let moment = scene.moment().await;
        let listing = moment.invitations(founded.organization.id(), filter, NOW, &page).await.unwrap();
        assert!(listing.rows.iter().all(|it| it.organization == founded.organization));
        found.extend(listing.rows.into_iter().map(|it| it.invitation.id()));
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

/// In pages that lose and double nothing, though several were made at the same time.
pub async fn invitations_are_listed_newest_first(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    add(&scene, scene.invitation(&elsewhere.membership, "guest@example.org")).await;
    let mut made = Vec::new();
    for number in 0..9 {
        let at = NOW.plus(Duration::from_micros(number % 3));
        let it = scene.invitation_at(&founded.membership, &format!("guest{number}@example.org"), at);
        made.push((at, add(&scene, it).await));
    }
    made.sort_by(|one, other| other.cmp(one));
    let expected = made.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    for size in [1, 2, 4, 9, 100] {
        assert_eq!(listed(&scene, &founded, &InvitationFilter::default(), size).await, expected, "by {size}");
    }
}

/// What time decides is decided at the time of the question: at its last instant one has expired.
pub async fn invitations_are_filtered_by_state_at_a_time(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (by, term) = (founded.account.id(), 7 * DAY);
    let micro = Duration::from_micros(1);
    let in_time = NOW.minus(term).plus(micro);
    let mut made = Vec::new();
    for (number, (age, state, expected)) in [
        (NOW.since(in_time), InvitationState::Pending, ListedState::Pending),
        (term, InvitationState::Pending, ListedState::Expired),
        (term + micro, InvitationState::Pending, ListedState::Expired),
        (term * 2, InvitationState::Accepted { at: NOW, by }, ListedState::Accepted),
        (term * 2, InvitationState::Declined { at: NOW, reason: None }, ListedState::Declined),
        (micro, InvitationState::Revoked { at: NOW, by, why: RevokedWhy::Replaced }, ListedState::Revoked),
    ]
    .into_iter()
    .enumerate()
    {
        let email = format!("guest{number}@example.org");
        let it = scene.invitation_at(&founded.membership, &email, NOW.minus(age));
        made.push((expected, add(&scene, with_state(it, state)).await));
    }
    for state in ListedState::ALL {
        let filter = InvitationFilter { state: Some(state), ..InvitationFilter::default() };
        let mut found = listed(&scene, &founded, &filter, 1).await;
        found.sort();
        let expected = made.iter().filter(|(it, _)| *it == state).map(|(_, id)| *id);
        let mut expected = expected.collect::<Vec<_>>();
        expected.sort();
        assert_eq!(found, expected, "{state:?}");
    }
}

/// Any part of the address, folded; with no wildcard.
pub async fn invitations_are_filtered_by_address_and_purpose(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let ada = add(&scene, scene.invitation(&founded.membership, "Ada.Müll_er@Example.org")).await;
    let ben = add(&scene, scene.invitation(&founded.membership, "ben@example.org")).await;
    for (text, expected) in [
        ("ADA", vec![ada]),
        ("mull", vec![ada]),
        ("müll_", vec![ada]),
        ("ben@", vec![ben]),
        ("EXAMPLE", vec![ben, ada]),
        ("", vec![ben, ada]),
        ("b_n", vec![]),
        ("%", vec![]),
        ("cleo", vec![]),
    ] {
        let filter = InvitationFilter {
            email: Some(text.into()),
            purpose: Some(Purpose::Member),
            state: Some(ListedState::Pending),
            delivery: None,
        };
        let mut found = listed(&scene, &founded, &filter, 100).await;
        found.sort_by(|one, other| other.cmp(one));
        let mut expected = expected;
        expected.sort_by(|one, other| other.cmp(one));
        assert_eq!(found, expected, "{text:?}");
    }
}

/// Not of an older link's, nor of another mail's about it.
pub async fn an_invitation_shows_how_far_its_newest_mail_came(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let first = scene.invitation(&founded.membership, "guest@example.org");
    let id = add(&scene, first.clone()).await;
    let shown = async || {
        let delivery = scene.moment().await.invitation_view(id).await.unwrap().unwrap().delivery;
        (delivery.state, delivery.reason, delivery.at)
    };
    assert_eq!(shown().await, (DeliveryState::Queued, None, NOW));

    let settle = async |settlement: Settlement, at| {
        let lease = scene.lease(at);
        for claimed in scene.ports.outbox.claim(lease, 10).await.unwrap() {
            let settled =
                scene.ports.outbox.settle(claimed.message.id, lease.id, settlement.clone(), at).await;
            assert!(settled.unwrap(), "the lease was held");
        }
    };
    let (one, two) = (NOW.plus(MINUTE), NOW.plus(2 * MINUTE));
    settle(Settlement::Retry { after: two, reply: "451 try later".into() }, one).await;
    assert_eq!(shown().await, (DeliveryState::Queued, Some("451 try later".into()), one));
    settle(Settlement::Dead { reply: "550 no such user".into() }, two).await;
    assert_eq!(shown().await, (DeliveryState::Failed, Some("550 no such user".into()), two));

    let again = resent(first, &founded.membership);
    let mail = scene.mail(&again);
    scene.write([Change::UpdateInvitation(again), Change::Send(mail)]).await;
    assert_eq!(shown().await, (DeliveryState::Queued, None, NOW), "a new link was sent");
    let three = NOW.plus(3 * MINUTE);
    settle(Settlement::Sent { reply: "250 ok".into() }, three).await;
    assert_eq!(shown().await, (DeliveryState::Sent, Some("250 ok".into()), three));
    let listing = scene.moment().await;
    let page = Page::first(rows(10));
    let filter = InvitationFilter::default();
    let listing = listing.invitations(founded.organization.id(), &filter, NOW, &page).await.unwrap();
    assert_eq!(listing.rows[0].delivery.state, DeliveryState::Sent, "the list says the same");
}

/// Gives up every mail that is due, and answers how many there were.
async fn fail_mails(scene: &Scene, at: Timestamp) -> usize {
    settle_mails(scene, at, &Settlement::Dead { reply: "550 no such user".into() }).await
}

async fn settle_mails(scene: &Scene, at: Timestamp, settlement: &Settlement) -> usize {
    let lease = scene.lease(at);
    let claimed = scene.ports.outbox.claim(lease, 1_000).await.unwrap();
    for it in &claimed {
        let settled = scene.ports.outbox.settle(it.message.id, lease.id, settlement.clone(), at).await;
        assert!(settled.unwrap(), "the lease was held");
    }
    claimed.len()
}

/// By the newest mail: not by an older link's, nor by another mail that names the invitation; and a mail that
/// is tried again has not failed.
pub async fn invitations_are_filtered_by_how_far_their_mail_came(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let first = scene.invitation(&founded.membership, "again@example.org");
    let bounced = add(&scene, scene.invitation(&founded.membership, "bounced@example.org")).await;
    let again = add(&scene, first.clone()).await;
    assert_eq!(fail_mails(&scene, NOW).await, 2);
    let waits = add(&scene, scene.invitation(&founded.membership, "waits@example.org")).await;
    let tried = Settlement::Retry { after: NOW.plus(DAY), reply: "451 try later".into() };
    assert_eq!(settle_mails(&scene, NOW, &tried).await, 1);
    let only = async |delivery| {
        let state = Some(ListedState::Pending);
        let filter = InvitationFilter { state, delivery: Some(delivery), ..InvitationFilter::default() };
        let mut found = listed(&scene, &founded, &filter, 1).await;
        let any_state = listed(&scene, &founded, &InvitationFilter { state: None, ..filter }, 100).await;
        assert_eq!(found, any_state, "all are pending");
        found.sort();
        found
    };
    let sorted = |mut ids: Vec<InvitationId>| {
        ids.sort();
        ids
    };
    assert_eq!(only(ListedDelivery::Failed).await, sorted(vec![bounced, again]));
    assert_eq!(only(ListedDelivery::NotFailed).await, [waits]);

    let second = resent(first, &founded.membership);
    let mail = scene.mail(&second);
    scene.write([Change::UpdateInvitation(second), Change::Send(mail)]).await;
    assert_eq!(only(ListedDelivery::Failed).await, [bounced], "a new link is on its way");
    assert_eq!(only(ListedDelivery::NotFailed).await, sorted(vec![again, waits]));
    assert_eq!(fail_mails(&scene, NOW.plus(MINUTE)).await, 1);
    assert_eq!(only(ListedDelivery::Failed).await, sorted(vec![bounced, again]), "it failed as well");
}

/// At the time of the question, and as many as the lists have; what is settled is in none.
pub async fn open_invitations_are_counted_each_once(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    add(&scene, scene.invitation(&elsewhere.membership, "guest@example.org")).await;
    let (by, term) = (founded.account.id(), 7 * DAY);
    let [in_time, over] = [NOW.minus(term).plus(Duration::from_micros(1)), NOW.minus(term)];
    let make = async |name: &str, at, state| {
        let email = format!("{name}{at:?}@example.org").replace([' ', '(', ')', ':'], "-").to_lowercase();
        add(&scene, with_state(scene.invitation_at(&founded.membership, &email, at), state)).await
    };
    for at in [in_time, over] {
        make("bounced", at, InvitationState::Pending).await;
    }
    make("gone", in_time, InvitationState::Revoked { at: NOW, by, why: RevokedWhy::Replaced }).await;
    fail_mails(&scene, NOW).await;
    for at in [in_time, in_time.plus(MINUTE), NOW, over, over.minus(DAY)] {
        make("fine", at, InvitationState::Pending).await;
    }
    make("came", in_time, InvitationState::Accepted { at: NOW, by }).await;
    let counts = scene.moment().await.count_invitations(founded.organization.id(), NOW).await.unwrap();
    let [pending, failed, expired] = [3, 1, 3].map(Count::Exactly);
    assert_eq!(counts, InvitationCounts { pending, failed, expired });
    for (state, delivery, count) in [
        (ListedState::Pending, Some(ListedDelivery::NotFailed), pending),
        (ListedState::Pending, Some(ListedDelivery::Failed), failed),
        (ListedState::Expired, None, expired),
    ] {
        let filter = InvitationFilter { state: Some(state), delivery, ..InvitationFilter::default() };
        let found = listed(&scene, &founded, &filter, 2).await.len() as u64;
        assert_eq!(Count::of(found), count, "{state:?} {delivery:?}");
    }
}

/// To ask for one twice is to ask for it, later; one that ended may be asked for anew.
pub async fn reviews_are_read_oldest_first_and_once(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let mut asked = Vec::new();
    for number in 0..4_u32 {
        let review = review(&scene, &founded, NOW.plus(MINUTE * number)).await;
        scene.write([Change::AddReview(review)]).await;
        asked.push(review);
    }
    assert_eq!(scene.moment().await.reviews(10).await.unwrap(), asked);
    assert_eq!(scene.moment().await.reviews(2).await.unwrap(), asked[..2]);
    let again = Review { asked_at: NOW.plus(DAY), ..asked[0] };
    scene.write([Change::AddReview(again)]).await;
    let moved = [asked[1], asked[2], asked[3], again];
    assert_eq!(scene.moment().await.reviews(10).await.unwrap(), moved, "it was asked for again");
    scene.write([Change::EndReview(again), Change::EndReview(asked[2])]).await;
    assert_eq!(scene.moment().await.reviews(10).await.unwrap(), [asked[1], asked[3]]);
    scene.commit([Change::EndReview(again)]).await.expect("it ended before");
    scene.write([Change::AddReview(asked[0])]).await;
    assert_eq!(scene.moment().await.reviews(10).await.unwrap(), [asked[0], asked[1], asked[3]]);
}

/// Also where both were asked for at the same instant, or on a machine whose clock is behind.
pub async fn a_review_asked_for_again_outlasts_the_end_of_the_older_one(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (micro, behind) = (Duration::from_micros(1), NOW.minus(MINUTE));
    for (again, expected) in
        [(NOW.plus(MINUTE), NOW.plus(MINUTE)), (NOW, NOW.plus(micro)), (behind, NOW.plus(micro))]
    {
        let first = review(&scene, &founded, NOW).await;
        scene.write([Change::AddReview(first)]).await;
        scene.write([Change::AddReview(Review { asked_at: again, ..first })]).await;
        scene.write([Change::EndReview(first)]).await;
        let left = Review { asked_at: expected, ..first };
        assert_eq!(scene.moment().await.reviews(10).await.unwrap(), [left], "asked for again at {again:?}");
        scene.write([Change::EndReview(left)]).await;
    }
}

async fn review(scene: &Scene, founded: &Founded, asked_at: Timestamp) -> Review {
    let inviter = scene.joined(founded).await.account.id();
    Review { organization: founded.organization.id(), inviter, asked_at }
}
