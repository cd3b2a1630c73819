//! A set of changes is written whole or not at all, and only on what was read.
use registration_domain::page::Page;
use registration_domain::{
    access::Access,
    account::{Account, AccountParts},
    audit::Action,
    change::{Change, ChangeSet, Expectation},
    invitation::{Invitation, InvitationState, RevokedWhy},
    membership::Membership,
    organization_name::OrganizationName,
    platform::Ports,
    port::{CommitError, Unique},
    revision::Revision,
    view::AuditFilter,
};

use super::scene::{Founded, Scene, granted, permit, person, resent, rows, viewer, with_state};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a ledger about whole commits tests.
    commit_contract, ledger, Ports:
    a_refused_commit_writes_nothing,
    a_committed_act_is_known_and_a_refused_one_is_not,
    an_act_is_written_once,
    an_id_is_written_once,
    changes_are_applied_in_their_order,
    a_stale_update_is_refused,
    an_update_of_what_is_not_there_is_refused,
    an_update_moves_the_revision_by_one,
    racing_updates_have_one_winner,
    an_expectation_holds_only_as_it_was_read,
    an_expectation_moves_nothing,
    a_demotion_between_check_and_commit_is_a_conflict,
    of_two_acts_that_undo_each_other_one_wins,
    racing_steps_down_leave_an_owner,
}

/// Not the rows before the one that is refused, nor the message, the receipt or the count.
pub async fn a_refused_commit_writes_nothing(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (account, mail) = (scene.somebody(), scene.any_message(NOW));
    let (receipt, spend) = (super::receipt::receipt("key", NOW), super::limit::spend("guest", 1));
    let event = scene.event(&founded, Action::SignedIn, NOW);
    let taken = scene.account(founded.account.parts().email.as_str(), &scene.word());
    let refused = scene
        .commit([
            Change::Receipt(receipt.clone()),
            spend.clone(),
            Change::AddAccount(account.clone()),
            Change::Send(mail),
            Change::Record(event),
            Change::AddAccount(taken),
        ])
        .await;
    assert!(matches!(refused, Err(CommitError::Taken(Unique::Email))), "{refused:?}");

    let moment = scene.moment().await;
    assert_eq!(moment.account(account.id()).await.unwrap(), None, "an account was left behind");
    assert_eq!(moment.receipt(receipt.once.scope, "key").await.unwrap(), None, "a receipt was left behind");
    let page = Page::first(rows(10));
    let lines = moment.audit_events(founded.organization.id(), &AuditFilter::default(), &page).await.unwrap();
    assert_eq!(lines.rows, [], "a line of the audit log was left behind");
    drop(moment);
    assert_eq!(scene.claim(NOW).await, [], "a message was left behind");
    scene.commit([spend]).await.expect("nothing was counted by the refused commit");
}

/// So that a commit whose answer was lost can be looked up.
pub async fn a_committed_act_is_known_and_a_refused_one_is_not(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let [done, refused, never, empty] = [(); 4].map(|()| scene.act(NOW));
    let add = |account| ChangeSet::new().with(Change::AddAccount(account));
    scene.ports.ledger.commit(done, add(scene.somebody())).await.unwrap();
    scene.ports.ledger.commit(refused, add(founded.account)).await.unwrap_err();
    scene.ports.ledger.commit(empty, ChangeSet::new()).await.unwrap();
    let moment = scene.moment().await;
    for (act, expected) in [(done, true), (refused, false), (never, false), (empty, true)] {
        assert_eq!(moment.was_committed(act.id).await.unwrap(), expected, "{act:?}");
    }
}

/// A second try of the same act, after an answer that was lost, changes nothing more.
pub async fn an_act_is_written_once(ports: Ports) {
    let scene = Scene::on(ports);
    let (act, second) = (scene.act(NOW), scene.somebody());
    let add = |account| ChangeSet::new().with(Change::AddAccount(account));
    scene.ports.ledger.commit(act, add(scene.somebody())).await.unwrap();
    scene.ports.ledger.commit(act, add(second.clone())).await.unwrap_err();
    assert_eq!(scene.moment().await.account(second.id()).await.unwrap(), None);
}

/// What is added under an id that is there already does not take its place.
pub async fn an_id_is_written_once(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let parts = scene.somebody().into_parts();
    let usurper = Account::from_parts(AccountParts { id: founded.account.id(), ..parts });
    scene.commit([Change::AddAccount(usurper)]).await.unwrap_err();
    let stored = scene.moment().await.account(founded.account.id()).await.unwrap();
    assert_eq!(stored, Some(founded.account));
}

/// What makes room comes before what takes it; in the other order there is no room.
pub async fn changes_are_applied_in_their_order(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let old = scene.invitation(&founded.membership, "guest@example.org");
    scene.write([Change::AddInvitation(old.clone())]).await;
    let by = founded.account.id();
    let close = Change::UpdateInvitation(old.open().unwrap().revoke(by, RevokedWhy::Replaced, NOW));
    let add = Change::AddInvitation(scene.invitation(&founded.membership, "guest@example.org"));
    let refused = scene.commit([add.clone(), close.clone()]).await;
    assert!(matches!(refused, Err(CommitError::Taken(Unique::PendingInvitation))), "{refused:?}");
    scene.commit([close, add]).await.expect("the old one makes room first");
}

/// Of each aggregate: whoever read before somebody else wrote writes nothing.
pub async fn a_stale_update_is_refused(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for Rewrite { what, first, stale } in rewrites(&scene, &founded).await {
        scene.commit([first]).await.unwrap_or_else(|why| panic!("the first update of {what}: {why}"));
        let refused = scene.commit([stale]).await;
        assert!(matches!(refused, Err(CommitError::Conflict)), "a stale update of {what}: {refused:?}");
    }
    let stored = scene.moment().await.account(founded.account.id()).await.unwrap().unwrap();
    assert_eq!(stored.parts().name, person("First", "Writer"), "the stale update was written");
}

/// An update adds nothing.
pub async fn an_update_of_what_is_not_there_is_refused(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (account, unknown) = (scene.somebody(), scene.founding());
    let invitation = scene.invitation(&founded.membership, "guest@example.org");
    for change in [
        Change::UpdateAccount(account.clone()),
        Change::UpdateSession(scene.session(&founded.account, "phone")),
        Change::UpdateOrganization(unknown.organization),
        Change::UpdateInvitation(invitation),
    ] {
        let refused = scene.commit([change.clone()]).await;
        assert!(matches!(refused, Err(CommitError::Conflict)), "{change:?}: {refused:?}");
    }
    assert_eq!(scene.moment().await.account(account.id()).await.unwrap(), None);
}

/// What is stored is what was given, one revision later.
pub async fn an_update_moves_the_revision_by_one(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let mut read = founded.organization;
    for round in 1..=3 {
        let name = OrganizationName::parse(&format!("Acme {round}")).unwrap();
        scene.write([Change::UpdateOrganization(read.clone().rename(name.clone()))]).await;
        read = scene.moment().await.organization(read.id()).await.unwrap().unwrap();
        assert_eq!((read.parts().revision, &read.parts().name), (Revision(round), &name));
    }
}

/// However many write at the same time what they read at the same time.
pub async fn racing_updates_have_one_winner(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for round in 0..10 {
        let read = scene.invitation(&founded.membership, &format!("guest{round}@example.org"));
        scene.write([Change::AddInvitation(read.clone())]).await;
        let tries = (0..8).map(|_| {
            let (scene, read) = (scene.clone(), read.clone());
            let declined = with_state(read, InvitationState::Declined { at: NOW, reason: None });
            tokio::spawn(async move { scene.commit([Change::UpdateInvitation(declined)]).await })
        });
        let mut won = 0;
        for one in tries.collect::<Vec<_>>() {
            match one.await.unwrap() {
                Ok(()) => won += 1,
                lost => assert!(matches!(lost, Err(CommitError::Conflict)), "{lost:?}"),
            }
        }
        assert_eq!(won, 1, "round {round}");
    }
}

/// Of an account, a membership and an organization.
pub async fn an_expectation_holds_only_as_it_was_read(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let expectations = |revision| {
        [
            Expectation::Account(founded.account.id(), revision),
            Expectation::Membership(founded.membership.id(), revision),
            Expectation::Organization(founded.organization.id(), revision),
        ]
    };
    for expectation in expectations(Revision::FIRST) {
        scene.commit([Change::Expect(expectation)]).await.expect("nobody wrote since it was read");
    }
    let rewritten = rewrites(&scene, &founded).await.into_iter().map(|it| it.first);
    scene.write(rewritten).await;
    let unknown = Expectation::Account(scene.ports.ids.fresh(), Revision::FIRST);
    let ahead = expectations(Revision(7));
    for expectation in expectations(Revision::FIRST).into_iter().chain(ahead).chain([unknown]) {
        let refused = scene.commit([Change::Expect(expectation)]).await;
        assert!(matches!(refused, Err(CommitError::Conflict)), "{expectation:?}: {refused:?}");
    }
}

/// It is a check, and no write.
pub async fn an_expectation_moves_nothing(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let expectation = Expectation::Organization(founded.organization.id(), Revision::FIRST);
    for _ in 0..3 {
        scene.commit([Change::Expect(expectation)]).await.expect("nobody wrote since it was read");
    }
    let stored = scene.moment().await.organization(founded.organization.id()).await.unwrap();
    assert_eq!(stored, Some(founded.organization));
}

/// What rests on a permission that is gone is not written.
pub async fn a_demotion_between_check_and_commit_is_a_conflict(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let checked = permit(&founded.membership);
    let demoted = founded.membership.clone().active().unwrap();
    let demoted = demoted.change_access(granted(&founded.membership, viewer()));
    scene.write([Change::UpdateMembership(demoted)]).await;
    let invitation = scene.invitation(&founded.membership, "guest@example.org");
    let id = invitation.id();
    let late = ChangeSet::under(&checked).with(Change::AddInvitation(invitation));
    let refused = scene.ports.ledger.commit(scene.act(NOW), late).await;
    assert!(matches!(refused, Err(CommitError::Conflict)), "{refused:?}");
    assert_eq!(scene.moment().await.invitation(id).await.unwrap(), None);
}

/// Two Owners who demote each other at the same time: whoever comes second is no Owner any more.
pub async fn of_two_acts_that_undo_each_other_one_wins(ports: Ports) {
    let scene = Scene::on(ports);
    for round in 0..20 {
        let founded = scene.found().await;
        let other = second_owner(&scene, &founded).await;
        let demote = |by: &Membership, whom: &Membership| {
            let demoted = whom.clone().active().unwrap().change_access(granted(by, viewer()));
            let changes = ChangeSet::under(&permit(by)).with(Change::UpdateMembership(demoted));
            let scene = scene.clone();
            tokio::spawn(async move { scene.ports.ledger.commit(scene.act(NOW), changes).await })
        };
        let (one, two) =
            tokio::join!(demote(&founded.membership, &other), demote(&other, &founded.membership));
        let results = [one.unwrap(), two.unwrap()];
        let won = results.iter().filter(|it| it.is_ok()).count();
        assert_eq!(won, 1, "round {round}: {results:?}");
        let owners = scene.moment().await.owners(founded.organization.id()).await.unwrap();
        assert_eq!(owners, 1, "round {round}: {results:?}");
    }
}

/// A rule over a set is guarded by the row of the organization, which each change of Owners writes.
pub async fn racing_steps_down_leave_an_owner(ports: Ports) {
    let scene = Scene::on(ports);
    for round in 0..20 {
        let founded = scene.found().await;
        let other = second_owner(&scene, &founded).await;
        let organization =
            scene.moment().await.organization(founded.organization.id()).await.unwrap().unwrap();
        let step_down = |who: &Membership| {
            let steps = [
                Change::UpdateMembership(who.clone().active().unwrap().step_down()),
                Change::UpdateOrganization(organization.clone()),
            ];
            let scene = scene.clone();
            tokio::spawn(async move { scene.commit(steps).await })
        };
        let (one, two) = tokio::join!(step_down(&founded.membership), step_down(&other));
        let results = [one.unwrap(), two.unwrap()];
        let owners = scene.moment().await.owners(founded.organization.id()).await.unwrap();
        assert_eq!(owners, 1, "round {round}: {results:?}");
    }
}

async fn second_owner(scene: &Scene, founded: &Founded) -> Membership {
    let joined = scene.joined(founded).await;
    let promoted = joined.membership.active().unwrap();
    let promoted = promoted.change_access(granted(&founded.membership, Access::Owner));
    let id = promoted.id();
    scene.write([Change::UpdateMembership(promoted)]).await;
    scene.moment().await.membership(id).await.unwrap().unwrap()
}

/// Two updates that rest on the same read.
struct Rewrite {
    what: &'static str,
    first: Change,
    stale: Change,
}

async fn rewrites(scene: &Scene, founded: &Founded) -> [Rewrite; 5] {
    let joined = scene.joined(founded).await;
    let invitation = scene.invitation(&founded.membership, &format!("{}@example.org", scene.word()));
    let session = scene.session(&founded.account, "phone");
    scene.write([Change::AddInvitation(invitation.clone()), Change::AddSession(session.clone())]).await;
    let named = |first, last| {
        let parts = founded.account.clone().into_parts();
        Change::UpdateAccount(Account::from_parts(AccountParts { name: person(first, last), ..parts }))
    };
    let rename = |name| {
        let name = OrganizationName::parse(name).expect("a name");
        Change::UpdateOrganization(founded.organization.clone().rename(name))
    };
    let access = |access| {
        let open = founded.membership.clone().active().expect("it is active");
        Change::UpdateMembership(open.change_access(granted(&founded.membership, access)))
    };
    let invited = |it: Invitation| Change::UpdateInvitation(it);
    let declined = with_state(invitation.clone(), InvitationState::Declined { at: NOW, reason: None });
    drop(joined);
    [
        Rewrite { what: "an account", first: named("First", "Writer"), stale: named("Second", "Writer") },
        Rewrite {
            what: "a session",
            first: Change::UpdateSession(session.clone().end(NOW)),
            stale: Change::UpdateSession(session),
        },
        Rewrite { what: "an organization", first: rename("First"), stale: rename("Second") },
        Rewrite { what: "a membership", first: access(Access::All), stale: access(viewer()) },
        Rewrite {
            what: "an invitation",
            first: invited(resent(invitation, &founded.membership)),
            stale: invited(declined),
        },
    ]
}
