//! However many guess at once, no more guesses are compared than there are tries; and one address, or one username,
//! becomes one account, whoever else wants it at the same moment.
use std::{collections::BTreeSet, sync::Barrier, thread};

use serde_json::{Value, json};

use super::{Act, at_once, codes, successes};
use crate::all::{
    client::{Answer, Client},
    deployment::{Deployment, On},
    world::{PASSWORD, World, acceptance, all, fresh_person, sign_up},
};

/// Several processes each: a limit that each of them counted for itself would not do.
fn everywhere(race: impl Fn(&World)) {
    for (on, processes) in [(On::Sqlite, 2), (On::Postgres, 3)] {
        crate::all::server::print_line(&format!("{on:?}, {processes} processes"));
        race(&World::found(Deployment::start(on, processes)));
    }
}

/// A sign-up that awaits its code: its id and the code.
fn started(world: &World, email: &str, username: &str) -> (String, String) {
    let mails = world.mails().codes(email, 0).len();
    let id = world.client().post("/sign-ups", sign_up(email, username)).expect(202).text("/id");
    (id, world.mails().codes(email, mails + 1).pop().expect("the newest"))
}

fn verify(id: &str) -> String {
    format!("/sign-ups/{id}/verify")
}

fn verifying<'a>(client: &Client, id: &str, code: &str) -> Act<'a> {
    let (client, path, body) = (client.apart(), verify(id), json!({ "code": code }));
    Box::new(move || client.post(&path, body))
}

/// Wrong codes, each another one.
fn wrong(right: &[String], count: usize) -> impl Iterator<Item = String> {
    let right = right.to_vec();
    (0..).map(|it: u32| format!("{it:06}")).filter(move |it| !right.contains(it)).take(count)
}

/// So many at once, each with a share of the guesses, as fast as they are answered.
fn guess_at_once(world: &World, guesses: Vec<(String, String)>) -> Vec<Answer> {
    const CROWD: usize = 25;
    let start = &Barrier::new(CROWD);
    thread::scope(|scope| {
        let run = |share: usize| {
            let client = world.client().apart();
            let own: Vec<_> = guesses.iter().skip(share).step_by(CROWD).collect();
            scope.spawn(move || {
                start.wait();
                let guess = |(id, code): &(String, String)| client.post(&verify(id), json!({ "code": code }));
                own.into_iter().map(guess).collect::<Vec<_>>()
            })
        };
        let running: Vec<_> = (0..CROWD).map(run).collect();
        running.into_iter().flat_map(|it| it.join().expect("they answer")).collect()
    })
}

/// How many of these were compared; the others were refused before, and none met a fault of ours.
fn compared(answers: &[Answer]) -> usize {
    let counted = codes(answers);
    assert_eq!(counted.len(), answers.len(), "a wrong guess was taken");
    let (compared, refused): (Vec<_>, Vec<_>) =
        counted.into_iter().partition(|it| it == "422 code_incorrect");
    assert!(refused.iter().all(|it| it == "429 too_many_tries"), "{:?}", BTreeSet::from_iter(refused));
    compared.len()
}

#[test]
fn of_a_thousand_guesses_at_one_code_five_are_compared() {
    everywhere(|world| {
        let (email, username) = fresh_person();
        let (id, right) = started(world, &email, &username);
        let guesses = wrong(std::slice::from_ref(&right), 1_000).map(|it| (id.clone(), it)).collect();
        assert_eq!(compared(&guess_at_once(world, guesses)), 5);
        let late = world.client().post(&verify(&id), json!({ "code": right }));
        late.refused(429, "too_many_tries");
    });
}

#[test]
fn of_a_thousand_guesses_at_the_codes_of_one_address_twenty_five_are_compared() {
    everywhere(|world| {
        let (email, username) = fresh_person();
        let started: Vec<_> = (0..10)
            .map(|it| {
                // One mailbox, however it is written.
                let email = if it % 2 == 0 { email.clone() } else { email.to_ascii_uppercase() };
                let body = sign_up(&email, &format!("{username}.{it}"));
                world.client().post("/sign-ups", body).expect(202).text("/id")
            })
            .collect();
        let right = world.mails().codes(&email, 5);
        let right = [right, world.mails().codes(&email.to_ascii_uppercase(), 5)].concat();
        let guesses =
            wrong(&right, 100).flat_map(|it| started.iter().map(move |id| (id.clone(), it.clone())));
        assert_eq!(compared(&guess_at_once(world, guesses.collect())), 25);
        let late = world.client().post("/sign-ups", sign_up(&email, &username)).expect(202).text("/id");
        let code = world.mails().codes(&email, 6).pop().expect("the newest");
        let late = world.client().post(&verify(&late), json!({ "code": code }));
        late.refused(429, "too_many_tries");
    });
}

#[test]
fn the_right_code_makes_one_account_however_many_send_it() {
    everywhere(|world| {
        for round in 0..4 {
            let (email, username) = fresh_person();
            let (id, right) = started(world, &email, &username);
            let crowd = (0..5).map(|_| verifying(world.client(), &id, &right));
            let answers = at_once(crowd.collect());
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            assert!(codes(&answers).iter().all(|it| it == "409 already_verified"), "{:?}", codes(&answers));
            let session = json!({ "identifier": email, "password": PASSWORD });
            let account = world.client().post("/sessions", session).expect(201);
            assert_eq!(account.text("/account/username"), username, "round {round}");
        }
    });
}

#[test]
fn a_repeat_of_the_right_code_is_answered_as_it_was() {
    everywhere(|world| {
        let (email, username) = fresh_person();
        let (id, right) = started(world, &email, &username);
        let key = [("idempotency-key", "the-same")];
        let send = |client: Client| {
            let (path, body) = (verify(&id), json!({ "code": right }));
            Box::new(move || client.call("POST", &path, Some(body), &key)) as Act<'_>
        };
        let answers = at_once((0..4).map(|_| send(world.client().apart())).collect());
        let again = send(world.client().apart())();
        let made: BTreeSet<_> = answers.iter().filter(|it| it.status == 201).map(account).collect();
        assert_eq!(made, BTreeSet::from([account(&again.expect(201))]), "{:?}", codes(&answers));
    });
}

fn account(answer: &Answer) -> String {
    answer.text("/account/id")
}

#[test]
fn of_many_sign_ups_of_one_address_one_becomes_its_account() {
    everywhere(|world| {
        for _ in 0..3 {
            let (email, username) = fresh_person();
            let of = |it| started(world, &email, &format!("{username}.{it}"));
            let all: Vec<_> = (0..6).map(of).collect();
            let acts = all.iter().map(|(id, code)| verifying(world.client(), id, code));
            let answers = at_once(acts.collect());
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            assert!(codes(&answers).iter().all(|it| it == "422 code_incorrect"), "{:?}", codes(&answers));
        }
    });
}

#[test]
fn of_many_who_want_one_username_one_has_it_and_nobody_loses_their_code() {
    everywhere(|world| {
        let (_, username) = fresh_person();
        let people: Vec<_> = (0..4).map(|_| fresh_person()).collect();
        let all: Vec<_> = people.iter().map(|(email, _)| started(world, email, &username)).collect();
        let acts = all.iter().map(|(id, code)| verifying(world.client(), id, code));
        let answers = at_once(acts.collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        assert!(codes(&answers).iter().all(|it| it == "409 username_taken"), "{:?}", codes(&answers));
        for (answer, ((id, code), (_, own))) in answers.iter().zip(all.iter().zip(&people)) {
            if answer.status == 409 {
                let body = json!({ "code": code, "username": own });
                world.client().post(&verify(id), body).expect(201);
            }
        }
    });
}

#[test]
fn signing_up_and_accepting_an_invitation_never_make_two_accounts_of_one_address() {
    everywhere(|world| {
        rounds(
            world,
            |email| (email.to_owned(), [fresh_person().1, fresh_person().1]),
            &["422 code_incorrect", "401 sign_in_to_accept"],
        );
    });
}

#[test]
fn signing_up_and_accepting_an_invitation_never_share_a_username() {
    everywhere(|world| {
        let same = || fresh_person().1;
        rounds(
            world,
            |_| {
                let username = same();
                (fresh_person().0, [username.clone(), username])
            },
            &["409 username_taken", "422 validation_failed"],
        );
    });
}

/// Somebody is invited, and somebody signs up with this address; the code and the link are used at once.
fn rounds(world: &World, other: impl Fn(&str) -> (String, [String; 2]), refusals: &[&str]) {
    for _ in 0..6 {
        let (invited, _, token) = world.invited(&world.owner, all());
        let (email, [theirs, others]) = other(&invited);
        let (id, code) = started(world, &email, &theirs);
        let client = world.client().apart();
        let body: Value = acceptance(&token, &others);
        let accepting: Act<'_> = Box::new(move || client.post("/invitations/accept", body));
        let answers = at_once(vec![verifying(world.client(), &id, &code), accepting]);
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        assert!(codes(&answers).iter().all(|it| refusals.contains(&it.as_str())), "{:?}", codes(&answers));
    }
}
