//! However many stores race on one database, each single thing happens once.
use registration_domain::{
    change::{Change, Expectation},
    limit::{Limit, Limited},
    membership::Membership,
    port::{Act, CommitError, Lease, Ledger, Outbox, Reads, Unique},
    revision::Generation,
    time::{HOUR, MINUTE},
};
use registration_testkit::stub::NOW;

use crate::{
    place::{Place, on_both},
    scene::{Scene, account},
};

on_both!(
    an_invitation_is_accepted_once_through_three_stores,
    a_limit_is_spent_no_more_often_than_it_says,
    two_who_want_to_unmake_each_other_do_not_both_succeed,
    who_rests_on_what_they_change_waits_for_nobody_in_a_circle,
    an_address_is_taken_once,
    a_message_is_claimed_once,
    readers_see_whole_commits_only,
);

async fn three(place: &Place) -> [Scene; 3] {
    let first = Scene::on(place.open().await).await;
    let (second, third) = (first.through(place.open().await), first.through(place.open().await));
    [first, second, third]
}

/// Runs one for each number through the stores in turn, all at the same time.
async fn race<T, F>(scenes: &[Scene; 3], count: usize, act: impl Fn(Scene, usize) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let racing = (0..count).map(|it| tokio::spawn(act(scenes[it % 3].clone(), it))).collect::<Vec<_>>();
    let mut results = Vec::with_capacity(count);
    for one in racing {
        results.push(one.await.unwrap());
    }
    results
}

fn won<T>(results: &[Result<T, CommitError>]) -> usize {
    results.iter().filter(|it| it.is_ok()).count()
}

async fn an_invitation_is_accepted_once_through_three_stores(place: Place) {
    let scenes = three(&place).await;
    let invitation = scenes[0].invitation("guest@example.org", NOW);
    scenes[0].write([Change::AddInvitation(invitation.clone())]).await;
    let results = race(&scenes, 30, |scene, _| {
        let invitation = invitation.clone();
        async move {
            let accepted =
                invitation.acceptable(Generation::FIRST, NOW).unwrap().accept(scene.owner.id(), NOW);
            scene.commit([Change::UpdateInvitation(accepted)]).await
        }
    })
    .await;
    assert_eq!(won(&results), 1);
    assert!(results.iter().flatten_err().all(|it| matches!(it, CommitError::Conflict)), "{results:?}");
}

async fn a_limit_is_spent_no_more_often_than_it_says(place: Place) {
    let scenes = three(&place).await;
    let limit = Limit { what: Limited::SignIns, max: 5, length: HOUR };
    let results =
        race(&scenes, 40, |scene, _| async move { scene.commit([limit.spend(&"guest", NOW)]).await }).await;
    assert_eq!(won(&results), 5);
    assert!(results.iter().flatten_err().all(|it| matches!(it, CommitError::Spent { .. })), "{results:?}");
    scenes[0].write([limit.refund(&"guest", NOW), limit.refund(&"nobody", NOW)]).await;
    scenes[1].write([limit.spend(&"guest", NOW)]).await;
    assert!(matches!(scenes[2].commit([limit.spend(&"guest", NOW)]).await, Err(CommitError::Spent { .. })));
}

/// Each rests on their own membership and changes the other's: PostgreSQL would call it a deadlock after a second
/// if the rows were not locked in one order.
async fn two_who_want_to_unmake_each_other_do_not_both_succeed(place: Place) {
    let scenes = three(&place).await;
    for round in 0..10 {
        let mut pair = Vec::new();
        for name in ["ana", "ben"] {
            let (account, changes) = scenes[0].joining(&format!("{name}{round}"), NOW);
            let joined = changes.iter().find_map(|it| {
                if let Change::AddMembership(membership) = it { Some(membership.clone()) } else { None }
            });
            scenes[0].write(changes).await;
            pair.push((account, joined.unwrap()));
        }
        let results = race(&scenes, 2, |scene, number| {
            let ((actor, own), (_, other)) = (pair[number].clone(), pair[1 - number].clone());
            async move {
                let rests = Expectation::Membership(own.id(), own.parts().revision);
                let removed: Membership = other.active().unwrap().remove(actor.id(), None, NOW);
                scene.commit([Change::Expect(rests), Change::UpdateMembership(removed)]).await
            }
        })
        .await;
        assert_eq!(won(&results), 1, "{results:?}");
    }
}

/// To share a row first and to change it then is a deadlock of two, if the stronger lock is not taken first.
async fn who_rests_on_what_they_change_waits_for_nobody_in_a_circle(place: Place) {
    let scenes = three(&place).await;
    for number in 0..20 {
        let read = scenes[0].store.moment().await.unwrap().organization(scenes[0].organization.id()).await;
        let read = read.unwrap().unwrap();
        assert_eq!(read.parts().revision.0, number);
        let results = race(&scenes, 3, |scene, _| {
            let read = read.clone();
            async move {
                let rests = Expectation::Organization(read.id(), read.parts().revision);
                scene
                    .commit([Change::Expect(rests), Change::UpdateOrganization(read.let_be_found(true))])
                    .await
            }
        })
        .await;
        assert_eq!(won(&results), 1, "{results:?}");
    }
}

async fn an_address_is_taken_once(place: Place) {
    let scenes = three(&place).await;
    let results = race(&scenes, 20, |scene, number| async move {
        let it = account(scene.id(), "GUEST@example.org", &format!("guest{number}"), "Gast", "Guest");
        scene.commit([Change::AddAccount(it)]).await
    })
    .await;
    assert_eq!(won(&results), 1);
    assert!(
        results.iter().flatten_err().all(|it| matches!(it, CommitError::Taken(Unique::Email))),
        "{results:?}"
    );
}

async fn a_message_is_claimed_once(place: Place) {
    let scenes = three(&place).await;
    for number in 0..60 {
        let invitation = scenes[0].invitation(&format!("guest{number}@example.org"), NOW);
        scenes[0].write([Change::Send(scenes[0].mail(&invitation))]).await;
    }
    let claimed = race(&scenes, 12, |scene, _| async move {
        let lease = Lease { id: scene.id(), at: NOW, until: NOW.plus(MINUTE) };
        scene.store.claim(lease, 10).await.unwrap().into_iter().map(|it| it.message.id).collect::<Vec<_>>()
    })
    .await;
    let mut claimed = claimed.concat();
    claimed.sort_unstable();
    assert!(claimed.windows(2).all(|it| it[0] != it[1]), "claimed twice: {claimed:?}");
    let rest = Lease { id: scenes[0].id(), at: NOW, until: NOW.plus(MINUTE) };
    assert_eq!(claimed.len() + scenes[0].store.claim(rest, 100).await.unwrap().len(), 60);
}

/// Two counts move together; nobody ever sees them apart, and a moment that was taken does not move.
async fn readers_see_whole_commits_only(place: Place) {
    let scenes = three(&place).await;
    let before = scenes[1].store.moment().await.unwrap();
    let acts = (0..40).map(|_| (scenes[0].act(), scenes[0].joining_nobody())).collect::<Vec<_>>();
    let writing = {
        let (scene, acts) = (scenes[0].clone(), acts.clone());
        tokio::spawn(async move {
            for (act, (_, changes)) in acts {
                scene.store.commit(act, changes.into_iter().collect()).await.unwrap();
            }
        })
    };
    while !writing.is_finished() {
        let moment = scenes[2].store.moment().await.unwrap();
        for (Act { id, .. }, (account, _)) in &acts {
            let (known, there) =
                (moment.was_committed(*id).await.unwrap(), moment.account(*account).await.unwrap());
            assert_eq!(known, there.is_some());
        }
    }
    writing.await.unwrap();
    assert!(!before.was_committed(acts[0].0.id).await.unwrap());
    assert!(scenes[1].store.moment().await.unwrap().was_committed(acts[39].0.id).await.unwrap());
}

/// The errors among results.
trait Refused<'a> {
    fn flatten_err(self) -> Box<dyn Iterator<Item = &'a CommitError> + 'a>;
}
impl<'a, T: 'a, I: Iterator<Item = &'a Result<T, CommitError>> + 'a> Refused<'a> for I {
    fn flatten_err(self) -> Box<dyn Iterator<Item = &'a CommitError> + 'a> {
        Box::new(self.filter_map(|it| it.as_ref().err()))
    }
}
