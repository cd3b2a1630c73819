//! An account asks an organization once at a time; who decides finds all that waits, oldest first.
use std::time::Duration;

use registration_domain::{
    access::Access,
    account::{Account, AccountId},
    change::Change,
    domain_name::DomainName,
    join_request::{JoinRequest, JoinRequestId, JoinRequestParts, JoinRequestState, Method, SettledBy},
    membership::{Cause, Membership},
    message::{Asking, JoiningLetter, Letter},
    note::Note,
    organization_name::OrganizationName,
    page::Page,
    platform::Ports,
    port::{CommitError, Unique},
    settings::Lifetimes,
    time::{DAY, Timestamp},
    view::{JoinRequestFilter, ListedRequestState},
};

use super::{
    employee_code::code,
    row::{every_access, note, odd},
    scene::{Founded, Scene, address, granted, person, rows, viewer},
};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a store about join requests tests.
    join_request_contract, join_request, Ports:
    every_join_request_is_read_as_it_was_written,
    who_came_by_a_request_or_a_code_is_shown_with_who_let_them_in,
    an_account_has_one_pending_request_in_an_organization,
    racing_requests_of_one_account_have_one_winner,
    an_ended_request_stands_in_no_way,
    an_expired_request_stands_in_the_way_until_it_is_closed,
    the_last_rejection_is_found,
    requests_are_listed_oldest_first,
    requests_are_filtered_by_state_at_a_time,
    requests_of_an_account_are_listed_newest_first,
}

/// Somebody's request, neither of which is stored.
pub(super) fn asking(scene: &Scene, founded: &Founded, at: Timestamp) -> (Account, JoinRequest) {
    let account = scene.somebody();
    let request = request_of(scene, founded, account.id(), at);
    (account, request)
}
pub(super) fn request_of(scene: &Scene, founded: &Founded, account: AccountId, at: Timestamp) -> JoinRequest {
    let (id, lifetimes) = (scene.ports.ids.fresh(), Lifetimes::default());
    JoinRequest::with_note(id, founded.organization.id(), account, None, &lifetimes, at)
}
pub(super) fn with(request: JoinRequest, change: impl FnOnce(&mut JoinRequestParts)) -> JoinRequest {
    let mut parts = request.into_parts();
    change(&mut parts);
    JoinRequest::from_parts(parts)
}
pub(super) async fn add(scene: &Scene, (account, request): (Account, JoinRequest)) -> JoinRequestId {
    let id = request.id();
    scene.write([Change::AddAccount(account), Change::AddJoinRequest(request)]).await;
    id
}
/// One of each way to end, by this account.
fn ends(scene: &Scene, by: AccountId, at: Timestamp) -> Vec<JoinRequestState> {
    let ids = &scene.ports.ids;
    let mut states = vec![
        JoinRequestState::Rejected { at, by, reason: None },
        JoinRequestState::Rejected { at, by, reason: note() },
        JoinRequestState::Withdrawn { at },
        JoinRequestState::Settled { at, by: SettledBy::Invitation(ids.fresh()) },
        JoinRequestState::Settled { at, by: SettledBy::EmployeeCode(ids.fresh()) },
        JoinRequestState::Settled { at, by: SettledBy::EmailDomain(ids.fresh()) },
        JoinRequestState::Expired { at },
    ];
    states.extend(every_access().into_iter().map(|access| JoinRequestState::Approved { at, by, access }));
    states
}

fn domain() -> DomainName {
    DomainName::parse("acme.example").expect("a domain")
}

/// In each state, with each method.
pub async fn every_join_request_is_read_as_it_was_written(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let backing = code(&scene, &founded, None);
    scene.write([Change::AddEmployeeCode(backing.clone())]).await;
    let by = founded.account.id();
    let mut states = ends(&scene, by, odd());
    states.push(JoinRequestState::Pending);
    for (number, state) in (0_usize..).zip(states) {
        for method in [
            Method::Approval { note: None },
            Method::Approval { note: note() },
            Method::EmployeeCode { code: backing.id() },
            Method::EmailDomain { domain: scene.ports.ids.fresh(), name: domain(), note: None },
            Method::EmailDomain { domain: scene.ports.ids.fresh(), name: domain(), note: note() },
        ] {
            let (account, request) = asking(&scene, &founded, odd());
            let request = with(request, |it| {
                it.method = method.clone();
                it.state = state.clone();
                it.warn_at = (number % 2 == 0).then(odd);
                it.reminded_at = (number % 2 == 1).then(odd);
            });
            add(&scene, (account.clone(), request.clone())).await;
            let moment = scene.moment().await;
            assert_eq!(moment.join_request(request.id()).await.unwrap(), Some(request.clone()));
            let view = moment.join_request_view(request.id()).await.unwrap().unwrap();
            let decided =
                matches!(state, JoinRequestState::Approved { .. } | JoinRequestState::Rejected { .. });
            assert_eq!(view.decided_by, decided.then(|| (&founded.account).into()));
            assert_eq!(view.code, request.code().map(|_| backing.clone()));
            assert_eq!((view.request, view.organization), (request, founded.organization.clone()));
            assert_eq!(view.account, account);
        }
    }
    assert_eq!(scene.moment().await.join_request(scene.ports.ids.fresh()).await.unwrap(), None);
}

/// One of each letter about joining.
pub(super) fn every_letter(scene: &Scene, access: &Access, reason: Option<Note>) -> Vec<Letter> {
    let ids = &scene.ports.ids;
    let name = OrganizationName::parse("Müller & Söhne").expect("a name");
    let asking = |has_code| Asking {
        request: ids.fresh(),
        organization: ids.fresh(),
        name: name.clone(),
        person: person("Zoë", "李"),
        email: address("Ada@Example.org"),
        note: reason.clone(),
        has_code,
        domain: has_code.then(domain),
        asked_at: odd(),
        expires_at: odd().plus(DAY),
    };
    let (organization, access) = (ids.fresh(), access.clone());
    let letters = [
        JoiningLetter::Requested(asking(false)),
        JoiningLetter::RequestReminder(asking(true)),
        JoiningLetter::RequestExpiring(asking(false)),
        JoiningLetter::Approved {
            request: ids.fresh(),
            organization,
            name: name.clone(),
            access: access.clone(),
        },
        JoiningLetter::Rejected {
            request: ids.fresh(),
            name: name.clone(),
            reason: reason.clone(),
            ask_again_at: odd(),
        },
        JoiningLetter::Expired { request: ids.fresh(), name: name.clone(), asked_at: odd() },
        JoiningLetter::JoinedByCode { membership: ids.fresh(), organization, name: name.clone(), access },
    ];
    letters.map(Letter::Joining).into()
}

/// The reviewer who approved, or the maker of the code.
pub async fn who_came_by_a_request_or_a_code_is_shown_with_who_let_them_in(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let by = founded.account.id();
    let key = code(&scene, &founded, None);
    let approved = |it: &mut JoinRequestParts| {
        it.state = JoinRequestState::Approved { at: NOW, by, access: viewer() };
    };
    let (asked, request) = asking(&scene, &founded, NOW);
    let request = with(request, approved);
    let typed = scene.somebody();
    let member = |account: &Account, cause| {
        let grant = granted(&founded.membership, viewer());
        Membership::begin(scene.ports.ids.fresh(), account.id(), grant, cause, NOW)
    };
    let members =
        [member(&asked, Cause::JoinRequest(request.id())), member(&typed, Cause::EmployeeCode(key.id()))];
    scene.write([asked, typed].map(Change::AddAccount)).await;
    scene.write([Change::AddEmployeeCode(key), Change::AddJoinRequest(request)]).await;
    scene.write(members.clone().map(Change::AddMembership)).await;
    let moment = scene.moment().await;
    for membership in members {
        let view = moment.member(membership.id()).await.unwrap().unwrap();
        assert_eq!(view.joined_by, Some((&founded.account).into()), "{:?}", membership.parts().cause);
        assert_eq!(view.membership, membership);
    }
}

fn is_taken(result: &Result<(), CommitError>) -> bool {
    matches!(result, Err(CommitError::Taken(Unique::PendingJoinRequest)))
}

/// And in another organization one more.
pub async fn an_account_has_one_pending_request_in_an_organization(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let (account, first) = asking(&scene, &founded, NOW);
    let id = account.id();
    add(&scene, (account, first.clone())).await;
    let again = scene.commit([Change::AddJoinRequest(request_of(&scene, &founded, id, NOW))]).await;
    assert!(is_taken(&again), "{again:?}");
    let there = request_of(&scene, &elsewhere, id, NOW);
    scene.commit([Change::AddJoinRequest(there.clone())]).await.expect("another organization is asked");
    let moment = scene.moment().await;
    assert_eq!(moment.pending_request(id, founded.organization.id()).await.unwrap(), Some(first));
    assert_eq!(moment.pending_request(id, elsewhere.organization.id()).await.unwrap(), Some(there));
    let nobody = moment.pending_request(founded.account.id(), founded.organization.id()).await.unwrap();
    assert_eq!(nobody, None);
}

/// Ten at once.
pub async fn racing_requests_of_one_account_have_one_winner(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for round in 0..3 {
        let account = scene.somebody();
        scene.write([Change::AddAccount(account.clone())]).await;
        let tries = (0..10).map(|_| {
            let (request, scene) = (request_of(&scene, &founded, account.id(), NOW), scene.clone());
            tokio::spawn(async move { scene.commit([Change::AddJoinRequest(request)]).await })
        });
        let mut won = 0;
        for one in tries.collect::<Vec<_>>() {
            let result = one.await.unwrap();
            let lost = is_taken(&result) || matches!(result, Err(CommitError::Conflict));
            assert!(result.is_ok() || lost, "round {round}: {result:?}");
            won += u32::from(result.is_ok());
        }
        assert_eq!(won, 1, "round {round}");
    }
}

/// However it ended.
pub async fn an_ended_request_stands_in_no_way(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    for state in ends(&scene, founded.account.id(), NOW) {
        let (account, request) = asking(&scene, &founded, NOW);
        let id = account.id();
        add(&scene, (account, request.clone())).await;
        scene.write([Change::UpdateJoinRequest(with(request, |it| it.state = state.clone()))]).await;
        let again = request_of(&scene, &founded, id, NOW);
        scene.commit([Change::AddJoinRequest(again)]).await.unwrap_or_else(|why| panic!("{state:?}: {why}"));
    }
}

/// Time decides nothing in a store.
pub async fn an_expired_request_stands_in_the_way_until_it_is_closed(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (account, old) = asking(&scene, &founded, NOW.minus(31 * DAY));
    let id = account.id();
    add(&scene, (account, old.clone())).await;
    let new = request_of(&scene, &founded, id, NOW);
    let refused = scene.commit([Change::AddJoinRequest(new.clone())]).await;
    assert!(is_taken(&refused), "{refused:?}");
    let closed = old.lapsed(NOW).expect("its time is over").close(NOW);
    scene.write([Change::UpdateJoinRequest(closed), Change::AddJoinRequest(new)]).await;
}

/// Of this account, in this organization, by when it was rejected.
pub async fn the_last_rejection_is_found(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    let account = scene.somebody();
    let (id, by) = (account.id(), founded.account.id());
    scene.write([Change::AddAccount(account)]).await;
    let none = scene.moment().await.last_rejection(id, founded.organization.id()).await.unwrap();
    assert_eq!(none, None);
    let rejected = |scene: &Scene, founded: &Founded, at| {
        with(request_of(scene, founded, id, NOW), |it| {
            it.state = JoinRequestState::Rejected { at, by, reason: None };
        })
    };
    let last = rejected(&scene, &founded, NOW.plus(3 * DAY));
    let withdrawn = with(request_of(&scene, &founded, id, NOW), |it| {
        it.state = JoinRequestState::Withdrawn { at: NOW.plus(5 * DAY) };
    });
    let requests = [
        rejected(&scene, &founded, NOW.plus(DAY)),
        last.clone(),
        rejected(&scene, &founded, NOW.plus(2 * DAY)),
        rejected(&scene, &elsewhere, NOW.plus(4 * DAY)),
        withdrawn,
    ];
    scene.write(requests.map(Change::AddJoinRequest)).await;
    let found = scene.moment().await.last_rejection(id, founded.organization.id()).await.unwrap();
    assert_eq!(found, Some(last));
}

async fn listed(
    scene: &Scene,
    founded: &Founded,
    filter: JoinRequestFilter,
    size: u16,
) -> Vec<JoinRequestId> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let moment = scene.moment().await;
        let listing = moment.join_requests(founded.organization.id(), &filter, NOW, &page).await.unwrap();
        assert!(listing.rows.iter().all(|it| it.organization == founded.organization));
        found.extend(listing.rows.into_iter().map(|it| it.request.id()));
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

/// In pages that lose and double nothing, though several were made at the same time.
pub async fn requests_are_listed_oldest_first(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let elsewhere = scene.found().await;
    add(&scene, asking(&scene, &elsewhere, NOW)).await;
    let mut made = Vec::new();
    for number in 0..7 {
        let at = NOW.plus(Duration::from_micros(number % 3));
        made.push((at, add(&scene, asking(&scene, &founded, at)).await));
    }
    made.sort_unstable();
    let expected = made.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    for size in [1, 3, 7, 100] {
        assert_eq!(listed(&scene, &founded, JoinRequestFilter::default(), size).await, expected, "by {size}");
    }
}

/// What time decides is decided at the time of the question; one that was closed for it stays expired.
pub async fn requests_are_filtered_by_state_at_a_time(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let (by, micro) = (founded.account.id(), Duration::from_micros(1));
    let last = NOW.minus(30 * DAY);
    let mut made = Vec::new();
    for (asked, state, expected) in [
        (last, JoinRequestState::Pending, ListedRequestState::Expired),
        (last.plus(micro), JoinRequestState::Pending, ListedRequestState::Pending),
        (NOW, JoinRequestState::Pending, ListedRequestState::Pending),
        (NOW, JoinRequestState::Expired { at: NOW }, ListedRequestState::Expired),
        (NOW, JoinRequestState::Approved { at: NOW, by, access: viewer() }, ListedRequestState::Approved),
        (NOW, JoinRequestState::Rejected { at: NOW, by, reason: None }, ListedRequestState::Rejected),
        (NOW, JoinRequestState::Withdrawn { at: NOW }, ListedRequestState::Withdrawn),
        (
            NOW,
            JoinRequestState::Settled { at: NOW, by: SettledBy::Invitation(scene.ports.ids.fresh()) },
            ListedRequestState::Settled,
        ),
    ] {
        let (account, request) = asking(&scene, &founded, asked);
        made.push((expected, add(&scene, (account, with(request, |it| it.state = state))).await));
    }
    for state in ListedRequestState::ALL {
        let expected = made.iter().filter(|(it, _)| it == state).map(|(_, id)| *id).collect::<Vec<_>>();
        let filter = JoinRequestFilter { state: Some(*state) };
        assert_eq!(listed(&scene, &founded, filter, 100).await, expected, "{state:?}");
    }
}

/// Of every organization, and of nobody else.
pub async fn requests_of_an_account_are_listed_newest_first(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let mut made = Vec::new();
    let (account, first) = asking(&scene, &founded, NOW);
    let id = account.id();
    add(&scene, asking(&scene, &founded, NOW)).await;
    made.push(add(&scene, (account, first)).await);
    for number in 1..5 {
        let there = scene.found().await;
        let request = request_of(&scene, &there, id, NOW.plus(Duration::from_micros(number / 2)));
        made.push(request.id());
        scene.write([Change::AddJoinRequest(request)]).await;
    }
    made.reverse();
    for size in [1, 2, 100] {
        let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
        loop {
            let listing = scene.moment().await.join_requests_by(id, &page).await.unwrap();
            found.extend(listing.rows.into_iter().map(|it| it.request.id()));
            match listing.next {
                Some(next) if found.len() < 100 => page.after = Some(next),
                Some(_) | None => break,
            }
        }
        assert_eq!(found, made, "by {size}");
    }
}
