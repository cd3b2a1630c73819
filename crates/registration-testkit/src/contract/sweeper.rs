//! Sweeping makes room, and nothing that still holds goes with it.
use std::sync::Arc;

use registration_domain::{
    account::AccountId,
    change::{Change, ChangeSet},
    count::Count,
    limit::{Limit, Limited},
    notification::{Notification, NotificationKind},
    page::Page,
    password_reset::PasswordReset,
    platform::Ports,
    port::{Act, CommitError, Sweeper},
    session::SessionId,
    setup::{SetupLink, SetupLinkId},
    sign_in_log::{SignInAttempt, SignInMethod},
    sign_up::SignUpId,
    time::{DAY, HOUR, Timestamp},
    view::SignInFilter,
};

use super::scene::{Scene, rows};
use crate::stub::NOW;

promises! {
    /// Makes the promises of a sweeper tests. `$fresh` answers the ports of an empty store with its sweeper,
    /// `(Ports, Arc<dyn Sweeper>)`, and a guard.
    sweeper_contract, sweeper, (Ports, Arc<dyn Sweeper>):
    sweeping_leaves_what_still_holds,
    sweeping_removes_what_is_long_over,
}

/// What stands in a store that a sweeper looks at.
struct Litter {
    act: Act,
    session: SessionId,
    told: AccountId,
    link: SetupLinkId,
    sign_up: SignUpId,
}

const LIMIT: Limit = Limit { what: Limited::SignIns, max: 1, length: HOUR };

impl Litter {
    async fn strewn(scene: &Scene) -> Self {
        let founded = scene.found().await;
        let session = scene.session(&founded.account, "phone");
        let link = SetupLink::issue(scene.ports.ids.fresh(), HOUR, NOW);
        let told = founded.account.id();
        let notification = Notification {
            id: scene.ports.ids.fresh(),
            account: told,
            organization: None,
            at: NOW,
            kind: NotificationKind::NewInvitationWished {
                invitation: scene.ports.ids.fresh(),
                email: founded.account.parts().email.clone(),
            },
        };
        let act = scene.act(NOW);
        let sign_up = scene.sign_up("ana@example.org", "ana");
        let litter = Self { act, session: session.id(), told, link: link.id, sign_up: sign_up.id() };
        let attempt = SignInAttempt::that_began(&session, SignInMethod::Password);
        let changes = ChangeSet::new()
            .with(Change::Receipt(super::receipt::receipt("key", NOW)))
            .with(LIMIT.spend(&"guest", NOW))
            .with(Change::AddSetupLink(link))
            .with(Change::Notify(notification))
            .with(Change::AddSession(session))
            .with(Change::LogSignIn(attempt))
            .with(Change::AddPasswordReset(PasswordReset::begin(&founded.account, NOW.plus(HOUR))))
            .with(Change::AddSignUp(sign_up));
        scene.ports.ledger.commit(litter.act, changes).await.unwrap();
        litter
    }
    /// Whether what somebody was told can still be read.
    async fn is_told(&self, scene: &Scene) -> bool {
        scene.moment().await.count_unread(self.told).await.unwrap() != Count::of(0)
    }
    /// The line of the sign-in log, and the reset link.
    async fn is_logged(&self, scene: &Scene) -> [bool; 2] {
        let (moment, page) = (scene.moment().await, Page::first(rows(1)));
        let lines = moment.sign_ins(self.told, &SignInFilter::default(), &page).await.unwrap().rows;
        [!lines.is_empty(), moment.password_reset(self.told).await.unwrap().is_some()]
    }
    /// The act, the receipt, the link, the sign-up, the session, and the count.
    async fn is_there(&self, scene: &Scene) -> [bool; 6] {
        let moment = scene.moment().await;
        let key = super::receipt::receipt("key", NOW).once;
        let seen = [
            moment.was_committed(self.act.id).await.unwrap(),
            moment.receipt(key.scope, "key").await.unwrap().is_some(),
            moment.setup_link(self.link).await.unwrap().is_some(),
            moment.sign_up(self.sign_up).await.unwrap().is_some(),
            moment.session(self.session).await.unwrap().is_some(),
        ];
        drop(moment);
        let again = scene.commit([LIMIT.spend(&"guest", NOW)]).await;
        let counted = matches!(again, Err(CommitError::Spent { .. }));
        let [act, receipt, link, sign_up, session] = seen;
        [act, receipt, link, sign_up, session, counted]
    }
}

async fn sweep_all(sweeper: &dyn Sweeper, now: Timestamp) -> u64 {
    let mut gone = 0;
    for _ in 0..1_000 {
        match sweeper.sweep(now).await.unwrap() {
            0 => return gone,
            some => gone += some,
        }
    }
    panic!("sweeping never ends");
}

/// Within its time each stays, however often it is swept.
pub async fn sweeping_leaves_what_still_holds((ports, sweeper): (Ports, Arc<dyn Sweeper>)) {
    let scene = Scene::on(ports);
    let litter = Litter::strewn(&scene).await;
    let soon = NOW.plus(HOUR).minus(std::time::Duration::from_micros(1));
    sweep_all(&*sweeper, soon).await;
    assert_eq!(litter.is_there(&scene).await, [true; 6]);
    sweep_all(&*sweeper, NOW.plus(DAY).minus(HOUR)).await;
    let [act, receipt, _, sign_up, session, _] = litter.is_there(&scene).await;
    let kept = [act, receipt, sign_up, session];
    assert_eq!(kept, [true; 4], "a receipt holds for a day and names a sign-up, a session for a month");
    sweep_all(&*sweeper, NOW.plus(29 * DAY)).await;
    let [.., session, _] = litter.is_there(&scene).await;
    assert!(session, "a session holds for a month");
    assert_eq!(litter.is_logged(&scene).await, [true; 2], "what came of a link is told for a month");
    sweep_all(&*sweeper, NOW.plus(90 * DAY).minus(std::time::Duration::from_micros(1))).await;
    assert_eq!(litter.is_logged(&scene).await, [true, false], "and who tried to sign in for ninety days");
    sweep_all(&*sweeper, NOW.plus(90 * DAY)).await;
    assert_eq!(litter.is_logged(&scene).await, [false; 2]);
    sweep_all(&*sweeper, NOW.plus(364 * DAY)).await;
    assert!(litter.is_told(&scene).await, "what somebody was told is kept for a year");
}

/// After a year all of it is gone, and sweeping comes to an end.
pub async fn sweeping_removes_what_is_long_over((ports, sweeper): (Ports, Arc<dyn Sweeper>)) {
    let scene = Scene::on(ports);
    let litter = Litter::strewn(&scene).await;
    let later = NOW.plus(366 * DAY);
    let gone = sweep_all(&*sweeper, later).await;
    assert!(!litter.is_told(&scene).await);
    assert!(gone >= 9, "{gone} rows went");
    assert_eq!(litter.is_there(&scene).await, [false; 6]);
    assert_eq!(litter.is_logged(&scene).await, [false; 2]);
    let account = scene.somebody();
    scene.commit_at(later, [Change::AddAccount(account.clone())]).await.unwrap();
    assert_eq!(scene.moment().await.account(account.id()).await.unwrap(), Some(account), "the store goes on");
}
