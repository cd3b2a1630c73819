//! A sign-up holds nothing, and makes one account at the most, whoever guesses, however many at once.
use registration_domain::{
    account::NewAccount,
    change::Change,
    email::Email,
    invitation::InvitationState,
    limit::Limited,
    locale::Locale,
    message::{Letter, SignUpLetter},
    page::Page,
    password::PasswordHash,
    platform::{Ports, VerbError},
    port::CommitError,
    refusal::Refusal,
    revision::Revision,
    settings::Lifetimes,
    sign_up::{Holder, SignUp, SignUpParts, SignUpState},
    time::{DAY, HOUR, MINUTE},
    username::Username,
    verification_code::CodeTerm,
};

use super::{
    row::instants,
    scene::{Scene, generation, person, rows, with_state},
};
use crate::{
    scenario::{TestPlatform, wrong},
    stub::NOW,
};

promises! {
    /// Makes the promises of a store about sign-ups tests.
    sign_up_contract, sign_up, Ports:
    every_sign_up_is_read_as_it_was_written,
    a_stale_sign_up_is_not_written,
    sign_ups_hold_neither_address_nor_username,
    sign_ups_that_await_their_code_are_found_by_their_mailbox,
    open_invitations_are_found_by_their_mailbox,
    guesses_at_a_code_are_counted_over_all_tries,
    guesses_at_an_address_are_counted_over_all_its_sign_ups,
    one_of_two_racing_verifications_wins,
    racing_sign_ups_of_an_address_make_one_account,
    racing_sign_ups_of_a_username_make_one_account,
}

impl Scene {
    pub(super) fn sign_up(&self, email: &str, username: &str) -> SignUp {
        let typed = NewAccount {
            id: self.ports.ids.fresh(),
            email: Email::parse(email).expect("an address"),
            username: Username::parse_any(username).expect("a username"),
            name: person("Ana", "Ruiz"),
            password: PasswordHash::from_phc("$plain$0$00".into()),
            locale: None,
        };
        SignUp::start(self.ports.ids.fresh(), typed, Holder::Nobody, &Lifetimes::default(), NOW)
    }
}

/// One letter of each kind.
pub(super) fn every_letter(scene: &Scene) -> [Letter; 2] {
    let ids = &scene.ports.ids;
    [
        Letter::SignUp(SignUpLetter::Code {
            sign_up: ids.fresh(),
            generation: generation(7),
            expires_at: instants()[0],
        }),
        Letter::SignUp(SignUpLetter::AlreadyRegistered { sign_up: ids.fresh(), generation: generation(0) }),
    ]
}

/// In each state, with every instant to the microsecond.
pub async fn every_sign_up_is_read_as_it_was_written(ports: Ports) {
    let scene = Scene::on(ports);
    let verified = |at| SignUpState::Verified { at };
    let states = [SignUpState::AwaitingCode, SignUpState::Decoy, verified(NOW), verified(instants()[1])];
    for (number, (state, at)) in (0_u32..).zip(states.into_iter().zip(instants())) {
        let it = scene.sign_up("Zoë.1+tag@Müller.Example", "zoe").into_parts();
        let typed = NewAccount {
            name: person("María José", "O’Brien-de la Cruz 李"),
            password: PasswordHash::from_phc("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA+/".into()),
            locale: (number % 2 == 0).then(|| Locale::parse("de-CH").expect("a locale")),
            ..it.typed
        };
        let code = CodeTerm { generation: generation(number), expires_at: at, resend_at: instants()[0] };
        let (created_at, expires_at, revision) = (at, instants()[3], Revision(number));
        let parts = SignUpParts { id: it.id, typed, code, created_at, expires_at, state, revision };
        let sign_up = SignUp::from_parts(parts);
        scene.write([Change::AddSignUp(sign_up.clone())]).await;
        assert_eq!(scene.moment().await.sign_up(sign_up.id()).await.unwrap(), Some(sign_up));
    }
    assert_eq!(scene.moment().await.sign_up(scene.ports.ids.fresh()).await.unwrap(), None);
}

/// So that a new code and a right guess at the older one never both win.
pub async fn a_stale_sign_up_is_not_written(ports: Ports) {
    let scene = Scene::on(ports);
    let read = scene.sign_up("ana@example.org", "ana");
    scene.write([Change::AddSignUp(read.clone())]).await;
    let later = NOW.plus(MINUTE);
    let resent = read.clone().open(later).unwrap().resend(Holder::Nobody, &Lifetimes::default(), later);
    scene.write([Change::UpdateSignUp(resent.unwrap())]).await;
    let refused = scene.commit([Change::UpdateSignUp(read.open(NOW).unwrap().eclipse())]).await;
    assert!(matches!(refused, Err(CommitError::Conflict)), "{refused:?}");
}

/// Two of them may want the same, and somebody else may take it.
pub async fn sign_ups_hold_neither_address_nor_username(ports: Ports) {
    let scene = Scene::on(ports);
    for _ in 0..2 {
        scene.write([Change::AddSignUp(scene.sign_up("ana@example.org", "ana"))]).await;
    }
    scene.write([Change::AddAccount(scene.account("ana@example.org", "ana"))]).await;
}

/// However it is spelled; not those that expired, were verified, or stand for somebody who has an account.
pub async fn sign_ups_that_await_their_code_are_found_by_their_mailbox(ports: Ports) {
    let scene = Scene::on(ports);
    let [one, other] = ["ana@Example.org", "ANA@example.org"].map(|it| scene.sign_up(it, "ana"));
    let settled = [SignUpState::Decoy, SignUpState::Verified { at: NOW }].map(|state| {
        let parts = scene.sign_up("ana@example.org", "ana").into_parts();
        SignUp::from_parts(SignUpParts { state, ..parts })
    });
    let elsewhere = scene.sign_up("ben@example.org", "ben");
    let all = [one.clone(), other.clone(), elsewhere].into_iter().chain(settled);
    scene.write(all.map(Change::AddSignUp)).await;
    let address = Email::parse("Ana@EXAMPLE.org").unwrap();
    let at = |now| {
        let (scene, address) = (scene.clone(), address.clone());
        async move { scene.moment().await.awaiting_sign_ups(&address, now).await.unwrap() }
    };
    assert_eq!(at(NOW).await, [one, other]);
    assert_eq!(at(NOW.plus(HOUR)).await, [], "an instant equal to the expiry is expired");
}

/// However it is spelled, of every organization, newest first; not those that expired or were settled.
pub async fn open_invitations_are_found_by_their_mailbox(ports: Ports) {
    let (scene, acme) = Scene::founded(ports).await;
    let beta = scene.found().await;
    let older = scene.invitation_at(&acme.membership, "GUEST@example.org", NOW.minus(HOUR));
    let newer = scene.invitation(&beta.membership, "guest@Example.org");
    let expired = {
        let gamma = scene.found().await;
        scene.invitation_at(&gamma.membership, "guest@example.org", NOW.minus(7 * DAY))
    };
    let declined = {
        let delta = scene.found().await;
        let open = scene.invitation(&delta.membership, "guest@example.org");
        with_state(open, InvitationState::Declined { at: NOW, reason: None })
    };
    let elsewhere = scene.invitation(&acme.membership, "other@example.org");
    for it in [&older, &newer, &expired, &declined, &elsewhere] {
        scene.write([Change::AddInvitation(it.clone()), Change::Send(scene.mail(it))]).await;
    }
    let (address, moment) = (Email::parse("Guest@example.ORG").unwrap(), scene.moment().await);
    let first = moment.open_invitations(&address, NOW, &Page::first(rows(1))).await.unwrap();
    assert_eq!(first.rows.len(), 1);
    assert_eq!((&first.rows[0].invitation, &first.rows[0].organization), (&newer, &beta.organization));
    let next = Page { after: first.next, size: rows(1) };
    let second = moment.open_invitations(&address, NOW, &next).await.unwrap();
    let found = second.rows.iter().map(|it| (&it.invitation, &it.inviter)).collect::<Vec<_>>();
    assert_eq!(found, [(&older, &(&acme.account).into())]);
    assert_eq!(second.next, None);
}

/// Of fifty at once five are compared, and the right one is refused like the others then.
pub async fn guesses_at_a_code_are_counted_over_all_tries(ports: Ports) {
    let test = TestPlatform::with(ports);
    let sign_up = test.sign_up("ana@example.org", "ana.ruiz").await.unwrap().what;
    let right = test.code(&sign_up);
    let tries = (0..50).map(|_| {
        let (test, sign_up, guess) = (test.clone(), sign_up.clone(), wrong(&right));
        tokio::spawn(async move { test.verify(&sign_up, guess).await.unwrap_err() })
    });
    let mut compared = Vec::new();
    for one in tries.collect::<Vec<_>>() {
        match one.await.unwrap() {
            VerbError::Refused(why) => compared.push(why.code()),
            VerbError::Spent { what, .. } => assert_eq!(what, Limited::CodeTries),
            other @ (VerbError::KeyReused | VerbError::Busy | VerbError::Port(_)) => panic!("{other:?}"),
        }
    }
    assert_eq!(compared, ["code_incorrect"; 5]);
    let late = test.verify(&sign_up, right).await.unwrap_err();
    assert_eq!(late.code(), "too_many_tries");
}

/// Twenty-five in a day, however many codes were sent, and a new sign-up does not refill them.
pub async fn guesses_at_an_address_are_counted_over_all_its_sign_ups(ports: Ports) {
    let test = TestPlatform::with(ports);
    for round in 0..5 {
        let spelling = ["ana@example.org", "ANA@Example.org"][round % 2];
        let sign_up = test.sign_up(spelling, "ana.ruiz").await.unwrap().what;
        for _ in 0..5 {
            let refused = test.verify(&sign_up, wrong(&test.code(&sign_up))).await.unwrap_err();
            assert_eq!(refused.code(), "code_incorrect", "round {round}");
        }
    }
    test.wait(2 * HOUR);
    let sign_up = test.sign_up("ana@example.org", "ana.ruiz").await.unwrap().what;
    let refused = test.verify(&sign_up, test.code(&sign_up)).await.unwrap_err();
    assert!(matches!(refused, VerbError::Spent { what: Limited::CodeTriesADay, .. }), "{refused:?}");
}

/// One account, and the loser is told that there is one.
pub async fn one_of_two_racing_verifications_wins(ports: Ports) {
    let test = TestPlatform::with(ports);
    for round in 0..5 {
        let name = format!("guest.{round}");
        let sign_up = test.sign_up(&format!("{name}@example.org"), &name).await.unwrap().what;
        let verify = || {
            let (test, sign_up) = (test.clone(), sign_up.clone());
            tokio::spawn(async move { test.verify(&sign_up, test.code(&sign_up)).await })
        };
        let (one, other) = tokio::join!(verify(), verify());
        let results = [one.unwrap(), other.unwrap()];
        assert_eq!(results.iter().filter(|it| it.is_ok()).count(), 1, "round {round}: {results:?}");
        let told = results.iter().find_map(|it| it.as_ref().err()).map(Refusal::code);
        assert_eq!(told, Some("already_verified"), "round {round}");
    }
}

/// The other one looks as it did, and no code is right for it.
pub async fn racing_sign_ups_of_an_address_make_one_account(ports: Ports) {
    let test = TestPlatform::with(ports);
    for round in 0..5 {
        let [one, other] = ["a", "b"].map(|which| format!("guest.{which}.{round}"));
        let address = format!("guest{round}@example.org");
        let one = test.sign_up(&address, &one).await.unwrap().what;
        let other = test.sign_up(&address, &other).await.unwrap().what;
        let verify = |it: &SignUp| {
            let (test, it) = (test.clone(), it.clone());
            tokio::spawn(async move { test.verify(&it, test.code(&it)).await })
        };
        let (first, second) = tokio::join!(verify(&one), verify(&other));
        let results = [first.unwrap(), second.unwrap()];
        assert_eq!(results.iter().filter(|it| it.is_ok()).count(), 1, "round {round}: {results:?}");
        let told = results.iter().find_map(|it| it.as_ref().err()).map(Refusal::code);
        assert_eq!(told, Some("code_incorrect"), "round {round}");
    }
}

/// The loser is told so, and comes in with another one and the same code.
pub async fn racing_sign_ups_of_a_username_make_one_account(ports: Ports) {
    let test = TestPlatform::with(ports);
    for round in 0..5 {
        let (username, free) = (format!("guest.{round}"), format!("another.{round}"));
        let [one, other] = ["a", "b"].map(|which| format!("{which}{round}@example.org"));
        let one = test.sign_up(&one, &username).await.unwrap().what;
        let other = test.sign_up(&other, &username).await.unwrap().what;
        let verify = |it: &SignUp| {
            let (test, it) = (test.clone(), it.clone());
            tokio::spawn(async move { test.verify(&it, test.code(&it)).await })
        };
        let (first, second) = tokio::join!(verify(&one), verify(&other));
        let results = [(one, first.unwrap()), (other, second.unwrap())];
        let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(|(_, it)| it.is_ok());
        assert_eq!(won.len(), 1, "round {round}: {lost:?}");
        let (sign_up, why) = &lost[0];
        assert_eq!(why.as_ref().unwrap_err().code(), "username_taken", "round {round}");
        let came = test.verify_as(sign_up, test.code(sign_up), &free).await.expect("the code is not used up");
        assert_eq!(came.what.parts().username.as_str(), free);
    }
}
