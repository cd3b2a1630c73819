//! Taking one's data along: all of it, in parts that lose and double nothing, and nothing of others.
use registration_domain::{
    access::Access,
    account::AccountState,
    audit::Action,
    change::{Change, ChangeSet},
    export::{Bookmark, Entry, Item, Section},
    port::Act,
    use_case::{
        change_details::{ChangeDetails, Details},
        remove_member::RemoveMember,
    },
};
use registration_testkit::{
    scenario::{Member, PASSWORD, TestPlatform, seeing_members},
    stub::NOW,
};

use super::support::{in_state, note};

/// Every entry, by its section.
async fn exported(test: &TestPlatform, of: &Member) -> Vec<(Section, Entry)> {
    let (mut found, mut from, mut starts) = (Vec::new(), Some(Bookmark::START), Vec::new());
    while let Some(bookmark) = from {
        let part = test.platform.export_part(&of.caller(), bookmark).await.unwrap();
        if part.is_first {
            starts.push(part.section);
        }
        assert_eq!(part.is_last(), part.next.as_ref().map(|it| it.section) != Some(part.section));
        found.extend(part.entries.into_iter().map(|it| (part.section, it)));
        from = part.next;
    }
    assert_eq!(starts, Section::ALL, "each section begins once, in order");
    found
}
fn texts<'a>(found: &'a [(Section, Entry)], of: Section, name: &str) -> Vec<&'a str> {
    let items = found.iter().filter(|(section, _)| *section == of).flat_map(|(_, it)| it.items());
    let named = items.filter(|(it, _)| *it == name);
    named.filter_map(|(_, it)| if let Item::Text(it) = it { Some(it.as_str()) } else { None }).collect()
}

#[tokio::test]
async fn everything_that_happened_is_in_it() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let ben = test.member(&owner, "ben.okri", seeing_members()).await;
    test.invite(&owner, "cleo@example.org", Access::All).await.unwrap();
    test.invite(&owner, "ben@elsewhere.example", Access::All).await.unwrap();
    let reason = Some(note("The project ended"));
    let (by, organization, member) = (owner.caller(), owner.organization, ben.membership);
    test.platform.remove_member(RemoveMember { by, organization, member, reason }).await.unwrap();

    let own = exported(&test, &ben).await;
    assert_eq!(texts(&own, Section::Account, "email"), ["ben.okri@example.org"]);
    assert_eq!(texts(&own, Section::Memberships, "state"), ["removed"]);
    assert_eq!(texts(&own, Section::Memberships, "reason"), ["The project ended"]);
    assert_eq!(texts(&own, Section::InvitationsReceived, "invited_by"), ["Ada Lovelace"]);
    assert_eq!(texts(&own, Section::Notifications, "kind"), ["access_removed"]);
    assert_eq!(texts(&own, Section::OwnActs, "action"), ["invitation.accepted"]);
    assert_eq!(texts(&own, Section::ActsAboutThem, "action"), ["membership.removed"]);
    assert_eq!(texts(&own, Section::ActsAboutThem, "by"), ["Ada Lovelace"]);
    let sent = exported(&test, &owner).await;
    let expected = ["ben@elsewhere.example", "cleo@example.org", "ben.okri@example.org"];
    assert_eq!(texts(&sent, Section::InvitationsSent, "email"), expected);
}

#[tokio::test]
async fn ones_own_steps_are_in_it() {
    let world = super::world::World::found().await;
    let test = world.test();
    let ben = world.stranger("ben").await;
    let organization = world.organization;
    world.asked(&ben).await;
    let by = test.signed_in("ben").await;
    test.change_email(&by, "new@example.org").await.unwrap();
    assert!(test.sign_in("ben", "guess", "phone").await.is_err());
    let seat = registration_domain::id::Id::new(uuid::Uuid::nil());
    let own = exported(&test, &Member { account: ben.account, organization, membership: seat }).await;
    assert_eq!(texts(&own, Section::JoinRequests, "state"), ["pending"]);
    assert_eq!(texts(&own, Section::JoinRequests, "note"), ["I begin on Monday."]);
    assert_eq!(texts(&own, Section::AddressChanges, "email"), ["new@example.org"]);
    assert_eq!(texts(&own, Section::Sessions, "device"), ["laptop", "Firefox"]);
    let outcomes = texts(&own, Section::SignIns, "outcome");
    assert_eq!(outcomes, ["wrong_password", "success", "success"], "newest first");
}

#[tokio::test]
async fn it_tells_no_secret_and_not_from_where_others_acted() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let ben = test.member(&owner, "ben.okri", seeing_members()).await;
    let (by, organization, member) = (owner.caller(), owner.organization, ben.membership);
    test.platform.remove_member(RemoveMember { by, organization, member, reason: None }).await.unwrap();
    let own = exported(&test, &ben).await;
    let account = test.ports.reads.moment().await.unwrap().account(ben.account).await.unwrap().unwrap();
    let written = format!("{own:?}");
    for secret in [PASSWORD, account.parts().password.as_phc()] {
        assert!(!written.contains(secret), "{secret}");
    }
    assert_eq!(texts(&own, Section::OwnActs, "network_address"), ["192.0.2.7"]);
    assert_eq!(texts(&own, Section::ActsAboutThem, "network_address"), [""; 0]);
}

#[tokio::test]
async fn a_section_that_is_longer_than_a_part_is_whole() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    for number in 0..101 {
        test.wait(registration_domain::time::HOUR);
        test.invite(&owner, &format!("p{number}@example.org"), seeing_members()).await.unwrap();
    }
    let own = exported(&test, &owner).await;
    let mut sent = texts(&own, Section::InvitationsSent, "email");
    sent.sort_unstable();
    sent.dedup();
    assert_eq!(sent.len(), 101);
}

#[tokio::test]
async fn nobody_exports_an_account_that_cannot_be_used() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let account = test.ports.reads.moment().await.unwrap().account(owner.account).await.unwrap().unwrap();
    let closed = Change::UpdateAccount(in_state(account, AccountState::Closed { at: NOW }));
    let act = Act { id: test.ports.ids.fresh(), at: NOW };
    test.ports.ledger.commit(act, ChangeSet::new().with(closed)).await.unwrap();
    assert!(test.platform.export_part(&owner.caller(), Bookmark::START).await.is_err());
}

#[tokio::test]
async fn when_somebody_last_did_something_is_known() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let last = async || test.platform.last_own_act(&owner.caller(), Action::AccountChanged).await.unwrap();
    assert_eq!(last().await, None);
    let first_name = registration_domain::person_name::NamePart::parse("Augusta").ok();
    let details = Details { first_name, ..Details::default() };
    test.platform.change_details(ChangeDetails { by: owner.caller(), details, seen: None }).await.unwrap();
    assert_eq!(last().await, Some(registration_domain::port::Clock::now(&*test.clock)));
}
