//! One link lets one person in, once, whoever else acts on it at the same moment.
use std::{sync::Barrier, thread};

use serde_json::json;
use tokio::time::Instant;

use super::{Act, at_once, codes, everywhere, successes};
use crate::all::{
    client::Client,
    world::{Person, World, acceptance, all, chosen, fresh_person, owner},
};

/// As many as come at once.
const CROWD: usize = 32;

#[test]
fn a_link_lets_one_of_many_new_people_in() {
    everywhere(|world| {
        let (email, _, token) = world.invited(&world.owner, all());
        let crowd = (0..CROWD).map(|_| {
            let (client, token) = (world.client().apart(), token.clone());
            let (_, username) = fresh_person();
            Box::new(move || client.post("/invitations/accept", acceptance(&token, &username))) as Act<'_>
        });
        let answers = at_once(crowd.collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        for refused in answers.iter().filter(|it| it.status != 201) {
            assert!([401, 409].contains(&refused.status), "{}: {:#}", refused.what, refused.body);
        }
        assert_eq!(members(world), 2);
        assert_eq!(world.mails().tokens(&email, 1).len(), 1);
    });
}

#[test]
fn a_link_lets_a_signed_in_person_in_once() {
    everywhere(|world| {
        let person = world.member(chosen(&[]));
        let other = other_organization(world);
        let path = format!("/organizations/{other}/invitations");
        let body = json!({ "email": person.email, "purpose": "member", "access": all() });
        world.owner.client.post(&path, body).expect(201);
        let token = world.mails().tokens(&person.email, 2).pop().expect("two");
        let crowd = (0..CROWD).map(|_| {
            let (client, token) = (person.client.apart(), token.clone());
            Box::new(move || client.post("/invitations/accept", json!({ "token": token }))) as Act<'_>
        });
        let answers = at_once(crowd.collect());
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        assert!(answers.iter().all(|it| [201, 409].contains(&it.status)), "{:?}", codes(&answers));
        assert_eq!(person.client.get("/me/memberships").expect(200).count(), 2);
    });
}

#[test]
fn accepting_and_revoking_never_both_succeed() {
    everywhere(|world| {
        rounds(world, |_, id| {
            let (client, path) = (world.owner.client.apart(), world.of(&format!("invitations/{id}/revoke")));
            Box::new(move || client.post(&path, json!({})))
        });
    });
}

#[test]
fn accepting_and_declining_never_both_succeed() {
    everywhere(|world| {
        rounds(world, |token, _| {
            let (client, body) = (world.client().apart(), json!({ "token": token }));
            Box::new(move || client.post("/invitations/decline", body))
        });
    });
}

#[test]
fn accepting_an_old_link_and_resending_never_both_succeed() {
    everywhere(|world| {
        rounds(world, |_, id| {
            let (client, path) = (world.owner.client.apart(), world.of(&format!("invitations/{id}/resend")));
            Box::new(move || client.post(&path, json!({})))
        });
    });
}

/// Several accept one after the other, and meanwhile their inviter loses the right to let them in: whoever
/// begins after that was answered is too late, and stays so.
#[test]
fn nobody_comes_in_after_their_inviter_was_removed_or_demoted() {
    everywhere(|world| {
        for removes in [true, false] {
            let inviter = world.member(chosen(&["members.invite", "members.view"]));
            let tokens: Vec<_> =
                (0..10).map(|_| world.invited(&inviter, chosen(&["members.view"])).2).collect();
            let against = if removes { removal(world, &inviter) } else { demotion(world, &inviter) };
            let start = Barrier::new(2);
            let (accepted, over) = thread::scope(|scope| {
                let loses = scope.spawn(|| {
                    start.wait();
                    let answer = against();
                    assert!(answer.status < 300, "{}: {:#}", answer.what, answer.body);
                    Instant::now()
                });
                start.wait();
                let accept = |token: &String| (Instant::now(), accepting(world.client(), token)());
                let accepted: Vec<_> = tokens.iter().map(accept).collect();
                (accepted, loses.join().expect("it answers"))
            });
            for (began, answer) in &accepted {
                let fits =
                    if *began > over { answer.status == 410 } else { [201, 410].contains(&answer.status) };
                assert!(fits, "{}: {:#}", answer.what, answer.body);
            }
            let refused =
                accepted.iter().position(|(_, answer)| answer.status == 410).unwrap_or(accepted.len());
            assert!(accepted[refused..].iter().all(|(_, answer)| answer.status == 410), "it came back");
        }
    });
}

fn removal<'a>(world: &World, inviter: &Person) -> Act<'a> {
    let (client, path) = (world.owner.client.apart(), world.of(&format!("members/{}", inviter.membership)));
    Box::new(move || client.delete(&path))
}

fn demotion<'a>(world: &World, inviter: &Person) -> Act<'a> {
    let (client, path) =
        (world.owner.client.apart(), world.of(&format!("members/{}/access", inviter.membership)));
    let tag = client.get(&path).expect(200).header("etag").to_owned();
    Box::new(move || client.call("PUT", &path, Some(chosen(&["members.view"])), &[("if-match", &tag)]))
}

/// Somebody accepts while somebody else acts on the same invitation, several times over.
fn rounds<'a>(world: &'a World, against: impl Fn(&str, &str) -> Act<'a>) {
    const ROUNDS: usize = 8;
    for _ in 0..ROUNDS {
        let (_, id, token) = world.invited(&world.owner, all());
        let before = members(world);
        let answers = at_once(vec![accepting(world.client(), &token), against(&token, &id)]);
        assert_eq!(successes(&answers), 1, "{:?}", codes(&answers));
        let came_in = usize::from(answers[0].status == 201);
        assert_eq!(members(world), before + came_in);
    }
}

fn accepting<'a>(client: &Client, token: &str) -> Act<'a> {
    let (client, (_, username)) = (client.apart(), fresh_person());
    let body = acceptance(token, &username);
    Box::new(move || client.post("/invitations/accept", body))
}

fn members(world: &World) -> usize {
    world.owner.client.get(&world.of("members?limit=100")).expect(200).count()
}

fn other_organization(world: &World) -> String {
    let founded = world.owner.client.post("/organizations", json!({ "name": "Harbour Light" })).expect(201);
    assert_eq!(founded.body["membership"]["access"], owner());
    founded.text("/organization/id")
}
