//! What is there for development only: the mailbox, and the clock that all processes of a database share.
use serde_json::json;

use super::{
    deployment::{Deployment, On},
    slow_mail::delivery,
    world::{World, acceptance, all, fresh_person},
};

const WEEK: u64 = 7 * 24 * 60 * 60;

#[test]
fn the_clock_moves_for_all_processes_and_invitations_expire() {
    for (on, processes) in [(On::Sqlite, 2), (On::Postgres, 2)] {
        let world = World::found(Deployment::start_with(on, processes, &["--dev-clock"]));
        let (_, _, token) = world.invited(&world.owner, all());
        let before = moved(&world, 0);
        let after = moved(&world, WEEK);
        assert!(after > before, "{before} {after}");
        for _ in 0..processes {
            world
                .client()
                .post("/invitations/lookup", json!({ "token": token }))
                .refused(410, "invitation_expired");
        }
        let (_, username) = fresh_person();
        world
            .client()
            .post("/invitations/accept", acceptance(&token, &username))
            .refused(410, "invitation_expired");
    }
}

fn moved(world: &World, seconds: u64) -> String {
    world.client().post("/dev/clock", json!({ "advance_seconds": seconds })).expect(200).text("/now")
}

#[test]
fn the_clock_is_not_there_unless_asked_for() {
    let deployment = Deployment::start(On::Sqlite, 1);
    deployment.client.post("/dev/clock", json!({ "advance_seconds": 1 })).refused(404, "not_found");
}

#[test]
fn the_clock_takes_whole_seconds_only() {
    let deployment = Deployment::start_with(On::Sqlite, 1, &["--dev-clock"]);
    for body in [json!({}), json!({ "advance_seconds": -1 }), json!({ "advance_seconds": "1" }), json!([])] {
        deployment.client.post("/dev/clock", body).refused(422, "validation_failed");
    }
}

#[test]
fn the_mailbox_shows_what_its_contract_says() {
    let world = World::found(Deployment::start(On::Sqlite, 1));
    let (email, _, token) = world.invited(&world.owner, all());
    let listed = world.client().get(&format!("/dev/mailbox/messages?to={email}&wait=60")).expect(200);
    assert_eq!(listed.count(), 1);
    assert_eq!(listed.text("/data/0/to"), email);
    assert!(listed.text("/data/0/links/0").ends_with(&format!("/i/{token}")));
    assert!(listed.body["data"][0]["code"].is_null());
    let id = listed.text("/data/0/id");
    let file = world.client().get(&format!("/dev/mailbox/messages/{id}.eml")).expect(200);
    assert_eq!(file.header("content-type"), "message/rfc822");
    world.client().get("/dev/mailbox/messages/none.eml").refused(404, "not_found");
    let page = world.client().get("/dev/mailbox").expect(200);
    assert!(page.body.as_str().is_some_and(|it| it.contains(&email)));
    world.client().delete("/dev/mailbox/messages").expect(204);
    assert_eq!(world.client().get("/dev/mailbox/messages").expect(200).count(), 0);
}

#[test]
fn an_address_that_bounces_leads_an_invitation_to_the_failed_ones() {
    let world = World::found(Deployment::start(On::Sqlite, 1));
    let client = world.client();
    let put = |address: &str| client.call("PUT", &format!("/dev/mailbox/bounces/{address}"), None, &[]);
    put("nobody@acme.example").expect(204);
    assert_eq!(client.get("/dev/mailbox/bounces").expect(200).body["data"], json!(["nobody@acme.example"]));
    let invited = world.invite(&world.owner, "nobody@acme.example", all()).expect(201);
    let failed = delivery(&world, &invited.text("/invitation/id"), |it| it["state"] == "failed");
    assert!(failed["reason"].as_str().is_some_and(|it| it.contains("550 5.1.1")), "{failed:#}");
    client.delete("/dev/mailbox/bounces/nobody@acme.example").expect(204);
    assert_eq!(client.get("/dev/mailbox/bounces").expect(200).count(), 0);
    put("nobody").refused(404, "not_found");
}

#[test]
fn the_mailbox_is_not_there_where_mail_leaves() {
    let folder = super::deployment::folder("");
    let mut server = super::server::Server::start(folder.path(), "server", &["--mail-url", "file:mails"]);
    let client = super::client::Client::new(vec![server.url()]);
    client.get("/dev/mailbox/messages").refused(404, "not_found");
}
