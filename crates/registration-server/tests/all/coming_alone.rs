//! Journey A from the form to the first look into an organization, on both databases.
use serde_json::json;

use super::{
    client::Client,
    deployment::{Deployment, On},
    server::print_line,
    world::{PASSWORD, World, chosen, fresh_person, sign_up},
};

#[test]
fn journey_a_on_sqlite() {
    journey(Deployment::start(On::Sqlite, 1));
}

#[test]
fn journey_a_on_postgres_with_smtp_and_three_replicas() {
    journey(Deployment::start_with_smtp(On::Postgres, 3, &[]));
}

fn journey(deployment: Deployment) {
    let world = World::found(deployment);
    let nils = somebody_signs_up(&world);
    a_known_address_is_answered_alike(&world, &nils);
    they_found_an_organization(&nils.client);
    they_ask_to_join_and_are_let_in(&world, &nils);
    they_accept_what_waits_for_their_address(&world);
}

/// Somebody who came by themselves.
struct Alone {
    client: Client,
    email: String,
}

fn step(what: &str) {
    print_line(&format!("- {what}"));
}

fn somebody_signs_up(world: &World) -> Alone {
    step("whoever fills in the form is mailed a code, and is nobody until it is right");
    let (email, username) = fresh_person();
    let faulty = json!({ "email": "nobody", "username": "a b", "first_name": "", "last_name": "Holm", "password": "short" });
    let faults = world.client().post("/sign-ups", faulty).refused(422, "validation_failed");
    assert!(faults.body["errors"].as_array().is_some_and(|it| it.len() >= 3), "{}", faults.body);
    let id = world.client().post("/sign-ups", sign_up(&email, &username)).expect(202).text("/id");
    let session = json!({ "identifier": email, "password": PASSWORD });
    world.client().post("/sessions", session.clone()).refused(401, "invalid_credentials");
    let code = world.mails().code(&email);
    let (path, wrong) =
        (format!("/sign-ups/{id}/verify"), if code == "000000" { "000001" } else { "000000" });
    let refused = world.client().post(&path, json!({ "code": wrong })).refused(422, "code_incorrect");
    assert_eq!(refused.body["tries_left"], 4);
    world.client().post(&format!("/sign-ups/{id}/resend"), json!({})).refused(429, "resend_too_soon");
    let pasted = format!("{} {}", &code[..3], &code[3..]);
    let made = world.client().post(&path, json!({ "code": pasted })).expect(201);
    assert_eq!((made.text("/account/email"), made.body.get("token")), (email.clone(), None));
    world.client().post(&path, json!({ "code": code })).refused(409, "already_verified");

    step("they sign in, and belong to no organization");
    let token = world.client().post("/sessions", session).expect(201).text("/token");
    let client = world.client().with_token(&token);
    assert_eq!(client.get("/me/memberships").expect(200).count(), 0);
    Alone { client, email }
}

fn a_known_address_is_answered_alike(world: &World, nils: &Alone) {
    step("an address that has an account is answered alike; its owner is mailed that they have one");
    let (_, username) = fresh_person();
    let known = world.client().post("/sign-ups", sign_up(&nils.email, &username)).expect(202);
    assert_eq!(known.text("/state"), "awaiting_code");
    world.mails().says(&nils.email, "You already have a Registration account");
    let path = format!("/sign-ups/{}/verify", known.text("/id"));
    world.client().post(&path, json!({ "code": "482913" })).refused(422, "code_incorrect");
}

fn they_found_an_organization(nils: &Client) {
    step("they found an organization, and are its Owner");
    let founded = nils.post("/organizations", json!({ "name": "Holm Boats" })).expect(201);
    assert_eq!(founded.body["membership"]["access"]["kind"], "owner");
}

fn they_ask_to_join_and_are_let_in(world: &World, nils: &Alone) {
    step(
        "they find an organization that lets itself be found, ask, and are let in with what was chosen for them",
    );
    let organization = world.of("").trim_end_matches('/').to_owned();
    let owner = &world.owner.client;
    assert_eq!(nils.client.get("/organizations?query=fernwood").expect(200).count(), 0, "it is hidden");
    owner.call("PATCH", &organization, Some(json!({ "discoverable": true })), &[]).expect(200);
    let found = nils.client.get("/organizations?query=fernwood").expect(200);
    assert_eq!(found.text("/data/0/id"), world.org);
    let ask = json!({ "method": "approval", "note": "I build the boats." });
    let asked = nils.client.post(&world.of("join-requests"), ask.clone()).expect(201);
    let request = asked.text("/join_request/id");
    nils.client.post(&world.of("join-requests"), ask).expect(409);
    nils.client.get(&world.of("members")).refused(404, "not_found");
    world.mails().says(&world.owner.email, "I build the boats.");
    let approve = json!({ "access": chosen(&["members.view"]) });
    owner.post(&world.of(&format!("join-requests/{request}/approve")), approve).expect(200);
    assert_eq!(nils.client.get(&world.of("members")).expect(200).count(), 2);
    world.mails().says(&nils.email, "You can now use Fernwood Furniture");
}

fn they_accept_what_waits_for_their_address(world: &World) {
    step(
        "whoever was invited and signed up by themselves finds the invitation, and accepts it without its mail",
    );
    let (email, _, _) = world.invited(&world.owner, chosen(&[]));
    let (_, username) = fresh_person();
    let id = world.client().post("/sign-ups", sign_up(&email, &username)).expect(202).text("/id");
    let code = world.mails().code(&email);
    world.client().post(&format!("/sign-ups/{id}/verify"), json!({ "code": code })).expect(201);
    let session = json!({ "identifier": email, "password": PASSWORD });
    let token = world.client().post("/sessions", session).expect(201).text("/token");
    let client = world.client().with_token(&token);
    let waiting = client.get("/me/invitations").expect(200).text("/data/0/id");
    assert_eq!(client.get("/me/memberships").expect(200).count(), 0, "nobody joins by signing in");
    client.post(&format!("/me/invitations/{waiting}/accept"), json!({})).expect(201);
    assert_eq!(client.get("/me/memberships").expect(200).count(), 1);
}
