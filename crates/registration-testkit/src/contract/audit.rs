//! The audit log tells what was decided, newest first, and each organization its own.
use std::time::Duration;

use registration_domain::{
    audit::{Action, AuditEventId},
    change::Change,
    page::Page,
    platform::Ports,
    view::AuditFilter,
};

use super::scene::{Founded, Scene, rows};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about the audit log tests.
    audit_contract, audit, Ports:
    the_audit_log_is_read_newest_first,
    the_audit_log_is_filtered,
}

async fn listed(scene: &Scene, founded: &Founded, filter: &AuditFilter, size: u16) -> Vec<AuditEventId> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let moment = scene.moment().await;
        let listing = moment.audit_events(founded.organization.id(), filter, &page).await.unwrap();
        found.extend(listing.rows.into_iter().map(|it| it.event.id));
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

/// In pages that lose and double nothing, though several acts were at the same time.
pub async fn the_audit_log_is_read_newest_first(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    scene.write([Change::Record(scene.event(&elsewhere, Action::Invited, NOW))]).await;
    let events = (0..9)
        .map(|number| scene.event(&founded, Action::Invited, NOW.plus(Duration::from_micros(number % 3))));
    let mut events = events.collect::<Vec<_>>();
    scene.write(events.iter().cloned().map(Change::Record)).await;
    events.sort_by_key(|it| std::cmp::Reverse((it.at, it.id)));
    let expected = events.into_iter().map(|it| it.id).collect::<Vec<_>>();
    for size in [1, 2, 4, 9, 100] {
        assert_eq!(listed(&scene, &founded, &AuditFilter::default(), size).await, expected, "by {size}");
    }
}

/// By action, by actor, not before an instant, and before another.
pub async fn the_audit_log_is_filtered(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let other = scene.joined(&founded).await.account.id();
    let at = |seconds| NOW.plus(Duration::from_secs(seconds));
    let mut events = Vec::new();
    for (seconds, action, actor, label) in [
        (0, Action::Invited, Some(founded.account.id()), "eve@example.org"),
        (1, Action::InvitationDeclined, None, "eve@example.org"),
        (2, Action::Invited, Some(other), "steve@example.org"),
        (3, Action::AccessChanged, Some(other), "eve@example.org"),
    ] {
        let mut event = scene.event(&founded, action, at(seconds));
        event.actor = actor;
        event.label = label.into();
        scene.write([Change::Record(event.clone())]).await;
        events.push(event.id);
    }
    let none = AuditFilter::default();
    for (filter, expected) in [
        (AuditFilter { action: Some(Action::Invited), ..none.clone() }, vec![2, 0]),
        (AuditFilter { actor: Some(other), ..none.clone() }, vec![3, 2]),
        (AuditFilter { since: Some(at(1)), ..none.clone() }, vec![3, 2, 1]),
        (AuditFilter { until: Some(at(2)), ..none.clone() }, vec![1, 0]),
        (AuditFilter { since: Some(at(1)), until: Some(at(3)), ..none.clone() }, vec![2, 1]),
        (AuditFilter { action: Some(Action::Invited), actor: Some(other), ..none.clone() }, vec![2]),
        (AuditFilter { about: Some("eve@example.org".into()), ..none.clone() }, vec![3, 1, 0]),
        (AuditFilter { about: Some("eve@".into()), ..none.clone() }, vec![]),
        (AuditFilter { action: Some(Action::MemberLeft), ..none }, vec![]),
    ] {
        let expected = expected.into_iter().map(|it: usize| events[it]).collect::<Vec<_>>();
        assert_eq!(listed(&scene, &founded, &filter, 1).await, expected, "{filter:?}");
    }
}
