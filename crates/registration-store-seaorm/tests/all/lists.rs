//! Pages follow each other without a gap, also where keys are equal, and search means what it says.
use registration_domain::{
    access::{Access, RoleKey},
    account::Account,
    change::{Change, Touch},
    membership::{Membership, MembershipParts},
    page::{Page, Position, SortKey},
    permission::Permission,
    person_name::{NamePart, PersonName},
    port::Reads,
    time::{DAY, HOUR},
    view::{InvitationFilter, ListedState, MemberFilter, MemberOrder},
};
use registration_testkit::stub::NOW;
use uuid::Uuid;

use crate::{
    place::{Place, on_both},
    scene::{Scene, size},
};

on_both!(
    members_of_equal_names_are_each_seen_once_in_every_order,
    members_who_came_before_there_was_that_list_are_in_it_too,
    a_position_of_another_list_is_before_or_behind_all,
    a_member_is_found_by_the_new_name_and_not_by_the_old,
    the_longest_of_names_is_stored_and_found,
    nothing_is_found_by_what_no_text_can_hold,
    expired_invitations_are_listed_apart,
);

async fn members_of_equal_names_are_each_seen_once_in_every_order(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let mut changes = Vec::new();
    for number in 0..25 {
        let (account, joined) = scene.joining(&format!("ana{number}"), NOW.plus(HOUR * (number / 5)));
        changes.extend(joined);
        if number % 2 == 0 {
            changes.push(Change::Touch(Touch::SignIn { account: account.id(), at: NOW.plus(DAY) }));
        }
    }
    scene.write(changes).await;
    for order in MemberOrder::ALL {
        let filter = MemberFilter { order, ..MemberFilter::default() };
        let mut seen = Vec::new();
        let mut page = Page::first(size(4));
        loop {
            let moment = scene.store.moment().await.unwrap();
            let part = moment.members(scene.organization.id(), &filter, &page).await.unwrap();
            seen.extend(part.rows);
            let Some(next) = part.next else { break };
            page.after = Some(next);
        }
        let mut keys = seen.iter().map(|it| (key(order, it), it.membership.id())).collect::<Vec<_>>();
        assert_eq!(keys.len(), 26, "{order:?}");
        if order.is_reversed() {
            keys.reverse();
        }
        assert!(keys.is_sorted(), "{order:?}: {keys:?}");
        keys.dedup();
        assert_eq!(keys.len(), 26, "{order:?}");
    }
}

/// What the step of the schema makes of the accesses that are there is what the domain makes of them.
async fn members_who_came_before_there_was_that_list_are_in_it_too(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let many = ('a'..='k').map(|it| Permission::parse(&format!("orders.{it}")).unwrap());
    let accesses = [
        Access::All,
        Access::Role(RoleKey::parse("buyer").unwrap()),
        Access::Chosen([].into()),
        Access::Chosen([Permission::MEMBERS_VIEW].into()),
        Access::Chosen(many.collect()),
    ];
    for (number, access) in accesses.into_iter().enumerate() {
        let (_, changes) = scene.joining(&format!("ana{number}"), NOW);
        scene.write(changes.into_iter().map(|change| with_access(change, &access))).await;
    }
    place
        .run(
            "DROP INDEX membership_by_access_rank; ALTER TABLE membership DROP COLUMN access_rank;
            DELETE FROM seaql_migrations WHERE version = '0018_by_access'",
        )
        .await;
    let store = place.open().await;
    store.migrate().await.unwrap();
    let filter = MemberFilter { order: MemberOrder::Access, ..MemberFilter::default() };
    let moment = store.moment().await.unwrap();
    let first = moment.members(scene.organization.id(), &filter, &Page::first(size(5))).await.unwrap();
    let next = Page { size: size(5), after: first.next.clone() };
    let rest = moment.members(scene.organization.id(), &filter, &next).await.unwrap();
    let ranks = first.rows.iter().chain(&rest.rows).map(|it| it.membership.parts().access.rank());
    assert_eq!(ranks.collect::<Vec<_>>(), ["0", "1", "2 buyer", "3 00000", "3 00001", "3 00011"]);
}

fn with_access(change: Change, access: &Access) -> Change {
    let Change::AddMembership(membership) = change else { return change };
    let parts = MembershipParts { access: access.clone(), ..membership.parts().clone() };
    Change::AddMembership(Membership::from_parts(parts))
}

fn key(order: MemberOrder, view: &registration_domain::view::MemberView) -> SortKey {
    match order {
        MemberOrder::Name | MemberOrder::NameReversed => {
            let name = &view.account.parts().name;
            SortKey::Text(registration_domain::text::fold(&format!("{} {}", name.last, name.first)))
        }
        MemberOrder::LastSignIn | MemberOrder::LastSignInReversed => {
            view.last_sign_in_at.map_or(SortKey::Never, SortKey::Time)
        }
        MemberOrder::Joined | MemberOrder::JoinedReversed => SortKey::Time(view.membership.parts().joined_at),
        MemberOrder::Access | MemberOrder::AccessReversed => {
            SortKey::Text(view.membership.parts().access.rank())
        }
    }
}

async fn a_position_of_another_list_is_before_or_behind_all(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let after = |key| Page { size: size(5), after: Some(Position { key, id: Uuid::nil() }) };
    for (order, key, seen) in [
        (MemberOrder::Name, SortKey::Time(NOW), 1),
        (MemberOrder::NameReversed, SortKey::Never, 0),
        (MemberOrder::Joined, SortKey::Text("z".into()), 0),
        (MemberOrder::JoinedReversed, SortKey::Text("z".into()), 1),
        (MemberOrder::LastSignIn, SortKey::Time(NOW), 0),
        (MemberOrder::LastSignInReversed, SortKey::Time(NOW), 1),
    ] {
        let filter = MemberFilter { order, ..MemberFilter::default() };
        let moment = scene.store.moment().await.unwrap();
        let part = moment.members(scene.organization.id(), &filter, &after(key)).await.unwrap();
        assert_eq!(part.rows.len(), seen, "{order:?}");
    }
}

async fn found(scene: &Scene, query: &str) -> usize {
    let filter = MemberFilter { query: Some(query.into()), ..MemberFilter::default() };
    let moment = scene.store.moment().await.unwrap();
    moment.members(scene.organization.id(), &filter, &Page::first(size(10))).await.unwrap().rows.len()
}

async fn a_member_is_found_by_the_new_name_and_not_by_the_old(place: Place) {
    let scene = Scene::on(place.open().await).await;
    assert_eq!([found(&scene, "OLGA own").await, found(&scene, "owner olga").await], [1, 1]);
    let mut parts = scene.owner.clone().into_parts();
    parts.name = PersonName::new(NamePart::parse("Óscar").unwrap(), NamePart::parse("Müller").unwrap());
    scene.write([Change::UpdateAccount(Account::from_parts(parts))]).await;
    assert_eq!([found(&scene, "olga").await, found(&scene, "oscar mull").await], [0, 1]);
    assert_eq!(found(&scene, "müller Ó").await, 1);
}

/// One sign that folds to a phrase of eighteen, as often as a name can hold it: no index entry grows too big.
async fn the_longest_of_names_is_stored_and_found(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let long = "\u{FDFA}".repeat(100);
    let (account, mut changes) = scene.joining("ana", NOW);
    let mut parts = account.into_parts();
    parts.name = PersonName::new(NamePart::parse(&long).unwrap(), NamePart::parse(&long).unwrap());
    changes[0] = Change::AddAccount(Account::from_parts(parts));
    scene.write(changes).await;
    assert_eq!(found(&scene, &"\u{FDFA}".repeat(50)).await, 1);
}

async fn nothing_is_found_by_what_no_text_can_hold(place: Place) {
    let scene = Scene::on(place.open().await).await;
    for (query, seen) in [("\0", 0), ("%", 0), ("_", 0), ("\\", 0), ("'", 0), ("", 1), ("@example", 1)] {
        assert_eq!(found(&scene, query).await, seen, "{query:?}");
    }
}

async fn expired_invitations_are_listed_apart(place: Place) {
    let scene = Scene::on(place.open().await).await;
    for (address, at) in [("old@example.org", NOW), ("new@example.org", NOW.plus(DAY))] {
        let invitation = scene.invitation(address, at);
        let mail = scene.mail(&invitation);
        scene.write([Change::AddInvitation(invitation), Change::Send(mail)]).await;
    }
    let now = NOW.plus(7 * DAY);
    for (state, expected) in [
        (None, &["new@example.org", "old@example.org"] as &[_]),
        (Some(ListedState::Pending), &["new@example.org"]),
        (Some(ListedState::Expired), &["old@example.org"]),
        (Some(ListedState::Accepted), &[]),
    ] {
        let filter = InvitationFilter { state, ..InvitationFilter::default() };
        let moment = scene.store.moment().await.unwrap();
        let page = Page::first(size(10));
        let part = moment.invitations(scene.organization.id(), &filter, now, &page).await.unwrap();
        let seen = part.rows.iter().map(|it| it.invitation.parts().email.as_str()).collect::<Vec<_>>();
        assert_eq!(seen, expected, "{state:?}");
    }
}
