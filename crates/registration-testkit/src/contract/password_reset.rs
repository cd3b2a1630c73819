//! A link that sets a new password is the newest of its account, and a wish for one is answered once.
use std::time::Duration;

use registration_domain::{
    account::Account,
    change::Change,
    password_reset::{PasswordReset, PasswordResetParts, ResetRequest, ResetRequestId, ResetState},
    platform::Ports,
    port::CommitError,
    session::Origin,
    time::{HOUR, MINUTE, Timestamp},
};

use super::scene::{Scene, address, generation};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a store about reset links tests.
    password_reset_contract, password_reset, Ports:
    every_reset_is_read_as_it_was_written,
    an_account_has_one_reset,
    a_stale_reset_is_refused,
    a_request_is_read_when_it_is_due,
    a_newer_request_takes_the_place_of_the_older_one,
    a_request_that_took_the_place_of_another_outlasts_it,
}

async fn somebody(scene: &Scene) -> Account {
    let account = scene.somebody();
    scene.write([Change::AddAccount(account.clone())]).await;
    account
}

fn request(scene: &Scene, email: &str, at: Timestamp) -> ResetRequest {
    ResetRequest::new(scene.ports.ids.fresh(), address(email), Origin(Some("192.0.2.7".into())), at)
}

async fn due(scene: &Scene, now: Timestamp) -> Vec<ResetRequestId> {
    scene.moment().await.reset_requests(now, 100).await.unwrap().iter().map(|it| it.id).collect()
}

/// In each state, whatever its address is now.
pub async fn every_reset_is_read_as_it_was_written(ports: Ports) {
    let scene = Scene::on(ports);
    assert_eq!(scene.moment().await.password_reset(scene.ports.ids.fresh()).await.unwrap(), None);
    for (number, state) in (0..).zip([ResetState::Open, ResetState::Used { at: NOW.plus(MINUTE) }]) {
        let reset = PasswordReset::from_parts(PasswordResetParts {
            account: somebody(&scene).await.id(),
            account_generation: generation(number),
            email: address("Zoë.Müller+tag@Müller.Example"),
            generation: generation(7 + number),
            expires_at: NOW.plus(Duration::from_micros(123_457)),
            state,
            revision: registration_domain::revision::Revision::FIRST,
        });
        scene.write([Change::AddPasswordReset(reset.clone())]).await;
        assert_eq!(scene.moment().await.password_reset(reset.account()).await.unwrap(), Some(reset));
    }
}

/// Of two who send the first link at the same time, one reads again.
pub async fn an_account_has_one_reset(ports: Ports) {
    let scene = Scene::on(ports);
    let reset = PasswordReset::begin(&somebody(&scene).await, NOW.plus(HOUR));
    scene.write([Change::AddPasswordReset(reset.clone())]).await;
    let second = scene.commit([Change::AddPasswordReset(reset)]).await;
    assert!(matches!(second, Err(CommitError::Conflict)), "{second:?}");
}

/// So that of two who use one link one is told that it was used.
pub async fn a_stale_reset_is_refused(ports: Ports) {
    let scene = Scene::on(ports);
    let account = somebody(&scene).await;
    let reset = PasswordReset::begin(&account, NOW.plus(HOUR));
    scene.write([Change::AddPasswordReset(reset.clone())]).await;
    let used = reset.clone().usable(generation(0), &account, NOW).unwrap().use_up(NOW);
    scene.write([Change::UpdatePasswordReset(used.clone())]).await;
    for stale in [used, reset.again(&account, NOW.plus(HOUR))] {
        let refused = scene.commit([Change::UpdatePasswordReset(stale)]).await;
        assert!(matches!(refused, Err(CommitError::Conflict)), "{refused:?}");
    }
    let stored = scene.moment().await.password_reset(account.id()).await.unwrap().unwrap();
    assert_eq!(stored.parts().state, ResetState::Used { at: NOW });
}

/// The one that is due longest first, and whole.
pub async fn a_request_is_read_when_it_is_due(ports: Ports) {
    let scene = Scene::on(ports);
    let later = request(&scene, "ada@example.org", NOW).held(NOW.plus(HOUR));
    let sooner = request(&scene, "Zoë@Müller.Example", NOW).held(NOW.plus(MINUTE));
    scene.write([later.clone(), sooner.clone()].map(Change::AskReset)).await;
    assert_eq!(scene.moment().await.reset_request(later.id).await.unwrap(), Some(later.clone()));
    assert_eq!(due(&scene, NOW).await, []);
    let read = scene.moment().await.reset_requests(NOW.plus(MINUTE), 100).await.unwrap();
    assert_eq!(read, std::slice::from_ref(&sooner));
    assert_eq!(due(&scene, NOW.plus(HOUR)).await, [sooner.id, later.id]);
    let one = scene.moment().await.reset_requests(NOW.plus(HOUR), 1).await.unwrap();
    assert_eq!(one, [sooner]);
}

/// However the address is spelled: nobody fills the store with one address.
pub async fn a_newer_request_takes_the_place_of_the_older_one(ports: Ports) {
    let scene = Scene::on(ports);
    let spellings = ["ada@example.org", "ADA@Example.org", "Ada@EXAMPLE.ORG"];
    let asked = spellings.map(|it| request(&scene, it, NOW));
    for one in &asked {
        scene.write([Change::AskReset(one.clone())]).await;
    }
    let moment = scene.moment().await;
    assert_eq!(moment.reset_requests(NOW, 100).await.unwrap(), [asked[2].clone()]);
    assert_eq!(moment.reset_request(asked[0].id).await.unwrap(), None);
}

/// Whoever answers the older one does not answer what they never saw.
pub async fn a_request_that_took_the_place_of_another_outlasts_it(ports: Ports) {
    let scene = Scene::on(ports);
    let [older, newer] = [(); 2].map(|()| request(&scene, "ada@example.org", NOW));
    scene.write([Change::AskReset(older.clone())]).await;
    scene.write([Change::AskReset(newer.clone())]).await;
    scene.write([Change::EndResetRequest(older)]).await;
    assert_eq!(due(&scene, NOW).await, [newer.id]);
    scene.write([Change::EndResetRequest(newer.clone())]).await;
    scene.write([Change::EndResetRequest(newer)]).await;
    assert_eq!(due(&scene, NOW).await, []);
}
