//! What no in-memory store can show: ports that fail, answers that get lost, and a record that never rests.
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use registration_domain::{
    access::Access,
    change::ChangeSet,
    password::{Password, PasswordHash},
    platform::{Platform, Ports, VerbError},
    port::{Act, CommitError, Ledger, Moment, PasswordHasher, PortError, Reads, Unique},
    refusal::{Refusal, RefusalKind},
    session::Origin,
    time::MINUTE,
    use_case::invite::Invite,
};

use super::{
    support::{PASSWORD, guest, words},
    world::{World, accept_command, sign_in},
};

mockall::mock! {
    Ledger {}
    #[async_trait]
    impl Ledger for Ledger {
        async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError>;
    }
}
mockall::mock! {
    Hasher {
        fn hashes(&self) -> Result<PasswordHash, PortError>;
        fn compares(&self, with_a_hash: bool) -> Result<bool, PortError>;
    }
}
#[async_trait]
impl PasswordHasher for MockHasher {
    async fn hash(&self, _: &Password) -> Result<PasswordHash, PortError> {
        self.hashes()
    }
    async fn verify(&self, _: &Password, hash: Option<&PasswordHash>) -> Result<bool, PortError> {
        self.compares(hash.is_some())
    }
}
mockall::mock! {
    Reads {}
    #[async_trait]
    impl Reads for Reads {
        async fn moment(&self) -> Result<Box<dyn Moment>, PortError>;
    }
}

fn down() -> PortError {
    PortError::Unavailable("down".into())
}
/// A platform whose ledger answers so, so many times.
async fn with_ledger(times: usize, answer: fn() -> Result<(), CommitError>) -> (Platform, Invite) {
    let world = World::founded().await;
    let mut ledger = MockLedger::new();
    ledger.expect_commit().times(times).returning(move |_, _| answer());
    let command = world.invite_command(&world.owner, "guest@example.org", Access::All);
    (world.on(|ports| Ports { ledger: Arc::new(ledger), ..ports }), command)
}
fn check<R: Refusal>(failed: &VerbError<R>, code: &str) {
    assert_eq!((failed.kind(), failed.code()), (RefusalKind::Unavailable, code), "{failed:?}");
    assert_eq!((failed.facts(), failed.faults()), (vec![], vec![]));
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_passed_on_at_once() {
    let (platform, invite) = with_ledger(1, || Err(down().into())).await;
    let failed = platform.invite(invite).await.unwrap_err();
    assert!(matches!(failed, VerbError::Port(PortError::Unavailable(_))), "{failed:?}");
    check(&failed, "try_again");
}

#[tokio::test]
async fn a_store_that_cannot_be_read_is_passed_on_at_once() {
    let world = World::founded().await;
    let mut reads = MockReads::new();
    reads.expect_moment().once().returning(|| Err(down()));
    let platform = world.on(|ports| Ports { reads: Arc::new(reads), ..ports });
    let failed = platform.invite(world.invite_command(&world.owner, "guest@example.org", Access::All)).await;
    check(&failed.unwrap_err(), "try_again");
}

#[tokio::test]
async fn a_verb_gives_up_after_twelve_conflicts() {
    let (platform, invite) = with_ledger(12, || Err(CommitError::Conflict)).await;
    let failed = platform.invite(invite).await.unwrap_err();
    assert!(matches!(failed, VerbError::Busy), "{failed:?}");
    check(&failed, "try_again");
}

#[tokio::test]
async fn an_index_that_the_rules_have_no_words_for_is_no_endless_loop() {
    let (platform, invite) = with_ledger(12, || Err(CommitError::Taken(Unique::PendingInvitation))).await;
    check(&platform.invite(invite).await.unwrap_err(), "try_again");
}

#[tokio::test]
async fn a_corrupt_row_is_reported_and_never_guessed_at() {
    let corrupt = || PortError::Corrupt { table: "invitation", row: "7".into(), what: "accepted by nobody" };
    let (platform, invite) = with_ledger(1, || {
        Err(PortError::Corrupt { table: "invitation", row: "7".into(), what: "accepted by nobody" }.into())
    })
    .await;
    let failed = platform.invite(invite).await.unwrap_err();
    check(&failed, "try_again");
    assert_eq!(failed.to_string(), corrupt().to_string());
}

#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_looked_up_and_found() {
    let world = World::founded().await;
    let (sound, mut ledger) = (world.ports.ledger.clone(), MockLedger::new());
    ledger.expect_commit().once().returning(move |act, changes| {
        at_once(sound.commit(act, changes)).unwrap();
        Err(CommitError::Unknown(down()))
    });
    let platform = world.on(|ports| Ports { ledger: Arc::new(ledger), ..ports });
    let invite = world.invite_command(&world.owner, "guest@example.org", Access::All);
    let answer = platform.invite(invite).await.unwrap();
    assert_eq!((answer.what.invitation.parts().email.clone(), answer.repeated), (guest(), false));
}

#[tokio::test]
async fn a_commit_that_was_lost_on_its_way_is_tried_again_under_another_act() {
    let world = World::founded().await;
    let (sound, mut ledger) = (world.ports.ledger.clone(), MockLedger::new());
    let lost = Arc::new(std::sync::Mutex::new(None));
    let tried = lost.clone();
    ledger.expect_commit().times(2).returning(move |act, changes| {
        let before = tried.lock().unwrap().replace(act.id);
        match before {
            None => Err(CommitError::Unknown(down())),
            Some(before) => {
                assert_ne!(before, act.id);
                at_once(sound.commit(act, changes))
            }
        }
    });
    let platform = world.on(|ports| Ports { ledger: Arc::new(ledger), ..ports });
    let invite = world.invite_command(&world.owner, "guest@example.org", Access::All);
    assert!(platform.invite(invite).await.is_ok());
}

#[tokio::test]
async fn what_cannot_be_looked_up_is_not_known_and_not_tried_again() {
    let world = World::founded().await;
    let (sound, asked) = (world.ports.reads.clone(), AtomicUsize::new(0));
    let (mut reads, mut ledger) = (MockReads::new(), MockLedger::new());
    reads.expect_moment().times(2).returning(move || match asked.fetch_add(1, Ordering::SeqCst) {
        0 => at_once(sound.moment()),
        _ => Err(down()),
    });
    ledger.expect_commit().once().returning(|_, _| Err(CommitError::Unknown(down())));
    let platform = world.on(|ports| Ports { reads: Arc::new(reads), ledger: Arc::new(ledger), ..ports });
    let invite = world.invite_command(&world.owner, "guest@example.org", Access::All);
    check(&platform.invite(invite).await.unwrap_err(), "try_again");
}

#[tokio::test]
async fn a_hasher_with_too_much_to_do_says_so_and_nobody_comes_in_half() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let mut hasher = MockHasher::new();
    hasher.expect_hashes().once().returning(|| Err(PortError::Overloaded));
    let platform = world.on(|ports| Ports { passwords: Arc::new(hasher), ..ports });
    let command = accept_command(world.token(invitation).await, None, "newcomer");
    check(&platform.accept_invitation(command).await.unwrap_err(), "overloaded");
    assert!(world.accept_as(invitation, "newcomer").await.is_ok(), "the invitation holds still");
}

#[tokio::test]
async fn a_guess_that_was_never_compared_is_given_back() {
    let world = World::with_sign_ins(1).await;
    let mut hasher = MockHasher::new();
    hasher.expect_compares().times(3).returning(|_| Err(PortError::Overloaded));
    let platform = world.on(|ports| Ports { passwords: Arc::new(hasher), ..ports });
    for _ in 0..3 {
        check(&platform.sign_in(sign_in("owen", PASSWORD, None)).await.unwrap_err(), "overloaded");
    }
    assert!(world.sign_in("owen", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_password_is_hashed_once_however_often_the_verb_decides() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let mut hasher = MockHasher::new();
    hasher.expect_hashes().once().returning(|| Ok(PasswordHash::from_phc("$plain$1$x".into())));
    let mut ledger = MockLedger::new();
    ledger.expect_commit().times(12).returning(|_, _| Err(CommitError::Conflict));
    let platform = world.on(|ports| Ports { passwords: Arc::new(hasher), ledger: Arc::new(ledger), ..ports });
    let command = accept_command(world.token(invitation).await, None, "newcomer");
    check(&platform.accept_invitation(command).await.unwrap_err(), "try_again");
}

#[tokio::test]
async fn nobody_is_hashed_for_who_cannot_come_in() {
    let world = World::founded().await;
    let invitation = world.invited("guest@example.org", Access::All).await;
    let mut hasher = MockHasher::new();
    hasher.expect_hashes().never();
    let platform = world.on(|ports| Ports { passwords: Arc::new(hasher), ..ports });
    let stale = world.token_of(invitation, registration_domain::revision::Generation(3));
    let refused = platform.accept_invitation(accept_command(stale, None, "newcomer")).await.unwrap_err();
    assert_eq!(refused.code(), "invitation_superseded");
}

#[tokio::test]
async fn whoever_is_unknown_costs_the_work_of_whoever_is_known() {
    let world = World::founded().await;
    for (identifier, known) in
        [("owen", true), ("nobody", false), ("nobody@example.org", false), ("\u{0}", false)]
    {
        let mut hasher = MockHasher::new();
        hasher.expect_compares().once().withf(move |it| *it == known).returning(|_| Ok(false));
        let platform = world.on(|ports| Ports { passwords: Arc::new(hasher), ..ports });
        world.acts();
        let refused = platform.sign_in(sign_in(identifier, "guess", None)).await.unwrap_err();
        assert_eq!((refused.kind(), refused.code()), (RefusalKind::Unauthenticated, "invalid_credentials"));
        let spent = ["spend sign_ins of 100".to_owned(), "spend sign_ins_in_a_row of 100".to_owned()];
        let commits = [spent.to_vec(), vec!["log wrong_password".to_owned()]];
        assert_eq!(world.acts().iter().map(words).collect::<Vec<_>>(), commits, "{identifier:?}");
    }
}

#[tokio::test]
async fn whoever_is_signed_in_is_let_in_though_the_use_cannot_be_noted() {
    for answer in [|| Err(down().into()), || Err(CommitError::Conflict), || Err(CommitError::Unknown(down()))]
    {
        let world = World::founded().await;
        world.advance(MINUTE);
        let mut ledger = MockLedger::new();
        ledger.expect_commit().once().returning(move |_, _| answer());
        let platform = world.on(|ports| Ports { ledger: Arc::new(ledger), ..ports });
        let signed_in = platform.authenticate(world.owner_token.expose(), Origin(None)).await;
        assert_eq!(signed_in.unwrap().account.id(), world.owner.account);
    }
}

/// Reads that fail once, at this turn.
fn reads_that_fail_at(turn: usize, world: &World) -> Arc<MockReads> {
    let (sound, asked) = (world.ports.reads.clone(), AtomicUsize::new(1));
    let mut reads = MockReads::new();
    reads.expect_moment().returning(move || {
        if asked.fetch_add(1, Ordering::SeqCst) == turn { Err(down()) } else { at_once(sound.moment()) }
    });
    Arc::new(reads)
}

#[tokio::test]
async fn a_mail_that_cannot_be_judged_holds_up_none_behind_it() {
    let world = World::founded().await;
    for name in ["first", "second", "third"] {
        world.invited(&format!("{name}@example.org"), Access::All).await;
    }
    let reads = reads_that_fail_at(1, &world);
    let platform = world.on(|ports| Ports { reads, ..ports });
    assert!(platform.deliver_mail().await.is_err());
    while platform.deliver_mail().await.unwrap() > 0 {}
    let sent = || world.mailer.taken().iter().map(|it| it.message.to.to_string()).collect::<Vec<_>>();
    assert_eq!(sent(), ["second@example.org", "third@example.org"]);
    world.advance(2 * MINUTE);
    assert_eq!(platform.deliver_mail().await.unwrap(), 1);
    assert_eq!(sent().last().unwrap(), "first@example.org");
}

#[tokio::test]
async fn a_review_that_cannot_be_read_holds_up_none_behind_it() {
    let world = World::founded().await;
    for name in ["firstling", "secondling"] {
        let (inviter, seat) = world.joined(name, Access::All).await;
        world.invite_by(&inviter, &format!("by.{name}@example.org"), Access::All).await.unwrap();
        world.remove(&world.owner, seat).await.unwrap();
    }
    let reads = reads_that_fail_at(2, &world);
    let platform = world.on(|ports| Ports { reads, ..ports });
    assert!(platform.close_unbacked_invitations().await.is_err());
    assert_eq!(platform.close_unbacked_invitations().await.unwrap(), 1, "the second was closed before");
}

/// The stores of these tests are in memory and never wait.
fn at_once<T>(ready: impl Future<Output = T>) -> T {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(ready).poll(&mut context) {
        std::task::Poll::Ready(answer) => answer,
        std::task::Poll::Pending => unreachable!("memory does not wait"),
    }
}
