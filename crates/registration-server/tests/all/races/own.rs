//! One's own account changes in one order only, whoever else wants its address, its name or its owner at the same moment.
use serde_json::{Value, json};

use super::{Act, at_once, codes, successes};
use crate::all::{
    client::Client,
    deployment::{Deployment, On},
    world::{PASSWORD, Person, World, acceptance, all, chosen, fresh_person, owner, sign_up},
};

fn everywhere(race: impl Fn(&World)) {
    for (on, processes) in [(On::Sqlite, 2), (On::Postgres, 3)] {
        crate::all::server::print_line(&format!("{on:?}, {processes} processes"));
        race(&World::found(Deployment::start(on, processes)));
    }
}

fn posting<'a>(client: &Client, path: &str, body: Value) -> Act<'a> {
    let (client, path) = (client.apart(), path.to_owned());
    Box::new(move || client.post(&path, body))
}

/// Gives the code that was mailed to the new address.
fn moving<'a>(world: &World, person: &Person, to: &str) -> Act<'a> {
    let asked = person.client.post("/me/email-changes", json!({ "email": to })).expect(201).text("/id");
    let code = world.mails().codes(to, 1).pop().expect("a code");
    posting(&person.client, &format!("/me/email-changes/{asked}/verify"), json!({ "code": code }))
}

fn closing<'a>(person: &Person) -> Act<'a> {
    posting(&person.client, "/me/close", json!({ "password": PASSWORD }))
}

#[test]
fn the_right_code_changes_the_address_once_however_many_send_it() {
    everywhere(|world| {
        let person = world.member(chosen(&[]));
        let (to, _) = fresh_person();
        let asked = person.client.post("/me/email-changes", json!({ "email": to })).expect(201).text("/id");
        let code = world.mails().codes(&to, 1).pop().expect("a code");
        let path = format!("/me/email-changes/{asked}/verify");
        let give = |_| posting(&person.client, &path, json!({ "code": code }));
        let answers = at_once((0..5).map(give).collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        assert!(codes(&answers).iter().all(|it| it == "409 already_verified"), "{:?}", codes(&answers));
        assert_eq!(person.client.get("/me").expect(200).text("/email"), to);
    });
}

#[test]
fn an_address_becomes_that_of_one_account_whoever_else_signs_up_with_it() {
    everywhere(|world| {
        for _ in 0..4 {
            let (to, username) = fresh_person();
            let started = world.client().post("/sign-ups", sign_up(&to, &username)).expect(202).text("/id");
            let code = world.mails().codes(&to, 1).pop().expect("a code");
            let mut acts = movers(world, &to, 2);
            acts.push(posting(
                world.client(),
                &format!("/sign-ups/{started}/verify"),
                json!({ "code": code }),
            ));
            let answers = at_once(acts);
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            assert!(codes(&answers).iter().all(|it| it == "422 code_incorrect"), "{:?}", codes(&answers));
        }
    });
}

#[test]
fn an_address_becomes_that_of_one_account_whoever_else_is_invited_at_it() {
    everywhere(|world| {
        for _ in 0..4 {
            let (to, _, token) = world.invited(&world.owner, all());
            let mut acts = movers(world, &to, 2);
            let (_, username) = fresh_person();
            acts.push(posting(world.client(), "/invitations/accept", acceptance(&token, &username)));
            let answers = at_once(acts);
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            let told = ["422 code_incorrect", "401 sign_in_to_accept"];
            assert!(codes(&answers).iter().all(|it| told.contains(&it.as_str())), "{:?}", codes(&answers));
        }
    });
}

/// Several accounts that want this address, each with its own code.
fn movers<'a>(world: &World, to: &str, count: usize) -> Vec<Act<'a>> {
    (0..count)
        .map(|_| {
            let person = world.member(chosen(&[]));
            let before = world.mails().codes(to, 0).len();
            let asked =
                person.client.post("/me/email-changes", json!({ "email": to })).expect(201).text("/id");
            let code = world.mails().codes(to, before + 1).pop().expect("the newest");
            posting(&person.client, &format!("/me/email-changes/{asked}/verify"), json!({ "code": code }))
        })
        .collect()
}

#[test]
fn of_many_who_want_one_username_one_has_it() {
    everywhere(|world| {
        let people: Vec<_> = (0..6).map(|_| world.member(chosen(&[]))).collect();
        let (_, username) = fresh_person();
        let rename = |person: &Person| {
            let (client, body) = (person.client.apart(), json!({ "username": username }));
            Box::new(move || client.call("PATCH", "/me", Some(body), &[])) as Act<'_>
        };
        let answers = at_once(people.iter().map(rename).collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        for refused in answers.iter().filter(|it| it.status >= 400) {
            assert_eq!(refused.text("/errors/0/code"), "username_taken", "{:#}", refused.body);
        }
    });
}

#[test]
fn whoever_is_made_the_owner_does_not_close_their_account_at_the_same_moment() {
    everywhere(|world| {
        let mut now = world.owner.clone();
        for _ in 0..4 {
            let heir = world.member(all());
            let hand_over = json!({ "member_id": heir.membership });
            let path = world.of("ownership-transfers");
            let answers = at_once(vec![closing(&heir), posting(&now.client, &path, hand_over)]);
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            let told = ["409 last_owner", "404 not_found"];
            assert!(codes(&answers).iter().all(|it| told.contains(&it.as_str())), "{:?}", codes(&answers));
            if answers[1].status < 300 {
                now = heir;
            }
            assert_eq!(owners(world, &now), 1);
        }
    });
}

#[test]
fn of_owners_who_close_their_accounts_at_once_one_stays() {
    everywhere(|world| {
        let all: Vec<_> = (0..3).map(|_| world.member(owner())).collect();
        let leave = format!("/me/memberships/{}", world.owner.membership);
        world.owner.client.delete(&leave).expect(204);
        let answers = at_once(all.iter().map(closing).collect());
        assert_eq!(successes(&answers), 2, "{:?}", codes(&answers));
        assert_eq!(codes(&answers), ["409 last_owner"]);
        let stays = answers.iter().position(|it| it.status == 409).expect("one");
        assert_eq!(owners(world, &all[stays]), 1);
    });
}

fn owners(world: &World, by: &Person) -> u64 {
    by.client.get(&world.of("people-counts")).expect(200).body["owners"].as_u64().expect("a number")
}

#[test]
fn whoever_founds_an_organization_does_not_leave_it_alone_by_closing_at_the_same_moment() {
    everywhere(|world| {
        for _ in 0..6 {
            let person = world.member(chosen(&[]));
            let found = posting(&person.client, "/organizations", json!({ "name": "Brief" }));
            let answers = at_once(vec![closing(&person), found]);
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            let told = ["409 last_owner", "401 not_signed_in"];
            assert!(codes(&answers).iter().all(|it| told.contains(&it.as_str())), "{:?}", codes(&answers));
        }
    });
}

#[test]
fn whoever_closes_their_account_is_no_member_anywhere_afterwards() {
    everywhere(|world| {
        let founded = world.owner.client.post("/organizations", json!({ "name": "Other" })).expect(201);
        let other = format!("/organizations/{}", founded.text("/organization/id"));
        for _ in 0..6 {
            let person = world.member(chosen(&[]));
            let body = json!({ "email": person.email, "purpose": "member", "access": all() });
            world.owner.client.post(&format!("{other}/invitations"), body).expect(201);
            let token = world.mails().tokens(&person.email, 2).pop().expect("two");
            let accept = posting(&person.client, "/invitations/accept", json!({ "token": token }));
            let answers = at_once(vec![closing(&person), accept]);
            assert_eq!(answers[0].status, 204, "{:#}", answers[0].body);
            // Whoever is gone when it is judged is not the invitee any more.
            assert!([201, 401, 403].contains(&answers[1].status), "{:?}", codes(&answers));
            let members = world.owner.client.get(&format!("{other}/members?limit=100")).expect(200);
            assert_eq!(members.count(), 1, "{:#}", members.body);
            let here = world.owner.client.get(&world.of("members?limit=100")).expect(200);
            assert_eq!(here.count(), 1, "{:#}", here.body);
        }
    });
}

#[test]
fn a_reset_link_sets_one_password_however_many_use_it() {
    everywhere(|world| {
        let person = world.member(chosen(&[]));
        let token = reset_token(world, &person);
        let set = |number| {
            let body = json!({ "token": token, "password": format!("Rainy-harbour-{number}") });
            posting(world.client(), "/password-resets/complete", body)
        };
        let answers = at_once((0..6).map(set).collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        assert!(codes(&answers).iter().all(|it| it == "409 reset_link_used"), "{:?}", codes(&answers));
        let won = answers.iter().position(|it| it.status < 300).expect("one");
        for number in 0..6 {
            let session =
                json!({ "identifier": person.email, "password": format!("Rainy-harbour-{number}") });
            if number == won {
                world.client().post("/sessions", session).expect(201);
            }
        }
    });
}

#[test]
fn a_reset_link_and_a_change_of_the_password_never_both_succeed() {
    everywhere(|world| {
        for _ in 0..4 {
            let person = world.member(chosen(&[]));
            let token = reset_token(world, &person);
            let reset = json!({ "token": token, "password": "Rainy-harbour-7" });
            let change = json!({ "current_password": PASSWORD, "password": "Foggy-harbour-8" });
            let client = person.client.apart();
            let change: Act<'_> = Box::new(move || client.call("PUT", "/me/password", Some(change), &[]));
            let answers = at_once(vec![posting(world.client(), "/password-resets/complete", reset), change]);
            assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
            let told = ["410 reset_link_void", "401 not_signed_in"];
            assert!(codes(&answers).iter().all(|it| told.contains(&it.as_str())), "{:?}", codes(&answers));
        }
    });
}

fn reset_token(world: &World, person: &Person) -> String {
    world.client().post("/password-resets", json!({ "email": person.email })).expect(202);
    world.mails().reset_tokens(&person.email, 1).pop().expect("a link")
}

#[test]
fn a_reset_link_of_the_older_address_dies_with_it() {
    everywhere(|world| {
        let person = world.member(chosen(&[]));
        let token = reset_token(world, &person);
        let (to, _) = fresh_person();
        let reset = json!({ "token": token, "password": "Rainy-harbour-7" });
        let answers = at_once(vec![
            posting(world.client(), "/password-resets/complete", reset),
            moving(world, &person, &to),
        ]);
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
    });
}
