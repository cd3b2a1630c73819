//! Whoever watches over the mail is told what waits, what was given up, and how late the workers are.
use registration_domain::{
    change::Change,
    port::{Lease, Outbox, Settlement},
    time::{HOUR, MINUTE},
};
use registration_store_seaorm::OutboxState;
use registration_testkit::stub::NOW;

use crate::{
    place::{Place, on_both},
    scene::Scene,
};

on_both!(the_mail_is_counted_and_its_lateness_told);

async fn the_mail_is_counted_and_its_lateness_told(place: Place) {
    let scene = Scene::on(place.open().await).await;
    let state = async |at| scene.store.outbox_state(at).await.unwrap();
    assert_eq!(state(NOW).await, OutboxState { queued: 0, dead: 0, due_since: None });
    for number in 0..3_u32 {
        let invitation = scene.invitation(&format!("guest{number}@example.org"), NOW.plus(MINUTE * number));
        scene.write([Change::Send(scene.mail(&invitation)), Change::AddInvitation(invitation)]).await;
    }
    assert_eq!(state(NOW.minus(MINUTE)).await, OutboxState { queued: 3, dead: 0, due_since: None });
    assert_eq!(state(NOW).await, OutboxState { queued: 3, dead: 0, due_since: Some(NOW) });

    let lease = Lease { id: scene.id(), at: NOW, until: NOW.plus(5 * MINUTE) };
    let held = scene.store.claim(lease, 1).await.unwrap().remove(0).message.id;
    let next = Some(NOW.plus(MINUTE));
    assert_eq!(
        state(NOW.plus(HOUR)).await,
        OutboxState { queued: 3, dead: 0, due_since: next },
        "one is held"
    );
    let dead = Settlement::Dead { reply: "550 no".into() };
    assert!(scene.store.settle(held, lease.id, dead, NOW).await.unwrap());
    assert_eq!(state(NOW.plus(HOUR)).await, OutboxState { queued: 2, dead: 1, due_since: next });
}
