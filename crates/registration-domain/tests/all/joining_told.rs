//! What people are told on their own pages about requests, and how often reviewers are mailed about them.
use registration_domain::{
    account::AccountId,
    message::{JoiningLetter, Letter},
    note::Note,
    notification::NotificationKind,
    page::{Page, PageSize},
    session::Caller,
    time::{DAY, HOUR},
    use_case::{ask_to_join::Brings, own_join_request::OwnJoinRequest},
};

use super::{
    joining_world::{approve, reject, viewing},
    world::World,
};

impl World {
    async fn noticed(&self, account: AccountId) -> Vec<NotificationKind> {
        let caller = Caller { account, origin: super::support::origin() };
        let found = self
            .platform
            .list_notifications(&caller, &Page::first(PageSize::new(100).unwrap()))
            .await
            .unwrap();
        found.rows.into_iter().map(|it| it.notification.kind).collect()
    }
    /// How many mails about requests went to the owner so far.
    async fn mailed(&self) -> usize {
        let about = |letter: &Letter| {
            matches!(
                letter,
                Letter::Joining(
                    JoiningLetter::Requested(_)
                        | JoiningLetter::RequestReminder(_)
                        | JoiningLetter::RequestExpiring(_)
                )
            )
        };
        let mails = self.mails().await;
        mails.iter().filter(|(to, letter)| to == "owen@example.org" && about(letter)).count()
    }
}

#[tokio::test]
async fn what_became_of_a_request_is_told_to_whose_it_was() {
    let world = World::found().await;
    let [ana, ben, cleo] =
        [world.stranger("ana").await, world.stranger("ben").await, world.stranger("cleo").await];
    let [approved, rejected, expired] =
        [world.asked(&ana).await, world.asked(&ben).await, world.asked(&cleo).await];
    world.decide(&world.owner, approved, approve(viewing())).await.unwrap();
    world.decide(&world.owner, rejected, reject("Not now.")).await.unwrap();
    world.advance(30 * DAY);
    world.platform.close_expired_join_requests().await.unwrap();
    let reason = Note::parse("Not now.").unwrap();
    let expected = [
        (&ana, NotificationKind::JoinRequestApproved { request: approved, access: viewing() }),
        (&ben, NotificationKind::JoinRequestRejected { request: rejected, reason }),
        (&cleo, NotificationKind::JoinRequestExpired { request: expired }),
    ];
    for (who, kind) in expected {
        let newest = world.noticed(who.account).await.into_iter().next();
        assert_eq!(newest, Some(kind));
    }
}

#[tokio::test]
async fn a_reviewer_is_mailed_five_times_an_hour_and_told_of_the_rest_on_their_pages() {
    let world = World::found().await;
    let owner = world.owner.account;
    let mut requests = Vec::new();
    for name in ["ana", "ben", "cleo", "dora", "emil"] {
        let who = world.stranger(name).await;
        requests.push((who.clone(), world.asked(&who).await));
    }
    assert_eq!(world.mailed().await, 5);
    let before = world.noticed(owner).await.len();
    let fritz = world.stranger("fritz").await;
    let sixth = world.asked(&fritz).await;
    let (by, request) = requests.remove(0);
    world.platform.remind_reviewers(OwnJoinRequest { by, request, once: None }).await.unwrap();
    assert_eq!(world.mailed().await, 5, "neither of these two is mailed");
    let noticed = world.noticed(owner).await;
    let waits = noticed.iter().filter_map(|it| {
        let NotificationKind::JoinRequestWaits { request, .. } = it else { return None };
        Some(*request)
    });
    let mut waits = waits.collect::<Vec<_>>();
    waits.sort();
    let mut expected = vec![sixth, request];
    expected.sort();
    assert_eq!((noticed.len() > before, waits), (true, expected));
    world.advance(HOUR);
    let gwen = world.stranger("gwen").await;
    world.asked(&gwen).await;
    assert_eq!(world.mailed().await, 6);
}

#[tokio::test]
async fn nobody_is_turned_away_because_others_used_a_reviewers_mails_up_meanwhile() {
    let world = World::found().await;
    for name in ["ana", "ben", "cleo", "dora"] {
        let who = world.stranger(name).await;
        world.asked(&who).await;
    }
    let [emil, fritz] = [world.stranger("emil").await, world.stranger("fritz").await];
    let (platform, fifth) = (world.platform.clone(), world.asking(&emil, Brings::Note(None)));
    world.meanwhile(async move { drop(platform.ask_to_join(fifth).await.unwrap()) });
    let sixth = world.asked(&fritz).await;
    assert_eq!(world.mailed().await, 5);
    let noticed = world.noticed(world.owner.account).await;
    let told = |it: &NotificationKind| matches!(it, NotificationKind::JoinRequestWaits { request, .. } if *request == sixth);
    assert!(noticed.iter().any(told), "{noticed:?}");
}
