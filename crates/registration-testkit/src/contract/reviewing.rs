//! What reviewers, and the jobs that help them, find of those who ask to join.
use std::{collections::BTreeSet, time::Duration};

use registration_domain::{
    access::{Access, RoleKey},
    account::{Account, AccountParts, AccountState},
    change::{Change, Touch},
    count::Count,
    join_request::{JoinRequest, JoinRequestId, JoinRequestState},
    membership::{Membership, MembershipParts, MembershipState},
    permission::Permission,
    platform::Ports,
    time::DAY,
    view::{AuditFilter, EndedMembership, Person},
};

use super::{
    join_request::{add, asking, request_of, with},
    scene::{Scene, removed},
};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about reviewing tests.
    reviewing_contract, reviewing, Ports:
    waiting_requests_are_counted,
    requests_to_warn_of_are_found_when_it_is_time,
    lapsed_requests_are_found_when_their_time_is_over,
    an_organization_knows_a_requester_from_before,
    reviewers_are_those_who_signed_in_last,
    lines_of_the_audit_log_are_counted,
}

/// Those that can be decided at that time.
pub async fn waiting_requests_are_counted(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    add(&scene, asking(&scene, &elsewhere, NOW)).await;
    let (account, request) = asking(&scene, &founded, NOW);
    let request = with(request, |it| it.state = JoinRequestState::Withdrawn { at: NOW });
    add(&scene, (account, request)).await;
    for asked in [NOW, NOW, NOW.minus(30 * DAY)] {
        add(&scene, asking(&scene, &founded, asked)).await;
    }
    let here = founded.organization.id();
    let moment = scene.moment().await;
    assert_eq!(moment.count_join_requests(here, NOW).await.unwrap(), Count::Exactly(2));
    let later = NOW.plus(30 * DAY);
    assert_eq!(moment.count_join_requests(here, later).await.unwrap(), Count::Exactly(0));
}

fn ids_of(requests: Vec<JoinRequest>) -> Vec<JoinRequestId> {
    requests.into_iter().map(|it| it.id()).collect()
}

/// Of every organization, the longest due first, and none of which was told or that ended.
pub async fn requests_to_warn_of_are_found_when_it_is_time(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let second = add(&scene, asking(&scene, &founded, NOW.minus(27 * DAY))).await;
    let first = add(&scene, asking(&scene, &elsewhere, NOW.minus(28 * DAY))).await;
    let early = NOW.minus(27 * DAY).plus(Duration::from_micros(1));
    add(&scene, asking(&scene, &founded, early)).await;
    let (account, told) = asking(&scene, &founded, NOW.minus(29 * DAY));
    add(&scene, (account, with(told, |it| it.warn_at = None))).await;
    let (account, ended) = asking(&scene, &founded, NOW.minus(29 * DAY));
    add(&scene, (account, with(ended, |it| it.state = JoinRequestState::Withdrawn { at: NOW }))).await;
    let moment = scene.moment().await;
    assert_eq!(ids_of(moment.requests_to_warn_of(NOW, 10).await.unwrap()), [first, second]);
    assert_eq!(ids_of(moment.requests_to_warn_of(NOW, 1).await.unwrap()), [first]);
}

/// An instant equal to the expiry is expired.
pub async fn lapsed_requests_are_found_when_their_time_is_over(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let second = add(&scene, asking(&scene, &founded, NOW.minus(30 * DAY))).await;
    let first = add(&scene, asking(&scene, &elsewhere, NOW.minus(31 * DAY))).await;
    let early = NOW.minus(30 * DAY).plus(Duration::from_micros(1));
    add(&scene, asking(&scene, &founded, early)).await;
    let (account, closed) = asking(&scene, &founded, NOW.minus(40 * DAY));
    add(&scene, (account, with(closed, |it| it.state = JoinRequestState::Expired { at: NOW }))).await;
    let moment = scene.moment().await;
    assert_eq!(ids_of(moment.lapsed_requests(NOW, 10).await.unwrap()), [first, second]);
    assert_eq!(ids_of(moment.lapsed_requests(NOW, 1).await.unwrap()), [first]);
}

/// What ended there, the last first, and who has the same name there; nothing of another organization.
pub async fn an_organization_knows_a_requester_from_before(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let named = |first: &str, last: &str| {
        scene.account_of(&format!("{}@example.org", scene.word()), &scene.word(), first, last)
    };
    let requester = named("Zoë", "Müller");
    let by = founded.account.id();
    let (mut ended, mut asked) = (Vec::new(), Vec::new());
    for (place, days) in [(&founded, 1), (&elsewhere, 2), (&founded, 3)] {
        let came = NOW.minus(days * DAY);
        let joined = scene.joining(place, requester.clone(), came);
        let state = MembershipState::Removed { at: came.plus(DAY / 2), by, reason: None };
        let parts = MembershipParts { state, ..joined.membership.clone().into_parts() };
        let membership = Membership::from_parts(parts);
        let rejected = with(request_of(&scene, place, requester.id(), came), |it| {
            it.state = JoinRequestState::Rejected { at: came, by, reason: None };
        });
        if place.organization == founded.organization {
            let removed_by = Person::from(&founded.account);
            ended.push(EndedMembership { membership: membership.clone(), removed_by });
            asked.push(rejected.clone());
        }
        if days == 1 {
            scene.write([Change::AddAccount(requester.clone())]).await;
        }
        let mail = Change::Send(scene.mail(&joined.invitation));
        scene.write([Change::AddInvitation(joined.invitation), mail]).await;
        scene.write([Change::AddMembership(membership), Change::AddJoinRequest(rejected)]).await;
    }
    scene.write([Change::AddJoinRequest(request_of(&scene, &founded, requester.id(), NOW))]).await;
    let [one, gone, other, there] =
        [named("ZOE", "Muller"), named("Zoe", "müller"), named("Zoë", "Müllerin"), named("Zoë", "Müller")];
    for (place, account) in [(&founded, &one), (&founded, &gone), (&founded, &other), (&elsewhere, &there)] {
        let joined = scene.joining(place, account.clone(), NOW);
        scene.write(scene.coming(&joined)).await;
        if account == &gone {
            scene.write([Change::UpdateMembership(removed(joined.membership, &founded.account))]).await;
        }
    }
    let ids = [founded.account.id(), requester.id()];
    let histories = scene.moment().await.requester_histories(founded.organization.id(), &ids).await.unwrap();
    let [nothing, history] = histories.try_into().expect("one for each");
    assert_eq!((nothing.memberships, nothing.requests), (vec![], vec![]));
    assert_eq!((history.memberships, history.requests), (ended, asked));
    let namesakes = history.namesakes.into_iter().map(|it| it.id).collect::<BTreeSet<_>>();
    assert_eq!(namesakes, BTreeSet::from([one.id(), gone.id()]));
}

/// Who may review, for whichever reason; nobody who is removed or suspended.
pub async fn reviewers_are_those_who_signed_in_last(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let [reviewing, buying] = ["reviewer", "buyer"].map(|it| RoleKey::parse(it).expect("a role"));
    let chosen = |permission: Permission| Access::Chosen([Permission::AUDIT_VIEW, permission].into());
    let mut joined = Vec::new();
    for (access, seen) in [
        (Access::All, None),
        (chosen(Permission::JOIN_REQUESTS_REVIEW), Some(4)),
        (chosen(Permission::MEMBERS_VIEW), Some(9)),
        (Access::Role(reviewing.clone()), Some(2)),
        (Access::Role(buying), Some(8)),
        (Access::Owner, Some(3)),
        (Access::All, Some(7)),
        (Access::All, Some(6)),
    ] {
        let mut it = scene.joining(&founded, scene.somebody(), NOW);
        it.membership = Membership::from_parts(MembershipParts { access, ..it.membership.into_parts() });
        scene.write(scene.coming(&it)).await;
        if let Some(hours) = seen {
            let (account, at) = (it.account.id(), NOW.plus(Duration::from_hours(hours)));
            scene.write([Change::Touch(Touch::SignIn { account, at })]).await;
        }
        joined.push(it);
    }
    let suspended = joined[7].account.clone().into_parts();
    let state = AccountState::Suspended { at: NOW, by: founded.account.id(), reason: None };
    let account = Account::from_parts(AccountParts { state, ..suspended });
    let gone = removed(joined[6].membership.clone(), &founded.account);
    scene.write([Change::UpdateAccount(account), Change::UpdateMembership(gone)]).await;
    let moment = scene.moment().await;
    let here = founded.organization.id();
    let ids = |found: Vec<Account>| found.iter().map(Account::id).collect::<Vec<_>>();
    let found = ids(moment.reviewers(here, &[reviewing], 10).await.unwrap());
    let of = |index: usize| joined[index].account.id();
    assert_eq!(found[..3], [of(1), of(5), of(3)]);
    let never = BTreeSet::from([of(0), founded.account.id()]);
    assert_eq!(found[3..].iter().copied().collect::<BTreeSet<_>>(), never, "who never did comes last");
    assert_eq!(ids(moment.reviewers(here, &[], 2).await.unwrap()), [of(1), of(5)]);
    drop(moment);
}

/// As many as the list with the same filter has.
pub async fn lines_of_the_audit_log_are_counted(ports: Ports) {
    use registration_domain::audit::Action::{EmployeeCodeRefused, EmployeeCodeWrong};
    let (scene, founded) = Scene::founded(ports).await;
    for (action, at) in
        [(EmployeeCodeWrong, NOW), (EmployeeCodeWrong, NOW.plus(DAY)), (EmployeeCodeRefused, NOW)]
    {
        scene.write([Change::Record(scene.event(&founded, action, at))]).await;
    }
    let here = founded.organization.id();
    let wrong = AuditFilter { action: Some(EmployeeCodeWrong), ..AuditFilter::default() };
    let late = AuditFilter { since: Some(NOW.plus(DAY)), ..wrong.clone() };
    let moment = scene.moment().await;
    for (filter, expected) in [(AuditFilter::default(), 3), (wrong, 2), (late, 1)] {
        let count = moment.count_audit_events(here, &filter).await.unwrap();
        assert_eq!(count, Count::Exactly(expected), "{filter:?}");
    }
    let nowhere = moment.count_audit_events(scene.ports.ids.fresh(), &AuditFilter::default()).await.unwrap();
    assert_eq!(nowhere, Count::Exactly(0));
}
