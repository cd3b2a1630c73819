//! Who tried to sign in is listed for the account that it was about, and who is signed in for as long as they are.
use std::time::Duration;

use registration_domain::{
    account::{Account, AccountId, AccountParts, AccountState},
    change::{Change, Expectation, Touch},
    page::Page,
    platform::Ports,
    port::CommitError,
    session::{Device, Origin, Session, SessionId},
    settings::Lifetimes,
    sign_in_log::{SignInAttempt, SignInAttemptId, SignInMethod, SignInOutcome},
    time::{DAY, HOUR, Timestamp},
    view::SignInFilter,
};

use super::scene::{Scene, fingerprint, rows};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a store about signing in tests.
    sign_in_contract, sign_in, Ports:
    every_attempt_to_sign_in_is_read_as_it_was_written,
    attempts_to_sign_in_are_listed_newest_first,
    attempts_are_filtered_by_what_came_of_them,
    only_sessions_that_admit_are_listed,
    sessions_are_listed_newest_first,
    whoever_is_suspended_meanwhile_makes_a_conflict,
    whoever_gets_another_password_keeps_their_memberships_as_they_were,
}

fn after(seconds: u64) -> Timestamp {
    NOW.plus(Duration::from_secs(seconds))
}

fn attempt(scene: &Scene, of: Option<AccountId>, outcome: SignInOutcome, at: Timestamp) -> SignInAttempt {
    let device =
        Device { label: Some("Firefox".into()), fingerprint: fingerprint("it"), origin: Origin(None) };
    SignInAttempt::that_failed(scene.ports.ids.fresh(), of, &device, outcome, at)
}

async fn listed(scene: &Scene, of: AccountId, filter: SignInFilter, size: u16) -> Vec<SignInAttempt> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let listing = scene.moment().await.sign_ins(of, &filter, &page).await.unwrap();
        found.extend(listing.rows);
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

fn ids(of: &[SignInAttempt]) -> Vec<SignInAttemptId> {
    of.iter().map(|it| it.id).collect()
}

async fn somebody(scene: &Scene) -> Account {
    let account = scene.somebody();
    scene.write([Change::AddAccount(account.clone())]).await;
    account
}

/// By each method, of each outcome, with and without what a device says of itself.
pub async fn every_attempt_to_sign_in_is_read_as_it_was_written(ports: Ports) {
    let scene = Scene::on(ports);
    let account = somebody(&scene).await;
    let mut written = Vec::new();
    for (number, method) in (0..).zip(SignInMethod::ALL) {
        for outcome in SignInOutcome::ALL {
            let bare = number % 2 == 0;
            let it = SignInAttempt {
                id: scene.ports.ids.fresh(),
                account: Some(account.id()),
                at: after(written.len() as u64).plus(Duration::from_micros(7)),
                method,
                device: (!bare).then(|| "Füchslein 128 \"beta\"; Linux".into()),
                origin: Origin((!bare).then(|| "2001:db8::7".into())),
                outcome,
            };
            scene.write([Change::LogSignIn(it.clone())]).await;
            written.push(it);
        }
    }
    written.reverse();
    assert_eq!(listed(&scene, account.id(), SignInFilter::default(), 100).await, written);
}

/// In pages that lose and double nothing; nobody reads those of others, nor those at a name that nobody has.
pub async fn attempts_to_sign_in_are_listed_newest_first(ports: Ports) {
    let scene = Scene::on(ports);
    let (one, other) = (somebody(&scene).await, somebody(&scene).await);
    let wrong = SignInOutcome::WrongPassword;
    for of in [Some(other.id()), None] {
        scene.write([Change::LogSignIn(attempt(&scene, of, wrong, NOW))]).await;
    }
    let mut all = Vec::new();
    for number in 0..9 {
        let it = attempt(&scene, Some(one.id()), wrong, NOW.plus(Duration::from_micros(number % 3)));
        scene.write([Change::LogSignIn(it.clone())]).await;
        all.push(it);
    }
    all.sort_by_key(|it| std::cmp::Reverse((it.at, it.id)));
    for size in [1, 2, 4, 9, 100] {
        assert_eq!(listed(&scene, one.id(), SignInFilter::default(), size).await, all, "by {size}");
    }
}

/// By what came of them, and not before an instant.
pub async fn attempts_are_filtered_by_what_came_of_them(ports: Ports) {
    let scene = Scene::on(ports);
    let account = somebody(&scene).await.id();
    let mut all = Vec::new();
    for (seconds, outcome) in (0..).zip(SignInOutcome::ALL.into_iter().chain(SignInOutcome::ALL)) {
        let it = attempt(&scene, Some(account), outcome, after(seconds));
        scene.write([Change::LogSignIn(it.clone())]).await;
        all.push(it);
    }
    all.reverse();
    for outcome in SignInOutcome::ALL {
        let filter = SignInFilter { outcome: Some(outcome), since: None };
        let expected = all.iter().filter(|it| it.outcome == outcome).cloned().collect::<Vec<_>>();
        assert_eq!(listed(&scene, account, filter, 1).await, expected, "{outcome:?}");
    }
    let since = SignInFilter { outcome: None, since: Some(after(6)) };
    assert_eq!(ids(&listed(&scene, account, since, 100).await), ids(&all[..2]), "that instant is in it");
}

async fn live(scene: &Scene, of: &Account, now: Timestamp, size: u16) -> Vec<SessionId> {
    let (mut page, mut found) = (Page::first(rows(size)), Vec::new());
    loop {
        let moment = scene.moment().await;
        let listing = moment.live_sessions(of, &Lifetimes::default(), now, &page).await.unwrap();
        found.extend(listing.rows.into_iter().map(|it| it.session.id()));
        assert!(found.len() <= 100, "the walk never ends");
        match listing.next {
            Some(next) => page.after = Some(next),
            None => return found,
        }
    }
}

/// Not those that ended, idle too long or are too old, nor those of an older generation or of somebody else.
pub async fn only_sessions_that_admit_are_listed(ports: Ports) {
    let scene = Scene::on(ports);
    let (account, other) = (somebody(&scene).await, somebody(&scene).await);
    let add = async |session: Session| {
        scene.write([Change::AddSession(session.clone())]).await;
        session.id()
    };
    let used = add(scene.session(&account, "used")).await;
    let idle = add(scene.session(&account, "idle")).await;
    add(scene.session(&other, "of another")).await;
    let ended = scene.session(&account, "ended");
    add(ended.clone()).await;
    scene.write([Change::UpdateSession(ended.end(NOW))]).await;
    let both = [idle.max(used), idle.min(used)];
    assert_eq!(live(&scene, &account, NOW, 100).await, both);
    scene.write([Change::Touch(Touch::Session { id: used, at: after(60) })]).await;
    assert_eq!(live(&scene, &account, NOW.plus(12 * HOUR), 100).await, [used], "the other one idled");
    scene.write([Change::Touch(Touch::Session { id: used, at: NOW.plus(30 * DAY) })]).await;
    assert_eq!(live(&scene, &account, NOW.plus(30 * DAY), 100).await, [], "a session ends after a month");
    let newer = account.clone().in_a_new_generation();
    assert_eq!(live(&scene, &newer, NOW, 100).await, [], "they are of the older generation");
    let suspended = AccountState::Suspended { at: NOW, by: other.id(), reason: None };
    let suspended = Account::from_parts(AccountParts { state: suspended, ..account.into_parts() });
    assert_eq!(live(&scene, &suspended, NOW, 100).await, [], "the account cannot be used");
}

/// In pages that lose and double nothing.
pub async fn sessions_are_listed_newest_first(ports: Ports) {
    let scene = Scene::on(ports);
    let account = somebody(&scene).await;
    let mut all = Vec::new();
    for number in 0..9 {
        let it = scene.session(&account, &format!("device {number}")).into_parts();
        let started_at = NOW.plus(Duration::from_micros(number % 3));
        let session = Session::from_parts(registration_domain::session::SessionParts { started_at, ..it });
        scene.write([Change::AddSession(session.clone())]).await;
        all.push((started_at, session.id()));
    }
    all.sort_by_key(|it| std::cmp::Reverse(*it));
    let expected = all.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    for size in [1, 2, 4, 9, 100] {
        assert_eq!(live(&scene, &account, NOW, size).await, expected, "by {size}");
    }
}

/// What was decided on the grounds of their memberships is decided anew.
pub async fn whoever_is_suspended_meanwhile_makes_a_conflict(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let member = scene.joined(&founded).await;
    let read = scene.moment().await.membership(member.membership.id()).await.unwrap().unwrap();
    let rests = Expectation::Membership(read.id(), read.parts().revision);
    scene.commit([Change::Expect(rests)]).await.expect("nothing moved");
    let state = AccountState::Suspended { at: NOW, by: founded.account.id(), reason: None };
    let suspended = Account::from_parts(AccountParts { state, ..member.account.into_parts() });
    scene.write([Change::UpdateAccount(suspended)]).await;
    let late = scene.commit([Change::Expect(rests)]).await;
    assert!(matches!(late, Err(CommitError::Conflict)), "{late:?}");
    let owner = Expectation::Membership(founded.membership.id(), founded.membership.parts().revision);
    scene.commit([Change::Expect(owner)]).await.expect("others are as they were");
}

/// For what they may do is what it was.
pub async fn whoever_gets_another_password_keeps_their_memberships_as_they_were(ports: Ports) {
    let (scene, founded) = Scene::founded(ports).await;
    let password = registration_domain::password::PasswordHash::from_phc("$plain$another".into());
    let account = founded.account.clone().with_password(password);
    scene.write([Change::UpdateAccount(account.clone())]).await;
    let stored = scene.moment().await.account(account.id()).await.unwrap().unwrap();
    assert_eq!(stored.parts().password, account.parts().password);
    assert_eq!(stored.parts().generation, account.parts().generation);
    let rests = Expectation::Membership(founded.membership.id(), founded.membership.parts().revision);
    scene.commit([Change::Expect(rests)]).await.expect("the membership did not move");
}
