//! A sign-up is no account until the right code is given, and nothing tells who has one.
use std::{
    mem::discriminant,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use registration_domain::{
    account::AccountId,
    audit::Action,
    change::{Change, ChangeSet},
    email::Email,
    message::{Letter, SignUpLetter},
    password::{Password, PasswordHash},
    platform::{Platform, Ports},
    port::{Act, Codes, CommitError, Ledger, PasswordHasher, PortError},
    refusal::{Fact, Refusal, RefusalKind},
    session::Origin,
    settings::{PublicUrl, Settings},
    sign_up::{SignUp, SignUpState},
    time::{DAY, HOUR, MINUTE},
    use_case::{registration::Registration, sign_up::StartSignUp},
    verification_code::{CodeFor, VerificationCode},
};
use registration_testkit::{
    scenario::{TestPlatform, seeing_members, start_sign_up, verify_sign_up, wrong},
    stub::{NOW, PlainCodes, PlainHasher},
};

const MICRO: Duration = Duration::from_micros(1);

/// Keeps what is committed, and passes it on.
struct Recorder {
    ledger: Arc<dyn Ledger>,
    seen: std::sync::Mutex<Vec<ChangeSet>>,
}

#[async_trait]
impl Ledger for Recorder {
    async fn commit(&self, act: Act, changes: ChangeSet) -> Result<(), CommitError> {
        self.seen.lock().unwrap().push(changes.clone());
        self.ledger.commit(act, changes).await
    }
}

/// Counts how often a password is hashed.
#[derive(Default)]
struct CountingHasher(PlainHasher, AtomicUsize);

#[async_trait]
impl PasswordHasher for CountingHasher {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, PortError> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.hash(password).await
    }
    async fn verify(&self, password: &Password, hash: Option<&PasswordHash>) -> Result<bool, PortError> {
        self.0.verify(password, hash).await
    }
}

/// Counts how often a guess is compared.
#[derive(Default)]
struct CountingCodes(AtomicUsize);

impl Codes for CountingCodes {
    fn code(&self, of: CodeFor) -> VerificationCode {
        PlainCodes.code(of)
    }
    fn matches(&self, of: CodeFor, guess: &VerificationCode) -> bool {
        self.0.fetch_add(1, Ordering::Relaxed);
        PlainCodes.matches(of, guess)
    }
}

fn settings() -> Settings {
    Settings::new(PublicUrl::parse("https://join.example.org").unwrap())
}
async fn stored(test: &TestPlatform, of: &SignUp) -> SignUp {
    test.platform.find_sign_up(of.id()).await.unwrap().unwrap()
}
async fn started(test: &TestPlatform, email: &str, username: &str) -> SignUp {
    test.sign_up(email, username).await.unwrap().what
}
async fn deliver(test: &TestPlatform) -> Vec<(String, &'static str)> {
    let before = test.mailer.taken().len();
    while test.platform.deliver_mail().await.unwrap() > 0 {}
    let taken = test.mailer.taken().into_iter().skip(before);
    taken.map(|it| (it.message.to.to_string(), it.message.letter.kind())).collect()
}
fn told<T, R: Refusal + 'static>(
    result: Result<T, registration_domain::platform::VerbError<R>>,
) -> (RefusalKind, &'static str) {
    result.map(|_| ()).unwrap_err().told()
}

#[tokio::test]
async fn exactly_what_was_typed_becomes_the_account() {
    let test = TestPlatform::in_memory();
    let sign_up = started(&test, "Ana@Example.org", "ana.ruiz").await;
    assert!(test.sign_in("ana.ruiz", "Sunny-river-42", "phone").await.is_err(), "there is no account yet");
    let account = test.verify(&sign_up, test.code(&sign_up)).await.unwrap().what;
    let (parts, typed) = (account.parts(), &sign_up.parts().typed);
    assert_eq!(
        (&parts.id, &parts.email, &parts.username, &parts.name, &parts.password),
        (&typed.id, &typed.email, &typed.username, &typed.name, &typed.password)
    );
    assert!(!parts.administrator);
    test.sign_in("ana@example.org", "Sunny-river-42", "phone").await.unwrap();
}

#[tokio::test]
async fn a_code_is_right_until_the_last_microsecond_of_its_ten_minutes() {
    for (late, expected) in [(MICRO, None), (Duration::ZERO, Some("code_expired"))] {
        let test = TestPlatform::in_memory();
        let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
        test.wait((10 * MINUTE).checked_sub(late).unwrap());
        let verified = test.verify(&sign_up, test.code(&sign_up)).await;
        assert_eq!(verified.err().map(|it| it.code()), expected);
    }
}

#[tokio::test]
async fn a_sign_up_holds_until_the_last_microsecond_of_its_hour() {
    for (late, expected) in [(MICRO, None), (Duration::ZERO, Some("sign_up_unknown"))] {
        let test = TestPlatform::in_memory();
        let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
        test.wait(55 * MINUTE);
        let sign_up = test.resend_code(&sign_up).await.unwrap().what;
        assert_eq!(sign_up.parts().code.expires_at, NOW.plus(HOUR), "a code ends with its sign-up");
        test.wait((5 * MINUTE).checked_sub(late).unwrap());
        let verified = test.verify(&sign_up, test.code(&sign_up)).await;
        assert_eq!(verified.err().map(|it| it.code()), expected);
    }
}

#[tokio::test]
async fn a_new_code_can_be_asked_for_after_a_minute_and_not_before() {
    let test = TestPlatform::in_memory();
    let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
    test.wait(MINUTE.checked_sub(MICRO).unwrap());
    let refused = test.resend_code(&sign_up).await.unwrap_err();
    assert_eq!(refused.told(), (RefusalKind::Limited, "resend_too_soon"));
    assert_eq!(refused.facts(), [Fact::RetryAt(NOW.plus(MINUTE))]);
    test.wait(MICRO);
    let older = test.code(&sign_up);
    let resent = test.resend_code(&sign_up).await.unwrap().what;
    assert_eq!(told(test.verify(&resent, older).await), (RefusalKind::Invalid, "code_incorrect"));
    test.verify(&resent, test.code(&resent)).await.unwrap();
}

#[tokio::test]
async fn a_known_address_costs_the_same_rows_and_the_same_hash() {
    let mut seen = Vec::new();
    for email in ["ADA@example.org", "nils@example.org"] {
        let founded = TestPlatform::in_memory();
        founded.found().await;
        let ledger = founded.ports.ledger.clone();
        let recorder = Arc::new(Recorder { ledger, seen: std::sync::Mutex::default() });
        let hasher = Arc::new(CountingHasher::default());
        let ports = Ports { ledger: recorder.clone(), passwords: hasher.clone(), ..founded.ports.clone() };
        let platform = Platform::new(ports, settings());
        let sign_up = platform.start_sign_up(start_sign_up(email, "nils.n")).await.unwrap().what;
        let guess = wrong(&founded.code(&sign_up));
        platform.verify_sign_up(verify_sign_up(sign_up.id(), guess)).await.unwrap_err();
        let acts = recorder.seen.lock().unwrap().clone();
        let kinds: Vec<Vec<_>> =
            acts.iter().map(|it| it.changes().iter().map(discriminant).collect()).collect();
        seen.push((kinds, hasher.1.load(Ordering::Relaxed)));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0].1, 1, "the password is hashed, and once");
}

#[tokio::test]
async fn whoever_has_an_account_is_mailed_so_at_the_stored_address() {
    let test = TestPlatform::in_memory();
    test.found().await;
    let decoy = started(&test, "ADA@Example.org", "ada.two").await;
    assert_eq!(decoy.parts().state, SignUpState::Decoy);
    assert_eq!(deliver(&test).await, [("ada@example.org".into(), "already_registered")]);
    let mail = test.mailer.taken().pop().unwrap();
    assert_eq!((mail.code, mail.link.expose()), (None, "https://join.example.org/sign-in"));
    let refused = test.verify(&decoy, test.code(&decoy)).await.unwrap_err();
    assert_eq!(refused.told(), (RefusalKind::Invalid, "code_incorrect"));
    assert_eq!(refused.facts(), [Fact::TriesLeft(4)]);
}

#[tokio::test]
async fn the_code_that_is_mailed_is_the_one_that_is_right() {
    let test = TestPlatform::in_memory();
    let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
    assert_eq!(deliver(&test).await, [("ana@example.org".into(), "sign_up_code")]);
    let mail = test.mailer.taken().pop().unwrap();
    assert_eq!(mail.link.expose(), "https://join.example.org/sign-up/verify");
    test.verify(&sign_up, mail.code.unwrap()).await.unwrap();
}

#[tokio::test]
async fn a_code_that_a_newer_one_voided_is_not_sent() {
    let test = TestPlatform::in_memory();
    let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
    test.wait(MINUTE);
    let newest = test.resend_code(&sign_up).await.unwrap().what;
    assert_eq!(deliver(&test).await.len(), 1);
    let Letter::SignUp(SignUpLetter::Code { generation, .. }) =
        test.mailer.taken().pop().unwrap().message.letter
    else {
        panic!("a code")
    };
    assert_eq!(generation, newest.parts().code.generation);
}

#[tokio::test]
async fn a_code_is_not_sent_once_its_address_has_an_account_or_its_time_is_over() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    started(&test, "ben@example.org", "ben.early").await;
    test.member(&owner, "ben", seeing_members()).await;
    assert!(deliver(&test).await.iter().all(|(_, kind)| *kind != "sign_up_code"));
    started(&test, "cleo@example.org", "cleo.p").await;
    test.wait(10 * MINUTE);
    assert_eq!(deliver(&test).await, []);
}

#[tokio::test]
async fn an_account_that_appears_meanwhile_makes_every_code_wrong() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let sign_up = started(&test, "ben@example.org", "ben.early").await;
    test.member(&owner, "ben", seeing_members()).await;
    assert_eq!(told(test.verify(&sign_up, test.code(&sign_up)).await).1, "code_incorrect");
    test.wait(MINUTE);
    let resent = test.resend_code(&sign_up).await.unwrap().what;
    assert_eq!(resent.parts().state, SignUpState::Decoy);
    assert_eq!(told(test.verify(&resent, test.code(&resent)).await).1, "code_incorrect");
}

#[tokio::test]
async fn the_other_sign_ups_of_an_address_end_in_the_same_commit() {
    let test = TestPlatform::in_memory();
    let others = [
        started(&test, "ana@example.org", "not.ana").await,
        started(&test, "ANA@example.org", "nor.her").await,
    ];
    let elsewhere = started(&test, "ben@example.org", "ben.okri").await;
    let hers = started(&test, "ana@example.org", "ana.ruiz").await;
    test.verify(&hers, test.code(&hers)).await.unwrap();
    for other in &others {
        assert_eq!(stored(&test, other).await.parts().state, SignUpState::Decoy);
    }
    assert_eq!(stored(&test, &hers).await.parts().state, SignUpState::Verified { at: NOW });
    assert_eq!(stored(&test, &elsewhere).await.parts().state, SignUpState::AwaitingCode);
}

#[tokio::test]
async fn a_code_is_right_for_its_own_sign_up_alone() {
    let test = TestPlatform::in_memory();
    let one = started(&test, "ana@example.org", "ana.first").await;
    let other = started(&test, "ana@example.org", "ana.other").await;
    assert_eq!(told(test.verify(&one, test.code(&other)).await).1, "code_incorrect");
}

#[tokio::test]
async fn a_right_guess_that_was_of_no_use_costs_no_try() {
    let test = TestPlatform::in_memory();
    let owner = test.found().await;
    let sign_up = started(&test, "ana@example.org", "ben").await;
    test.member(&owner, "ben", seeing_members()).await;
    for _ in 0..9 {
        assert_eq!(
            told(test.verify(&sign_up, test.code(&sign_up)).await),
            (RefusalKind::Conflict, "username_taken")
        );
    }
    let account = test.verify_as(&sign_up, test.code(&sign_up), "ana.ruiz").await.unwrap().what;
    assert_eq!(account.parts().username.as_str(), "ana.ruiz");
}

#[tokio::test]
async fn a_guess_that_cannot_be_counted_is_not_compared() {
    struct Down;
    #[async_trait]
    impl Ledger for Down {
        async fn commit(&self, _: Act, _: ChangeSet) -> Result<(), CommitError> {
            Err(PortError::Unavailable("down".into()).into())
        }
    }
    let test = TestPlatform::in_memory();
    let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
    let codes = Arc::new(CountingCodes::default());
    let ports = Ports { ledger: Arc::new(Down), codes: codes.clone(), ..test.ports.clone() };
    let platform = Platform::new(ports, settings());
    platform.verify_sign_up(verify_sign_up(sign_up.id(), test.code(&sign_up))).await.unwrap_err();
    assert_eq!(codes.0.load(Ordering::Relaxed), 0);
}

#[tokio::test]
async fn no_more_guesses_are_compared_than_there_are_tries() {
    let test = TestPlatform::in_memory();
    let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
    let codes = Arc::new(CountingCodes::default());
    let platform = Platform::new(Ports { codes: codes.clone(), ..test.ports.clone() }, settings());
    let guess = wrong(&test.code(&sign_up));
    for _ in 0..40 {
        platform.verify_sign_up(verify_sign_up(sign_up.id(), guess.clone())).await.unwrap_err();
    }
    assert_eq!(codes.0.load(Ordering::Relaxed), 5);
}

#[tokio::test]
async fn a_day_refills_the_tries_of_an_address_and_a_new_code_does_not() {
    let test = TestPlatform::in_memory();
    let mut compared = 0;
    for _ in 0..3 {
        let mut sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
        for _ in 0..3 {
            for _ in 0..5 {
                let refused = told(test.verify(&sign_up, wrong(&test.code(&sign_up))).await);
                compared += u32::from(refused.1 == "code_incorrect");
            }
            test.wait(10 * MINUTE);
            match test.resend_code(&sign_up).await {
                Ok(resent) => sign_up = resent.what,
                Err(_) => break,
            }
        }
        test.wait(HOUR);
    }
    assert_eq!(compared, 25);
    test.wait(DAY);
    let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
    test.verify(&sign_up, test.code(&sign_up)).await.unwrap();
}

#[tokio::test]
async fn where_sign_up_is_closed_nobody_comes_by_themselves() {
    let test = TestPlatform::in_memory();
    let sign_up = started(&test, "ana@example.org", "ana.ruiz").await;
    test.wait(MINUTE);
    let closed = Platform::new(test.ports.clone(), Settings { sign_up_is_open: false, ..settings() });
    let refused = (RefusalKind::Forbidden, "sign_up_closed");
    assert_eq!(told(closed.start_sign_up(start_sign_up("ben@example.org", "ben.okri")).await), refused);
    let verify = verify_sign_up(sign_up.id(), test.code(&sign_up));
    assert_eq!(told(closed.verify_sign_up(verify).await), refused);
    let resend = registration_domain::use_case::resend_code::ResendCode {
        sign_up: sign_up.id(),
        origin: Origin(None),
        once: None,
    };
    assert_eq!(told(closed.resend_code(resend).await), refused);
}

#[tokio::test]
async fn everything_that_is_missing_is_told_at_once_with_a_taken_username() {
    let test = TestPlatform::in_memory();
    test.found().await;
    let registration = Registration {
        username: registration_domain::username::Username::parse("ada.l").ok(),
        ..Registration::default()
    };
    let email = Email::parse("nils@example.org").unwrap();
    let command = StartSignUp { email, registration, origin: Origin(None), once: None };
    let refused = test.platform.start_sign_up(command).await.unwrap_err();
    let faults: Vec<_> = refused.faults().into_iter().map(|it| (it.field, it.code)).collect();
    let expected = [
        ("first_name", "required"),
        ("last_name", "required"),
        ("password", "required"),
        ("username", "username_taken"),
    ];
    assert_eq!(faults, expected.map(|(field, code)| (field.into(), code)));
}

#[tokio::test]
async fn the_log_names_nobody_who_has_no_account() {
    let test = TestPlatform::in_memory();
    let ledger = test.ports.ledger.clone();
    let recorder = Arc::new(Recorder { ledger, seen: std::sync::Mutex::default() });
    let platform = Platform::new(Ports { ledger: recorder.clone(), ..test.ports.clone() }, settings());
    let sign_up = platform.start_sign_up(start_sign_up("ana@example.org", "ana.ruiz")).await.unwrap().what;
    platform.verify_sign_up(verify_sign_up(sign_up.id(), test.code(&sign_up))).await.unwrap();
    let seen = recorder.seen.lock().unwrap().clone();
    let events = seen.iter().flat_map(ChangeSet::changes).filter_map(|it| {
        let Change::Record(event) = it else { return None };
        Some((event.action, event.label.clone(), event.actor))
    });
    let account: AccountId = sign_up.parts().typed.id;
    assert_eq!(
        events.collect::<Vec<_>>(),
        [
            (Action::SignUpStarted, "somebody at example.org".to_owned(), None),
            (Action::SignedUp, "ana@example.org".to_owned(), Some(account)),
        ]
    );
}
