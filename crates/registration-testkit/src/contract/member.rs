//! Who may do what, and the lists of members: in every order, in pages that lose and double nothing.
use std::time::Duration;

use registration_domain::{
    access::{Access, RoleKey},
    account::{Account, AccountParts, AccountState},
    change::{Change, Touch},
    count::Count,
    membership::{Membership, MembershipParts},
    organization::OrganizationId,
    page::{Page, SortKey},
    permission::Permission,
    platform::Ports,
    port::Moment,
    text::fold,
    view::{MemberCounts, MemberFilter, MemberOrder, MemberView},
};
use uuid::Uuid;

use super::scene::{Founded, Joined, Scene, removed, rows};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about members tests.
    member_contract, member, Ports:
    only_an_active_member_with_an_active_account_has_a_standing,
    active_owners_are_counted,
    members_are_counted,
    who_gives_access_is_named_owners_first,
    members_are_listed_in_every_order,
    a_walk_of_members_loses_and_doubles_nothing,
    members_who_come_between_two_pages_move_nobody,
    members_are_found_by_name_username_and_address,
    a_search_takes_nothing_for_a_wildcard,
    removed_members_are_listed_apart,
    memberships_are_listed_in_the_order_in_which_somebody_came,
}

/// Not who was removed, nor who is suspended, nor a member of another organization.
pub async fn only_an_active_member_with_an_active_account_has_a_standing(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (here, there) = (founded.organization.id(), scene.found().await.organization.id());
    let [stays, leaves] = [scene.joined(&founded).await, scene.joined(&founded).await];
    scene.write([Change::UpdateMembership(removed(leaves.membership, &founded.account))]).await;
    let moment = scene.moment().await;
    let standing = moment.standing(stays.account.id(), here).await.unwrap();
    let expected = stays.membership.clone().active().map(|it| it.standing());
    assert_eq!(standing, expected);
    assert_eq!(moment.standing(leaves.account.id(), here).await.unwrap(), None, "a removed member");
    assert_eq!(moment.standing(stays.account.id(), there).await.unwrap(), None, "a member of another one");
    drop(moment);

    for state in [
        AccountState::Suspended { at: NOW, by: founded.account.id(), reason: None },
        AccountState::Closed { at: NOW },
    ] {
        suspend(&scene, &stays.account, state.clone()).await;
        let standing = scene.moment().await.standing(stays.account.id(), here).await.unwrap();
        assert_eq!(standing, None, "{state:?}");
    }
}

async fn suspend(scene: &Scene, account: &Account, state: AccountState) {
    let stored = scene.moment().await.account(account.id()).await.unwrap().unwrap();
    let account = Account::from_parts(AccountParts { state, ..stored.into_parts() });
    scene.write([Change::UpdateAccount(account)]).await;
}

/// Those of this organization; who is suspended belongs still.
pub async fn members_are_counted(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    scene.joined(&elsewhere).await;
    let [stays, _, leaves] =
        [scene.joined(&founded).await, scene.joined(&founded).await, scene.joined(&founded).await];
    scene.write([Change::UpdateMembership(removed(leaves.membership, &founded.account))]).await;
    let suspended = AccountState::Suspended { at: NOW, by: founded.account.id(), reason: None };
    suspend(&scene, &stays.account, suspended).await;
    let counts = scene.moment().await.count_members(founded.organization.id()).await.unwrap();
    let [active, removed] = [3, 1].map(Count::Exactly);
    assert_eq!(counts, MemberCounts { active, removed });
}

/// Each for the widest reason, and nobody who is removed or suspended. Roles are named by the question.
pub async fn who_gives_access_is_named_owners_first(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let id = founded.organization.id();
    let [support, buyer] = ["support", "buyer"].map(|it| RoleKey::parse(it).expect("a role"));
    let chosen = |permissions: &[Permission]| Access::Chosen(permissions.iter().cloned().collect());
    let giving = [Permission::MEMBERS_INVITE, Permission::MEMBERS_MANAGE_ACCESS, Permission::MEMBERS_VIEW];
    let mut joined = Vec::new();
    for access in [
        chosen(&giving),
        chosen(&[Permission::MEMBERS_INVITE, Permission::MEMBERS_REMOVE]),
        Access::Role(buyer),
        Access::Role(support.clone()),
        Access::All,
        Access::Owner,
        Access::All,
        Access::All,
    ] {
        let it = scene.joined(&founded).await;
        let parts = MembershipParts { access, ..it.membership.into_parts() };
        let membership = Membership::from_parts(parts);
        scene.write([Change::UpdateMembership(membership.clone())]).await;
        joined.push((it.account, membership));
    }
    let suspended = AccountState::Suspended { at: NOW, by: founded.account.id(), reason: None };
    suspend(&scene, &joined[6].0, suspended).await;
    let stored = scene.moment().await.membership(joined[7].1.id()).await.unwrap().expect("it is stored");
    scene.write([Change::UpdateMembership(removed(stored, &founded.account))]).await;

    let named = async |limit| {
        let roles = std::slice::from_ref(&support);
        let found = scene.moment().await.access_givers(id, roles, limit).await.unwrap();
        found.into_iter().map(|it| it.id).collect::<Vec<_>>()
    };
    let mut owners = [founded.account.id(), joined[5].0.id()];
    let mut first = named(2).await;
    owners.sort();
    first.sort();
    assert_eq!(first, owners, "Owners first");
    assert_eq!(named(10).await[2..], [4, 3, 0].map(|it: usize| joined[it].0.id()));
    assert_eq!(named(4).await, named(10).await[..4]);
}

/// For who is removed, stepped down or suspended cannot act as one.
pub async fn active_owners_are_counted(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let id = founded.organization.id();
    let joined = scene.joined(&founded).await;
    assert_eq!(scene.moment().await.owners(id).await.unwrap(), 1, "a member is no Owner");
    let owner = super::scene::granted(&founded.membership, Access::Owner);
    let promoted = joined.membership.active().unwrap().change_access(owner);
    scene.write([Change::UpdateMembership(promoted.clone())]).await;
    assert_eq!(scene.moment().await.owners(id).await.unwrap(), 2);
    let suspended = AccountState::Suspended { at: NOW, by: founded.account.id(), reason: None };
    suspend(&scene, &joined.account, suspended).await;
    assert_eq!(scene.moment().await.owners(id).await.unwrap(), 1, "a suspended Owner cannot act");
    suspend(&scene, &joined.account, AccountState::Active).await;
    let stored = scene.moment().await.membership(promoted.id()).await.unwrap().unwrap();
    scene.write([Change::UpdateMembership(removed(stored, &founded.account))]).await;
    assert_eq!(scene.moment().await.owners(id).await.unwrap(), 1, "a removed Owner is none");
}

/// Names that fold to the same, people who came or signed in at the same time, and who never did.
async fn crowd(scene: &Scene, founded: &Founded) -> Vec<Joined> {
    let names = [
        ("Zoë", "Müller"),
        ("zoe", "MULLER"),
        ("Zoe", "Muller"),
        ("Ana", "Ruiz"),
        ("Ana", "Łukasz"),
        ("Bo", "Ørsted"),
        ("李", "王"),
        ("Ada", "de la Cruz"),
        ("Ada", "De La Cruz"),
        ("Émile", "Zola"),
        ("Zo", "E Muller"),
    ];
    let mut crowd = Vec::new();
    for (number, (first, last)) in (0_u64..).zip(names) {
        let word = scene.word();
        let account = scene.account_of(&format!("{word}@example.org"), &word, first, last);
        let joined = scene.joining(founded, account, NOW.plus(Duration::from_micros(number % 3)));
        scene.write(scene.coming(&joined)).await;
        if number % 3 != 0 {
            let at = NOW.plus(Duration::from_micros(number % 2));
            scene.write([Change::Touch(Touch::SignIn { account: joined.account.id(), at })]).await;
        }
        crowd.push(joined);
    }
    crowd
}

fn sorted_by(order: MemberOrder, view: &MemberView) -> (SortKey, Uuid) {
    let name = &view.account.parts().name;
    let key = match order {
        MemberOrder::Name | MemberOrder::NameReversed => {
            SortKey::Text(fold(&format!("{} {}", name.last, name.first)))
        }
        MemberOrder::LastSignIn | MemberOrder::LastSignInReversed => {
            view.last_sign_in_at.map_or(SortKey::Never, SortKey::Time)
        }
        MemberOrder::Joined | MemberOrder::JoinedReversed => SortKey::Time(view.membership.parts().joined_at),
        MemberOrder::Access | MemberOrder::AccessReversed => {
            SortKey::Text(view.membership.parts().access.rank())
        }
    };
    (key, view.membership.id().uuid())
}

fn in_order(order: MemberOrder) -> MemberFilter {
    MemberFilter { order, ..MemberFilter::default() }
}

async fn walk(moment: &dyn Moment, of: OrganizationId, filter: &MemberFilter, size: u16) -> Vec<MemberView> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let listing = moment.members(of, filter, &page).await.unwrap();
        assert!(listing.rows.len() <= usize::from(size), "a page of {size} has {}", listing.rows.len());
        found.extend(listing.rows);
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

/// By the keys that [`MemberOrder`] names; ids decide between equals, and the reverse is the exact reverse.
pub async fn members_are_listed_in_every_order(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let crowd = crowd(&scene, &founded).await;
    let moment = scene.moment().await;
    for order in MemberOrder::ALL {
        let found = walk(&*moment, founded.organization.id(), &in_order(order), 100).await;
        assert_eq!(found.len(), crowd.len() + 1, "{order:?}");
        let keys = found.iter().map(|it| sorted_by(order, it)).collect::<Vec<_>>();
        let mut expected = keys.clone();
        expected.sort();
        if order.is_reversed() {
            expected.reverse();
        }
        assert_eq!(keys, expected, "{order:?}");
    }
}

/// Whatever the size of a page, though keys are equal across its border.
pub async fn a_walk_of_members_loses_and_doubles_nothing(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    crowd(&scene, &founded).await;
    let moment = scene.moment().await;
    for order in MemberOrder::ALL {
        let whole = walk(&*moment, founded.organization.id(), &in_order(order), 100).await;
        for size in [1, 2, 3, 5, 11, 12] {
            let pages = walk(&*moment, founded.organization.id(), &in_order(order), size).await;
            assert_eq!(pages, whole, "{order:?} by {size}");
        }
    }
}

/// Nobody is left out or shown twice, for a page begins behind a person and not at a number.
pub async fn members_who_come_between_two_pages_move_nobody(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let crowd = crowd(&scene, &founded).await;
    let (of, filter) = (founded.organization.id(), in_order(MemberOrder::Name));
    let (mut page, mut found) = (Page::first(rows(3)), Vec::new());
    loop {
        let listing = scene.moment().await.members(of, &filter, &page).await.unwrap();
        found.extend(listing.rows.into_iter().map(|it| it.account.id()));
        let Some(next) = listing.next else { break };
        page.after = Some(next);
        let word = scene.word();
        let early = scene.account_of(&format!("{word}@example.org"), &word, "Aa", "Aa");
        scene.write(scene.coming(&scene.joining(&founded, early, NOW))).await;
    }
    for joined in crowd {
        let times = found.iter().filter(|it| **it == joined.account.id()).count();
        assert_eq!(times, 1, "{:?} was listed {times} times", joined.account);
    }
}

async fn found(scene: &Scene, founded: &Founded, query: &str) -> Vec<String> {
    let filter = MemberFilter { query: Some(query.into()), ..MemberFilter::default() };
    let listing =
        scene.moment().await.members(founded.organization.id(), &filter, &Page::first(rows(100))).await;
    listing.unwrap().rows.into_iter().map(|it| it.account.parts().name.full()).collect()
}

/// Any part of them, blind to case, accents and umlauts on both sides.
pub async fn members_are_found_by_name_username_and_address(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for (email, username, first, last) in [
        ("Zoe.M@Müller.example", "zoe.mu", "Zoë", "Müller"),
        ("lukasz@example.org", "luk1", "Łukasz", "Straßer"),
    ] {
        let account = scene.account_of(email, username, first, last);
        scene.write(scene.coming(&scene.joining(&founded, account, NOW))).await;
    }
    for (query, expected) in [
        ("müll", &["Zoë Müller"][..]),
        ("MULL", &["Zoë Müller"]),
        ("zoë müller", &["Zoë Müller"]),
        ("zoe.mu", &["Zoë Müller"]),
        ("ZOE.M@", &["Zoë Müller"]),
        ("lukasz", &["Łukasz Straßer"]),
        ("STRASSER", &["Łukasz Straßer"]),
        ("luk1", &["Łukasz Straßer"]),
        ("nobody", &[]),
        ("", &["Zoë Müller", "Ana Ruiz", "Łukasz Straßer"]),
        ("u", &["Zoë Müller", "Ana Ruiz", "Łukasz Straßer"]),
    ] {
        assert_eq!(found(&scene, &founded, query).await, expected, "{query:?}");
    }
}

/// Percent signs, underscores and backslashes are letters like any other.
pub async fn a_search_takes_nothing_for_a_wildcard(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for (username, last) in [("plain1", "Plain"), ("under_score", "Hundred%"), ("back2", "Back\\slash")] {
        let account = scene.account_of(&format!("{username}@example.org"), username, "Bo", last);
        scene.write(scene.coming(&scene.joining(&founded, account, NOW))).await;
    }
    for (query, expected) in [
        ("%", &["Bo Hundred%"][..]),
        ("_", &["Bo Hundred%"]),
        ("r_s", &["Bo Hundred%"]),
        ("\\", &["Bo Back\\slash"]),
        ("p%n", &[]),
        ("pl_in", &[]),
        ("[a-z]", &[]),
        ("*", &[]),
        ("'", &[]),
        ("\"", &[]),
    ] {
        assert_eq!(found(&scene, &founded, query).await, expected, "{query:?}");
    }
}

/// Each membership on one list, and those of others on none.
pub async fn removed_members_are_listed_apart(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    scene.joined(&elsewhere).await;
    let [stays, leaves] = [scene.joined(&founded).await, scene.joined(&founded).await];
    scene.write([Change::UpdateMembership(removed(leaves.membership.clone(), &founded.account))]).await;
    let moment = scene.moment().await;
    for (removed, expected) in
        [(false, vec![founded.membership.id(), stays.membership.id()]), (true, vec![leaves.membership.id()])]
    {
        let filter = MemberFilter { removed, order: MemberOrder::Joined, query: None };
        let listed = walk(&*moment, founded.organization.id(), &filter, 1).await;
        let mut listed = listed.into_iter().map(|it| it.membership.id()).collect::<Vec<_>>();
        listed.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(listed, expected, "removed: {removed}");
    }
}

/// Active ones alone, each with its organization.
pub async fn memberships_are_listed_in_the_order_in_which_somebody_came(ports: Ports) {
    let (scene, first) = Scene::founded(ports).await;
    let account = scene.joined(&first).await.account;
    let mut expected = vec![first.organization.id()];
    for (number, leaves) in [(3_u64, false), (2, true), (3, false), (1, false)] {
        let founded = scene.found().await;
        let at = NOW.plus(Duration::from_secs(number));
        let joined = scene.joining(&founded, account.clone(), at);
        scene
            .write(scene.coming(&joined).into_iter().filter(|it| !matches!(it, Change::AddAccount(_))))
            .await;
        if leaves {
            scene.write([Change::UpdateMembership(removed(joined.membership, &founded.account))]).await;
        } else {
            expected.push(founded.organization.id());
        }
    }
    let last = expected.pop().expect("four are left");
    expected.insert(1, last);
    let (mut page, mut listed) = (Page::first(rows(1)), Vec::new());
    while let Some(next) = {
        let listing = scene.moment().await.memberships(account.id(), &page).await.unwrap();
        assert!(listing.rows.iter().all(|it| it.account == account));
        listed.extend(listing.rows.into_iter().map(|it| it.organization.id()));
        listing.next
    } {
        page.after = Some(next);
    }
    assert_eq!(listed, expected);
}
