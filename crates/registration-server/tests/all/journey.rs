//! Journey C from the setup link to the last removal, on both databases; `cargo xtask journey` runs just this.
use serde_json::json;

use super::{
    deployment::{Deployment, On},
    server::print_line,
    world::{PASSWORD, World, acceptance, all, chosen, fresh_person, owner, set_up},
};

#[test]
fn journey_c_on_sqlite() {
    journey(Deployment::start(On::Sqlite, 1));
}

#[test]
fn journey_c_on_sqlite_with_two_processes() {
    journey(Deployment::start(On::Sqlite, 2));
}

#[test]
fn journey_c_on_postgres_with_smtp_and_three_replicas() {
    journey(Deployment::start_with_smtp(On::Postgres, 3, &[]));
}

/// Each step leaves the world in a state that the next one begins with.
pub(crate) fn journey(deployment: Deployment) -> World {
    let world = founding(deployment);
    signing_in(&world);
    let bo = a_new_person_comes_in(&world);
    access_is_what_was_given(&world, &bo);
    links_die_and_say_why(&world);
    a_known_person_comes_in(&world, &bo);
    owners_hand_over(&world);
    somebody_is_removed(&world, &bo);
    everything_is_in_the_audit_log(&world);
    signing_out(&world);
    world
}

fn step(what: &str) {
    print_line(&format!("- {what}"));
}

fn founding(mut deployment: Deployment) -> World {
    step("whoever holds the setup link founds the platform, once");
    let token = deployment.setup_token();
    deployment
        .client
        .post("/setup", set_up("made-up", "ana@people.example", "ana.x"))
        .refused(404, "not_found");
    let weak = deployment.client.post("/setup", json!({ "token": token, "email": "nobody" }));
    assert!(weak.refused(422, "validation_failed").body["errors"].as_array().is_some_and(|it| it.len() > 3));
    let world = World::found(deployment);
    let (email, username) = fresh_person();
    world.client().post("/setup", set_up(&token, &email, &username)).refused(404, "not_found");
    world
}

fn signing_in(world: &World) {
    step("a person signs in by address or username, and is told nothing of what was wrong");
    for identifier in [&world.owner.email, &world.owner.username] {
        let session = json!({ "identifier": identifier, "password": PASSWORD });
        let signed_in = world.client().post("/sessions", session).expect(201);
        assert_eq!(signed_in.text("/account/email"), world.owner.email);
    }
    let wrong = |identifier: &str| {
        let session = json!({ "identifier": identifier, "password": "Wrong-horse-1" });
        let mut body = world.client().post("/sessions", session).refused(401, "invalid_credentials").body;
        body["request_id"].take();
        body
    };
    assert_eq!(wrong(&world.owner.email), wrong("nobody@people.example"));
    world.client().get("/me").refused(401, "not_signed_in");
}

fn a_new_person_comes_in(world: &World) -> super::world::Person {
    step("a member invites an address; what would come of it can be asked first");
    let access = chosen(&["members.invite", "members.view"]);
    let (email, username) = fresh_person();
    let body = json!({ "email": email, "purpose": "member", "access": access });
    let path = world.of("invitations");
    let would = world.owner.client.post(&format!("{path}?validate_only=true"), body.clone()).expect(200);
    assert!(would.body["would"].is_object(), "{}", would.body);
    assert_eq!(world.owner.client.get(&path).expect(200).count(), 0);
    let key = [("idempotency-key", "journey-1")];
    let first = world.owner.client.call("POST", &path, Some(body.clone()), &key).expect(201);
    let again = world.owner.client.call("POST", &path, Some(body.clone()), &key).expect(201);
    assert_eq!(
        (again.header("idempotency-replayed"), &again.body["invitation"]["id"]),
        ("true", &first.body["invitation"]["id"])
    );
    let twice = world.owner.client.post(&path, body).refused(409, "already_invited");
    assert_eq!(twice.body["invitation_id"], first.body["invitation"]["id"]);

    step("the mail brings a link; looking at it changes nothing, however often");
    let token = world.mails().token(&email);
    assert_eq!(world.mails().tokens(&email, 1).len(), 1, "one mail for one commit");
    for _ in 0..3 {
        let found = world.client().post("/invitations/lookup", json!({ "token": token })).expect(200);
        assert_eq!(
            (found.text("/state"), found.text("/invitation/email")),
            ("pending".into(), email.clone())
        );
    }

    step("the invitee registers, and is in with exactly that access");
    let weak = json!({ "token": token, "username": username, "first_name": "Bo", "last_name": "L", "password": "short" });
    world.client().post("/invitations/accept", weak).refused(422, "validation_failed");
    let accepted = world.client().post("/invitations/accept", acceptance(&token, &username)).expect(201);
    assert_eq!(accepted.body["membership"]["access"], access);
    world
        .client()
        .post("/invitations/accept", acceptance(&token, &username))
        .refused(409, "invitation_already_accepted");
    world.mails().says(&world.owner.email, "accepted your invitation");
    let client = world.client().with_token(&accepted.text("/token"));
    assert_eq!(client.get(&world.of("members")).expect(200).count(), 2);
    super::world::Person { client, email, username, membership: accepted.text("/membership/id") }
}

fn access_is_what_was_given(world: &World, bo: &super::world::Person) {
    step("nobody gives what they do not hold, and nobody changes their own access");
    let (email, _) = fresh_person();
    world.invite(bo, &email, all()).refused(403, "access_exceeds_own");
    world.invite(bo, &email, chosen(&["audit.view"])).refused(403, "access_exceeds_own");
    bo.client.get(&world.of("audit-events")).refused(403, "permission_missing");
    let own = world.of(&format!("members/{}/access", world.owner.membership));
    let tag = world.owner.client.get(&own).expect(200).header("etag").to_owned();
    world.owner.client.call("PUT", &own, Some(all()), &[("if-match", &tag)]).refused(403, "own_access");

    step("a changed access holds at the next request; a stale change is refused");
    let path = world.of(&format!("members/{}/access", bo.membership));
    world.owner.client.call("PUT", &path, Some(all()), &[]).expect(428);
    let tag = world.owner.client.get(&path).expect(200).header("etag").to_owned();
    world.owner.client.call("PUT", &path, Some(all()), &[("if-match", &tag)]).expect(200);
    world.owner.client.call("PUT", &path, Some(owner()), &[("if-match", &tag)]).expect(412);
    bo.client.get(&world.of("audit-events")).expect(200);
    let asked = json!({ "account": bo.client.get("/me").expect(200).text("/id"), "organization": world.org, "permission": "audit.view" });
    assert_eq!(bo.client.post("/authorizations", asked).expect(200).body["allowed"], true);
}

fn links_die_and_say_why(world: &World) {
    step("a resent invitation has a new link, and the older one says so");
    let (email, id, old) = world.invited(&world.owner, chosen(&["members.view"]));
    world.owner.client.post(&world.of(&format!("invitations/{id}/resend")), json!({})).expect(200);
    let newest = world.mails().tokens(&email, 2).pop().expect("two");
    let lookup = |token: &str| world.client().post("/invitations/lookup", json!({ "token": token }));
    lookup(&old).refused(410, "invitation_superseded");
    lookup("made-up").refused(404, "invitation_unknown");

    step("the invitee declines, and the inviter sees it");
    let declined = json!({ "token": newest, "reason": "I have another position." });
    world.client().post("/invitations/decline", declined).expect(204);
    lookup(&newest).refused(409, "invitation_declined");
    world.mails().says(&world.owner.email, "I have another position.");
    let shown = world.owner.client.get(&world.of(&format!("invitations/{id}"))).expect(200);
    assert_eq!(shown.text("/state"), "declined");

    step("a revoked invitation is not accepted, and says why");
    let (_, id, token) = world.invited(&world.owner, all());
    world.owner.client.post(&world.of(&format!("invitations/{id}/revoke")), json!({})).expect(200);
    let (_, username) = fresh_person();
    world
        .client()
        .post("/invitations/accept", acceptance(&token, &username))
        .refused(410, "invitation_revoked");
}

fn a_known_person_comes_in(world: &World, bo: &super::world::Person) {
    step("somebody who has an account confirms with it, and nobody else does");
    let founded = bo.client.post("/organizations", json!({ "name": "Harbour Light" })).expect(201);
    let other = founded.text("/organization/id");
    let body = json!({ "email": world.owner.email, "purpose": "member", "access": all() });
    bo.client.post(&format!("/organizations/{other}/invitations"), body).expect(201);
    let token = world.mails().token(&world.owner.email);
    let (_, username) = fresh_person();
    world
        .client()
        .post("/invitations/accept", acceptance(&token, &username))
        .refused(401, "sign_in_to_accept");
    let accept = json!({ "token": token });
    bo.client.post("/invitations/accept", accept.clone()).refused(403, "invitation_for_someone_else");
    world.owner.client.get(&format!("/organizations/{other}/members")).refused(404, "not_found");
    world.owner.client.post("/invitations/accept", accept).expect(201);
    assert_eq!(world.owner.client.get("/me/memberships").expect(200).count(), 2);
    assert_eq!(world.owner.client.get(&format!("/organizations/{other}/members")).expect(200).count(), 2);
}

fn owners_hand_over(world: &World) {
    step("the last Owner neither leaves nor is removed; ownership is handed over, and back");
    let leave = format!("/me/memberships/{}", world.owner.membership);
    world.owner.client.delete(&leave).refused(409, "last_owner");
    let next = world.member(chosen(&["members.view"]));
    let transfers = world.of("ownership-transfers");
    next.client
        .post(&transfers, json!({ "member_id": world.owner.membership }))
        .refused(403, "owner_required");
    world.owner.client.post(&transfers, json!({ "member_id": next.membership })).expect(200);
    world
        .owner
        .client
        .post(&transfers, json!({ "member_id": next.membership }))
        .refused(403, "owner_required");
    next.client.post(&transfers, json!({ "member_id": world.owner.membership })).expect(200);
    next.client.delete(&format!("/me/memberships/{}", next.membership)).expect(204);
}

fn somebody_is_removed(world: &World, bo: &super::world::Person) {
    step("whoever is removed is out at the next request, and so is what they invited");
    let (_, id, token) = world.invited(bo, chosen(&["members.view"]));
    world.owner.client.delete(&world.of(&format!("members/{}", bo.membership))).expect(204);
    bo.client.get(&world.of("members")).refused(404, "not_found");
    let (_, username) = fresh_person();
    let late = world.client().post("/invitations/accept", acceptance(&token, &username)).expect(410);
    assert!(
        ["invitation_not_backed", "invitation_revoked"].contains(&late.text("/code").as_str()),
        "{}",
        late.body
    );
    world.owner.client.get(&world.of(&format!("invitations/{id}"))).expect(200);
    world.owner.client.delete(&world.of(&format!("members/{}", bo.membership))).refused(404, "not_found");
    world.mails().says(&bo.email, "Fernwood Furniture");
}

fn everything_is_in_the_audit_log(world: &World) {
    step("the audit log says who let whom in");
    let log = world.owner.client.get(&world.of("audit-events?limit=100")).expect(200);
    let actions: Vec<_> =
        log.body["data"].as_array().expect("a list").iter().filter_map(|it| it["action"].as_str()).collect();
    for action in [
        "organization.founded",
        "invitation.sent",
        "invitation.accepted",
        "invitation.declined",
        "invitation.revoked",
    ] {
        assert!(actions.contains(&action), "{action}: {actions:?}");
    }
}

fn signing_out(world: &World) {
    step("a session that was ended opens nothing");
    world.owner.client.delete("/sessions/current").expect(204);
    world.owner.client.get("/me").refused(401, "not_signed_in");
}
