//! People are told what happened to them, and only that, until they have read it.
use std::time::Duration;

use registration_domain::{
    access::Access,
    account::AccountId,
    change::Change,
    count::Count,
    note::Note,
    notification::{Notification, NotificationId, NotificationKind, Reading, Which},
    page::Page,
    platform::Ports,
    port::CommitError,
    time::Timestamp,
    view::NotificationView,
};

use super::scene::{Founded, Scene, address, person, rows, viewer};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about notifications tests.
    notification_contract, notification, Ports:
    every_notification_is_read_as_it_was_written,
    notifications_are_read_newest_first_each_by_whom_they_are_for,
    what_was_not_read_is_counted,
    reading_one_leaves_the_others_unread,
    reading_all_leaves_what_comes_later_unread,
    what_was_read_stays_read_since_then,
    nobody_reads_for_another,
    a_notification_is_written_once,
}

async fn listed(scene: &Scene, of: AccountId, size: u16) -> Vec<NotificationView> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let listing = scene.moment().await.notifications(of, &page).await.unwrap();
        found.extend(listing.rows);
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

async fn unread(scene: &Scene, of: AccountId) -> Vec<NotificationId> {
    let unread = listed(scene, of, 100).await.into_iter().filter(|it| it.read_at.is_none());
    let unread = unread.map(|it| it.notification.id).collect::<Vec<_>>();
    let counted = scene.moment().await.count_unread(of).await.unwrap();
    assert_eq!(counted, Count::of(unread.len() as u64));
    unread
}

fn told(scene: &Scene, founded: &Founded, at: Timestamp) -> Notification {
    let kind = NotificationKind::NewInvitationWished {
        invitation: scene.ports.ids.fresh(),
        email: address("guest@example.org"),
    };
    notification(scene, founded, kind, at)
}

fn notification(scene: &Scene, founded: &Founded, kind: NotificationKind, at: Timestamp) -> Notification {
    let (account, organization) = (founded.account.id(), Some(founded.organization.id()));
    Notification { id: scene.ports.ids.fresh(), account, organization, at, kind }
}

fn reading(of: AccountId, which: Which, at: Timestamp) -> [Change; 1] {
    [Change::MarkRead(Reading { account: of, which, at })]
}

fn after(micros: u64) -> Timestamp {
    NOW.plus(Duration::from_micros(micros))
}

/// One of each kind.
fn every_kind(scene: &Scene, reason: Option<&Note>) -> Vec<NotificationKind> {
    let ids = &scene.ports.ids;
    let (by, reason) = (person("Zoë", "O’Brien-李"), reason.cloned());
    let (email, after) = (address("Zoë.Müller@Müller.Example"), viewer());
    let (membership, invitation, request) = (ids.fresh(), ids.fresh(), ids.fresh());
    let (person, from) = (by.clone(), email.clone());
    vec![
        NotificationKind::AccessChanged {
            membership,
            by: by.clone(),
            before: Access::All,
            after: after.clone(),
        },
        NotificationKind::AccessRemoved { membership, by: by.clone(), reason: reason.clone() },
        NotificationKind::OwnershipHandedOver { membership, from: by.clone() },
        NotificationKind::InvitationAccepted {
            invitation,
            person: by,
            email: email.clone(),
            access: after.clone(),
        },
        NotificationKind::InvitationDeclined { invitation, email: email.clone(), reason: reason.clone() },
        NotificationKind::NewInvitationWished { invitation, email },
        NotificationKind::JoinRequestApproved { request, access: after },
        NotificationKind::JoinRequestRejected { request, reason },
        NotificationKind::JoinRequestExpired { request },
        NotificationKind::JoinRequestWaits { request, person, email: from },
    ]
}

/// Of each kind, to the microsecond, with where it happened.
pub async fn every_notification_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let note = Note::parse("Bis bald!\n\n'quoted' 100% 🙂").expect("a note");
    let mut keys = Vec::new();
    for reason in [None, note.as_ref()] {
        keys.clear();
        for kind in every_kind(&scene, reason) {
            keys.push(kind.key());
            let at = after(123_457);
            let written = notification(&scene, &founded, kind, at);
            let alone = Notification { id: scene.ports.ids.fresh(), organization: None, ..written.clone() };
            scene.write([written.clone(), alone.clone()].map(Change::Notify)).await;
            let found = listed(&scene, founded.account.id(), 100).await;
            for (expected, organization) in [(written, Some(&founded.organization)), (alone, None)] {
                let view = found.iter().find(|it| it.notification.id == expected.id).expect("it is listed");
                assert_eq!((&view.notification, view.read_at), (&expected, None));
                assert_eq!(view.organization.as_ref(), organization);
            }
        }
    }
    assert_eq!(keys, NotificationKind::KEYS, "one of each kind");
}

/// In pages that lose and double nothing, though several came at the same time.
pub async fn notifications_are_read_newest_first_each_by_whom_they_are_for(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let other = scene.found().await;
    scene.write([Change::Notify(told(&scene, &other, NOW))]).await;
    let mut all = (0..9).map(|number| told(&scene, &founded, after(number % 3))).collect::<Vec<_>>();
    scene.write(all.iter().cloned().map(Change::Notify)).await;
    all.sort_by_key(|it| std::cmp::Reverse((it.at, it.id)));
    for size in [1, 2, 4, 9, 100] {
        let found = listed(&scene, founded.account.id(), size).await;
        let found = found.into_iter().map(|it| it.notification).collect::<Vec<_>>();
        assert_eq!(found, all, "by {size}");
    }
}

/// Of nobody else.
pub async fn what_was_not_read_is_counted(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (of, other) = (founded.account.id(), scene.found().await);
    scene.write([Change::Notify(told(&scene, &other, NOW))]).await;
    for number in 0..3 {
        assert_eq!(scene.moment().await.count_unread(of).await.unwrap(), Count::of(number));
        scene.write([Change::Notify(told(&scene, &founded, NOW))]).await;
    }
}

/// And it is said when it was read.
pub async fn reading_one_leaves_the_others_unread(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let of = founded.account.id();
    let [one, other] = [0, 1].map(|number| told(&scene, &founded, after(number)));
    scene.write([one.clone(), other.clone()].map(Change::Notify)).await;
    scene.write(reading(of, Which::One(one.id), after(5))).await;
    assert_eq!(unread(&scene, of).await, [other.id]);
    let read_at = listed(&scene, of, 100).await.into_iter().map(|it| it.read_at).collect::<Vec<_>>();
    assert_eq!(read_at, [None, Some(after(5))]);
}

/// What came at that very time was there to be read.
pub async fn reading_all_leaves_what_comes_later_unread(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let of = founded.account.id();
    let all = [4, 5, 6].map(|number| told(&scene, &founded, after(number)));
    scene.write(all.clone().map(Change::Notify)).await;
    scene.write(reading(of, Which::All, after(5))).await;
    assert_eq!(unread(&scene, of).await, [all[2].id]);
}

/// However often it is read again.
pub async fn what_was_read_stays_read_since_then(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (of, it) = (founded.account.id(), told(&scene, &founded, NOW));
    scene.write([Change::Notify(it.clone())]).await;
    for (which, at) in [(Which::One(it.id), after(1)), (Which::All, after(2)), (Which::One(it.id), after(3))]
    {
        scene.write(reading(of, which, at)).await;
        assert_eq!(listed(&scene, of, 1).await[0].read_at, Some(after(1)));
    }
}

/// And to read what is not there is no failure.
pub async fn nobody_reads_for_another(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (of, it, other) = (founded.account.id(), told(&scene, &founded, NOW), scene.somebody());
    scene.write([Change::AddAccount(other.clone()), Change::Notify(it.clone())]).await;
    let nothing = scene.ports.ids.fresh();
    for (whose, which) in
        [(other.id(), Which::One(it.id)), (other.id(), Which::All), (of, Which::One(nothing))]
    {
        scene.commit(reading(whose, which, after(9))).await.expect("a reading refuses nothing");
    }
    assert_eq!(unread(&scene, of).await, [it.id]);
}

/// An id that was used before is no fresh id.
pub async fn a_notification_is_written_once(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let it = told(&scene, &founded, NOW);
    scene.write([Change::Notify(it.clone())]).await;
    let again = scene.commit([Change::Notify(it)]).await;
    assert!(matches!(again, Err(CommitError::Conflict)), "{again:?}");
}
