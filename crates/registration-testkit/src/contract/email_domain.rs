//! An organization has each domain once, and one organization has it verified, however many race for it.
use std::time::Duration;

use registration_domain::{
    access::Access,
    account::{Account, AccountParts, AccountState},
    change::{Change, Expectation, Touch},
    domain_name::DomainName,
    email_domain::{
        DomainPolicy, EmailDomain, EmailDomainId, EmailDomainParts, EmailDomainState, ProofRecord, ProofToken,
    },
    membership::{Cause, Membership, MembershipParts},
    message::{EmailDomainLetter, EmailDomainNews, Letter},
    organization_name::OrganizationName,
    page::Page,
    platform::Ports,
    port::{CommitError, Unique},
    revision::Revision,
    time::{DAY, Timestamp},
};

use super::scene::{Founded, Scene, granted, permit, person, removed, rows, viewer};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a store about e-mail domains tests.
    email_domain_contract, email_domain, Ports:
    every_email_domain_is_read_as_it_was_written,
    every_letter_about_an_email_domain_is_read_as_it_was_written,
    who_came_in_by_an_email_domain_is_read_with_who_let_them,
    an_organization_has_a_domain_once_until_it_is_removed,
    a_domain_is_verified_for_one_organization,
    racing_verifications_of_one_domain_have_one_winner,
    an_email_domain_that_moved_is_no_longer_as_it_was_read,
    a_look_into_dns_moves_no_revision_and_the_later_one_wins,
    a_verified_email_domain_is_found_whoever_has_it,
    email_domains_are_listed_in_the_order_in_which_they_were_added,
    email_domains_to_check_are_those_not_looked_at_for_longest,
    owners_are_read_who_were_members_longest_first,
}

/// One that was not proven, which asks for a review.
pub(super) fn domain(scene: &Scene, founded: &Founded, name: &str) -> EmailDomain {
    let (id, name) = (scene.ports.ids.fresh(), DomainName::parse(name).expect("a domain"));
    let (token, permit) = (ProofToken::from_bytes([7; 16]), permit(&founded.membership));
    EmailDomain::add(id, name, DomainPolicy::Review, token, &permit, NOW)
}
fn in_state(domain: EmailDomain, state: EmailDomainState) -> EmailDomain {
    EmailDomain::from_parts(EmailDomainParts { state, ..domain.into_parts() })
}
fn verified(domain: EmailDomain) -> EmailDomain {
    in_state(domain, EmailDomainState::Verified { at: NOW, missing_since: None })
}
/// As it is stored after one more write.
fn rewritten(domain: EmailDomain) -> EmailDomain {
    let parts = domain.into_parts();
    EmailDomain::from_parts(EmailDomainParts { revision: parts.revision.next(), ..parts })
}
async fn stored(scene: &Scene, id: EmailDomainId) -> Option<EmailDomain> {
    scene.moment().await.email_domain(id).await.expect("the store can be read")
}
fn is_taken(result: &Result<(), CommitError>, by: Unique) -> bool {
    matches!(result, Err(CommitError::Taken(it)) if *it == by)
}
fn after(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

/// In each state, with each policy, to the microsecond.
pub async fn every_email_domain_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (by, odd) = (founded.account.id(), NOW.plus(Duration::from_micros(123_457)));
    let states = [
        EmailDomainState::Pending,
        EmailDomainState::Verified { at: odd, missing_since: None },
        EmailDomainState::Verified { at: NOW, missing_since: Some(odd) },
        EmailDomainState::Lapsed { at: odd },
        EmailDomainState::Removed { at: odd, by },
    ];
    let admit = |access| DomainPolicy::admit(granted(&founded.membership, access));
    let policies =
        || [admit(Access::All), admit(viewer()), DomainPolicy::Review, DomainPolicy::InvitationOnly];
    let all = states.into_iter().flat_map(|state| policies().map(|policy| (state.clone(), policy)));
    for (number, (state, policy)) in (0..).zip(all) {
        let parts = EmailDomainParts {
            policy,
            token: ProofToken::from_bytes([number; 16]),
            created_at: odd,
            revision: Revision(number.into()),
            ..domain(&scene, &founded, &format!("Bücher{number}.example")).into_parts()
        };
        let it = in_state(EmailDomain::from_parts(parts), state);
        scene.write([Change::AddEmailDomain(it.clone())]).await;
        assert_eq!(stored(&scene, it.id()).await, Some(it.clone()));
        let view = scene.moment().await.email_domain_view(it.id()).await.unwrap().unwrap();
        let maker = matches!(it.parts().policy, DomainPolicy::Admit { .. }).then_some(by);
        assert_eq!((view.added_by.id, view.maker.map(|it| it.id)), (by, maker));
        assert_eq!((view.domain, view.checked_at), (it, None));
    }
}

/// Of each kind.
pub async fn every_letter_about_an_email_domain_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let it = domain(&scene, &founded, "Bücher.example");
    let (record, odd) = (it.record(), NOW.plus(Duration::from_micros(123_457)));
    let verified = |policy| EmailDomainNews::Verified { by: person("Zoë", "李"), policy };
    let news = [
        verified(DomainPolicy::admit(granted(&founded.membership, viewer()))),
        verified(DomainPolicy::Review),
        verified(DomainPolicy::InvitationOnly),
        EmailDomainNews::RecordMissing { record: record.clone(), until: odd },
        EmailDomainNews::Lapsed { record: ProofRecord { value: "other \"value\"".into(), ..record } },
    ];
    let sent = news.map(|news| {
        let letter = EmailDomainLetter {
            domain: it.id(),
            name: it.parts().name.clone(),
            organization: founded.organization.id(),
            organization_name: OrganizationName::parse("Müller & Söhne").expect("a name"),
            news,
        };
        scene.message(Letter::EmailDomain(letter), odd)
    });
    scene.write(sent.clone().map(Change::Send)).await;
    let mut claimed = scene.claim(odd).await.into_iter().map(|it| it.message).collect::<Vec<_>>();
    claimed.sort_by_key(|it| sent.iter().position(|sent| sent.id == it.id));
    assert_eq!(claimed, sent);
}

/// Also where the domain has another policy since.
pub async fn who_came_in_by_an_email_domain_is_read_with_who_let_them(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (account, it) = (scene.somebody(), domain(&scene, &founded, "acme.example"));
    let cause = Cause::EmailDomain { domain: it.id(), maker: founded.account.id() };
    let grant = granted(&founded.membership, viewer());
    let membership = Membership::begin(scene.ports.ids.fresh(), account.id(), grant, cause, NOW);
    let id = membership.id();
    let came =
        [Change::AddEmailDomain(it), Change::AddAccount(account), Change::AddMembership(membership.clone())];
    scene.write(came).await;
    let view = scene.moment().await.member(id).await.unwrap().unwrap();
    assert_eq!((view.membership, view.joined_by.map(|it| it.id)), (membership, Some(founded.account.id())));
}

/// Whatever its state; another organization may add the same domain.
pub async fn an_organization_has_a_domain_once_until_it_is_removed(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let mut last = domain(&scene, &founded, "acme.example");
    scene.write([Change::AddEmailDomain(last.clone())]).await;
    let states = [
        EmailDomainState::Verified { at: NOW, missing_since: None },
        EmailDomainState::Lapsed { at: NOW },
        EmailDomainState::Pending,
    ];
    for state in states {
        scene.write([Change::UpdateEmailDomain(in_state(last.clone(), state))]).await;
        last = stored(&scene, last.id()).await.unwrap();
        let twice = domain(&scene, &founded, "ACME.example");
        let refused = scene.commit([Change::AddEmailDomain(twice)]).await;
        assert!(is_taken(&refused, Unique::EmailDomain), "{last:?}: {refused:?}");
    }
    let theirs = domain(&scene, &elsewhere, "acme.example");
    scene.commit([Change::AddEmailDomain(theirs)]).await.expect("another organization may add it, too");
    let gone = last.clone().live().unwrap().remove(founded.account.id(), NOW);
    let again = domain(&scene, &founded, "acme.example");
    let both = [Change::UpdateEmailDomain(gone), Change::AddEmailDomain(again.clone())];
    scene.commit(both).await.expect("a removed one is in nobody's way");
    let moment = scene.moment().await;
    let found = moment.email_domain_of(founded.organization.id(), &again.parts().name).await.unwrap();
    assert_eq!(found, Some(again));
}

/// Of several that have it pending. Once it lapsed or was removed, it is free.
pub async fn a_domain_is_verified_for_one_organization(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let [ours, theirs] = [&founded, &elsewhere].map(|it| domain(&scene, it, "acme.example"));
    scene.write([ours.clone(), theirs.clone()].map(Change::AddEmailDomain)).await;
    let mut ours = ours;
    for ended in [
        EmailDomainState::Lapsed { at: NOW },
        EmailDomainState::Removed { at: NOW, by: founded.account.id() },
    ] {
        scene.write([Change::UpdateEmailDomain(verified(ours.clone()))]).await;
        ours = rewritten(verified(ours));
        let refused = scene.commit([Change::UpdateEmailDomain(verified(theirs.clone()))]).await;
        assert!(is_taken(&refused, Unique::VerifiedEmailDomain), "before {ended:?}: {refused:?}");
        scene.write([Change::UpdateEmailDomain(in_state(ours.clone(), ended.clone()))]).await;
        ours = rewritten(in_state(ours, ended));
    }
    scene.commit([Change::UpdateEmailDomain(verified(theirs))]).await.expect("nobody has it any more");
}

/// Six organizations at once.
pub async fn racing_verifications_of_one_domain_have_one_winner(ports: Ports) {
    let scene = Scene::on(ports);
    let mut pending = Vec::new();
    for _ in 0..6 {
        let founded = scene.found().await;
        let it = domain(&scene, &founded, "acme.example");
        scene.write([Change::AddEmailDomain(it.clone())]).await;
        pending.push(it);
    }
    let tries = pending.into_iter().map(|it| {
        let scene = scene.clone();
        tokio::spawn(async move { scene.commit([Change::UpdateEmailDomain(verified(it))]).await })
    });
    let mut won = 0;
    for one in tries.collect::<Vec<_>>() {
        let result = one.await.unwrap();
        let lost =
            is_taken(&result, Unique::VerifiedEmailDomain) || matches!(result, Err(CommitError::Conflict));
        assert!(result.is_ok() || lost, "{result:?}");
        won += u32::from(result.is_ok());
    }
    assert_eq!(won, 1);
}

/// So that nobody comes in by a policy that was changed meanwhile.
pub async fn an_email_domain_that_moved_is_no_longer_as_it_was_read(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let it = domain(&scene, &founded, "acme.example");
    scene.write([Change::AddEmailDomain(it.clone())]).await;
    let expectation = |id, revision| Change::Expect(Expectation::EmailDomain(id, revision));
    let as_read = || expectation(it.id(), Revision::FIRST);
    scene.commit([as_read()]).await.expect("nobody wrote since it was read");
    let changed = it.clone().live().unwrap().change_policy(DomainPolicy::InvitationOnly);
    scene.write([Change::UpdateEmailDomain(changed.clone())]).await;
    let stale = Change::UpdateEmailDomain(verified(it.clone()));
    let unknown = expectation(scene.ports.ids.fresh(), Revision::FIRST);
    for late in [as_read(), expectation(it.id(), Revision(7)), unknown, stale] {
        let refused = scene.commit([late.clone()]).await;
        assert!(matches!(refused, Err(CommitError::Conflict)), "{late:?}: {refused:?}");
    }
    assert_eq!(stored(&scene, it.id()).await, Some(rewritten(changed)));
}

/// And an update keeps it.
pub async fn a_look_into_dns_moves_no_revision_and_the_later_one_wins(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let it = domain(&scene, &founded, "acme.example");
    let id = it.id();
    scene.write([Change::AddEmailDomain(it.clone())]).await;
    let looked = async || scene.moment().await.email_domain_view(id).await.unwrap().unwrap().checked_at;
    for (at, expected) in [(after(5), after(5)), (after(9), after(9)), (after(7), after(9))] {
        scene.write([Change::Touch(Touch::EmailDomain { id, at })]).await;
        assert_eq!(looked().await, Some(expected));
    }
    scene.commit([Change::UpdateEmailDomain(verified(it))]).await.expect("it was not written");
    assert_eq!(looked().await, Some(after(9)));
    let nothing = Touch::EmailDomain { id: scene.ports.ids.fresh(), at: NOW };
    scene.commit([Change::Touch(nothing)]).await.expect("a touch refuses nothing");
}

/// Never one of another domain, nor of one above or below; nor one that is no longer verified.
pub async fn a_verified_email_domain_is_found_whoever_has_it(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let ours = domain(&scene, &founded, "acme.example");
    let theirs = verified(domain(&scene, &elsewhere, "acme.example"));
    let below = verified(domain(&scene, &founded, "shop.acme.example"));
    let lapsed = in_state(domain(&scene, &founded, "old.example"), EmailDomainState::Lapsed { at: NOW });
    scene.write([ours, theirs.clone(), below.clone(), lapsed].map(Change::AddEmailDomain)).await;
    let moment = scene.moment().await;
    for (name, expected) in [
        ("ACME.example", Some(theirs)),
        ("shop.acme.example", Some(below)),
        ("old.example", None),
        ("mail.acme.example", None),
        ("notacme.example", None),
    ] {
        let found = moment.verified_email_domain(&DomainName::parse(name).unwrap()).await.unwrap();
        assert_eq!(found, expected, "{name}");
    }
}

/// In pages that lose and double nothing; without those that were removed.
pub async fn email_domains_are_listed_in_the_order_in_which_they_were_added(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let theirs = domain(&scene, &elsewhere, "other.example");
    let gone = domain(&scene, &founded, "gone.example").live().unwrap().remove(founded.account.id(), NOW);
    scene.write([theirs, gone].map(Change::AddEmailDomain)).await;
    let mut expected = Vec::new();
    for number in 0..7_u64 {
        let created_at = after(number % 3);
        let parts = domain(&scene, &founded, &format!("d{number}.example")).into_parts();
        let it = EmailDomain::from_parts(EmailDomainParts { created_at, ..parts });
        expected.push((created_at, it.id()));
        scene.write([Change::AddEmailDomain(it)]).await;
    }
    expected.sort();
    let expected = expected.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    for size in [1, 2, 7, 100] {
        let (mut page, mut listed) = (Page::first(rows(size)), Vec::new());
        loop {
            let moment = scene.moment().await;
            let part = moment.email_domains(founded.organization.id(), &page).await.unwrap();
            listed.extend(part.rows.into_iter().map(|it| it.domain.id()));
            assert!(listed.len() <= expected.len(), "the walk never ends");
            let Some(next) = part.next else { break };
            page.after = Some(next);
        }
        assert_eq!(listed, expected, "by {size}");
    }
}

/// Those alone that are verified; at the very time, too.
pub async fn email_domains_to_check_are_those_not_looked_at_for_longest(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let mut made = Vec::new();
    for (number, looked) in [(0, Some(5)), (1, Some(3)), (2, None), (3, Some(10)), (4, Some(11))] {
        let it = verified(domain(&scene, &founded, &format!("d{number}.example")));
        let id = it.id();
        scene.write([Change::AddEmailDomain(it)]).await;
        scene.write(looked.map(|it| Change::Touch(Touch::EmailDomain { id, at: after(it) }))).await;
        made.push(id);
    }
    let lapsed = in_state(domain(&scene, &founded, "lapsed.example"), EmailDomainState::Lapsed { at: NOW });
    scene.write([lapsed, domain(&scene, &founded, "pending.example")].map(Change::AddEmailDomain)).await;
    let moment = scene.moment().await;
    let due = async |before, limit| {
        let due = moment.email_domains_to_check(before, limit).await.unwrap();
        due.into_iter().map(|it| it.id()).collect::<Vec<_>>()
    };
    assert_eq!(due(after(10), 10).await, [made[2], made[1], made[0], made[3]]);
    assert_eq!(due(after(10), 2).await, [made[2], made[1]]);
    assert_eq!(due(NOW.minus(DAY), 10).await, [made[2]]);
}

/// Whose accounts are active, and no others.
pub async fn owners_are_read_who_were_members_longest_first(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let mut owners = vec![founded.account.id()];
    for (access, suspended, leaves) in [
        (Access::Owner, false, false),
        (Access::All, false, false),
        (Access::Owner, true, false),
        (Access::Owner, false, true),
        (Access::Owner, false, false),
    ] {
        let joined = scene.joining(&founded, scene.somebody(), NOW);
        let parts = MembershipParts { access: access.clone(), ..joined.membership.clone().into_parts() };
        let membership = Membership::from_parts(parts);
        let joined = super::scene::Joined { membership: membership.clone(), ..joined };
        scene.write(scene.coming(&joined)).await;
        if suspended {
            let state = AccountState::Suspended { at: NOW, by: founded.account.id(), reason: None };
            let parts = AccountParts { state, ..joined.account.clone().into_parts() };
            scene.write([Change::UpdateAccount(Account::from_parts(parts))]).await;
        }
        if leaves {
            scene.write([Change::UpdateMembership(removed(membership, &founded.account))]).await;
        }
        if access == Access::Owner && !suspended && !leaves {
            owners.push(joined.account.id());
        }
    }
    let moment = scene.moment().await;
    for (organization, limit, expected) in [
        (founded.organization.id(), 10, &owners[..]),
        (founded.organization.id(), 2, &owners[..2]),
        (elsewhere.organization.id(), 10, &[elsewhere.account.id()][..]),
    ] {
        let found = moment.owner_accounts(organization, limit).await.unwrap();
        assert_eq!(found.iter().map(Account::id).collect::<Vec<_>>(), expected);
    }
}
