//! An account is found by what is its own, and a device by the sessions that were on it.
use registration_domain::{
    account::{Account, AccountParts, AccountState},
    change::{Change, Touch},
    platform::Ports,
    port::Devices,
    time::HOUR,
    username::Username,
};

use super::scene::{Scene, address, fingerprint};
use crate::stub::NOW;

promises! {
    /// Makes the promises of the reads about accounts tests.
    account_contract, account, Ports:
    an_account_is_found_by_its_address_however_it_is_spelled,
    an_account_is_found_by_its_username,
    a_closed_account_is_found_by_its_id_alone,
    nobody_is_found_where_nobody_is,
    a_device_is_known_by_the_sessions_on_it,
    a_session_read_alone_is_the_one_of_a_new_moment,
    accounts_with_an_open_session_are_walked_each_once,
}

/// And answers with the spelling that its owner gave.
pub async fn an_account_is_found_by_its_address_however_it_is_spelled(ports: Ports) {
    let scene = Scene::on(ports);
    let account = scene.account("Ada@Example.org", "ada.l");
    scene.write([account.clone(), scene.somebody()].map(Change::AddAccount)).await;
    let moment = scene.moment().await;
    for spelling in ["Ada@Example.org", "ada@example.org", "ADA@EXAMPLE.ORG"] {
        let found = moment.account_at(&address(spelling)).await.unwrap();
        assert_eq!(found.as_ref(), Some(&account), "{spelling}");
    }
}

/// In its one spelling.
pub async fn an_account_is_found_by_its_username(ports: Ports) {
    let scene = Scene::on(ports);
    let account = scene.account("ada@example.org", "ada.l");
    scene.write([account.clone(), scene.somebody()].map(Change::AddAccount)).await;
    let found = scene.moment().await.account_named(&Username::parse("ADA.L").unwrap()).await.unwrap();
    assert_eq!(found, Some(account));
}

/// A suspended one is found by all three.
pub async fn a_closed_account_is_found_by_its_id_alone(ports: Ports) {
    let scene = Scene::on(ports);
    let open = scene.somebody().into_parts();
    let by = open.id;
    for (state, expected) in [
        (AccountState::Suspended { at: NOW, by, reason: None }, true),
        (AccountState::Closed { at: NOW }, false),
    ] {
        let it = scene.somebody().into_parts();
        let account = Account::from_parts(AccountParts { state, ..it });
        scene.write([Change::AddAccount(account.clone())]).await;
        let moment = scene.moment().await;
        let parts = account.parts();
        assert_eq!(moment.account(parts.id).await.unwrap().as_ref(), Some(&account));
        assert_eq!(moment.account_at(&parts.email).await.unwrap().is_some(), expected, "{:?}", parts.state);
        assert_eq!(
            moment.account_named(&parts.username).await.unwrap().is_some(),
            expected,
            "{:?}",
            parts.state
        );
    }
}

/// Which is no failure.
pub async fn nobody_is_found_where_nobody_is(ports: Ports) {
    let scene = Scene::on(ports);
    let (moment, ids) = (scene.moment().await, &scene.ports.ids);
    assert_eq!(moment.account(ids.fresh()).await.unwrap(), None);
    assert_eq!(moment.account_at(&address("nobody@example.org")).await.unwrap(), None);
    assert_eq!(moment.account_named(&Username::parse("nobody.here").unwrap()).await.unwrap(), None);
    assert_eq!(moment.session(ids.fresh()).await.unwrap(), None);
    assert_eq!(moment.organization(ids.fresh()).await.unwrap(), None);
    assert_eq!(moment.owners(ids.fresh()).await.unwrap(), 0);
    assert_eq!(moment.membership(ids.fresh()).await.unwrap(), None);
    assert_eq!(moment.member(ids.fresh()).await.unwrap(), None);
    assert_eq!(moment.standing(ids.fresh(), ids.fresh()).await.unwrap(), None);
    assert_eq!(moment.invitation(ids.fresh()).await.unwrap(), None);
    assert_eq!(moment.invitation_view(ids.fresh()).await.unwrap(), None);
}

/// Of this account, ended ones too.
pub async fn a_device_is_known_by_the_sessions_on_it(ports: Ports) {
    let scene = Scene::on(ports);
    let (one, other) = (scene.somebody(), scene.somebody());
    scene.write([one.clone(), other.clone()].map(Change::AddAccount)).await;
    let known = async |account: &Account, device| {
        scene.moment().await.devices(account.id(), fingerprint(device)).await.unwrap()
    };
    assert_eq!(known(&one, "phone").await, Devices::None);
    let session = scene.session(&one, "phone");
    scene.write([Change::AddSession(session.clone())]).await;
    scene.write([Change::UpdateSession(session.end(NOW))]).await;
    assert_eq!(known(&one, "phone").await, Devices::This);
    assert_eq!(known(&one, "laptop").await, Devices::Others);
    assert_eq!(known(&other, "phone").await, Devices::None);
}

/// Whatever was committed before: its end, its last use, and its account as it is now.
pub async fn a_session_read_alone_is_the_one_of_a_new_moment(ports: Ports) {
    let scene = Scene::on(ports);
    let somebody = scene.somebody();
    let session = scene.session(&somebody, "phone");
    let (id, later) = (session.id(), NOW.plus(HOUR));
    let known = async || {
        let alone = scene.ports.reads.session(id).await.unwrap();
        assert_eq!(alone, scene.moment().await.session(id).await.unwrap());
        alone
    };
    assert_eq!(known().await, None);
    let suspended = AccountState::Suspended { at: NOW, by: somebody.id(), reason: None };
    let suspended = AccountParts { state: suspended, ..somebody.parts().clone() };
    scene.write([Change::AddAccount(somebody), Change::AddSession(session.clone())]).await;
    let mut last = known().await;
    for change in [
        Change::Touch(Touch::Session { id, at: later }),
        Change::UpdateSession(session.end(later)),
        Change::UpdateAccount(Account::from_parts(suspended)),
    ] {
        scene.write([change]).await;
        let now = known().await;
        assert_ne!(now, last, "this change must be seen");
        last = now;
    }
}

/// However many sessions they have; ended and expired ones do not count.
pub async fn accounts_with_an_open_session_are_walked_each_once(ports: Ports) {
    let scene = Scene::on(ports);
    let mut expected = Vec::new();
    for number in 0..5 {
        let account = scene.somebody();
        let sessions = [scene.session(&account, "phone"), scene.session(&account, "laptop")];
        scene.write([Change::AddAccount(account.clone())]).await;
        for session in sessions {
            let session = if number == 4 { session.end(NOW) } else { session };
            scene.write([Change::AddSession(session)]).await;
        }
        expected.extend((number != 4).then_some(account.id()));
    }
    expected.sort();
    let moment = scene.moment().await;
    let (mut walked, mut after) = (Vec::new(), None);
    loop {
        let some = moment.signed_in_accounts(after, NOW, 3).await.unwrap();
        let Some(last) = some.last() else { break };
        after = Some(*last);
        walked.extend(some);
    }
    assert_eq!(walked, expected);
    let over = scene.session(&scene.somebody(), "phone").parts().expires_at;
    assert_eq!(moment.signed_in_accounts(None, over, 3).await.unwrap(), []);
}
