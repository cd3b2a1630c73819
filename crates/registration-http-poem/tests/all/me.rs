//! One's own account: details, and what one was told.
use serde_json::{Value, json};

use crate::{
    client::{get, patch, post, post_nothing, put},
    scene::{Founded, PASSWORD, Scene},
};

fn chosen(permissions: &[&str]) -> Value {
    json!({ "kind": "chosen", "permissions": permissions })
}

async fn notifications(founded: &Founded, token: &str) -> Vec<Value> {
    let listed = founded.ask(get("/me/notifications").by(token)).await.expect(200);
    listed.json["data"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn details_are_changed_and_what_is_left_out_stays() {
    let founded = Scene::founded().await;
    let token = &founded.owner.token;
    let before = founded.ask(get("/me").by(token)).await.expect(200).json;
    let change = json!({ "first_name": "Olga Maria", "locale": "de", "time_zone": "Europe/Madrid" });
    let changed = founded.ask(patch("/me", change).by(token)).await.expect(200);
    let mut expected = before.clone();
    expected["first_name"] = json!("Olga Maria");
    expected["locale"] = json!("de");
    expected["time_zone"] = json!("Europe/Madrid");
    assert_eq!(changed.json, expected);
    let read = founded.ask(get("/me").by(token)).await.expect(200);
    assert_eq!((read.json.clone(), read.header("etag")), (expected, changed.header("etag")));
}

#[tokio::test]
async fn a_new_name_is_found_in_the_list_of_members() {
    let founded = Scene::founded().await;
    let change = json!({ "username": "zoe.smith", "first_name": "Zoë", "last_name": "Smith" });
    founded.ask(patch("/me", change).by(&founded.owner.token)).await.expect(200);
    for query in ["smith", "zoe.smith", "zoë"] {
        let found = founded.at(&format!("/members?query={}", query.replace('ë', "%C3%AB")));
        let found = founded.ask(get(found).by(&founded.owner.token)).await.expect(200);
        assert_eq!(found.text_at("/data/0/account/username"), "zoe.smith", "{query}");
    }
    let body = json!({ "identifier": "zoe.smith", "password": PASSWORD });
    founded.ask(post("/sessions", body)).await.expect(201);
}

#[tokio::test]
async fn whoever_names_the_state_that_they_looked_at_is_told_when_it_is_older() {
    let founded = Scene::founded().await;
    let token = &founded.owner.token;
    let seen = founded.ask(get("/me").by(token)).await.expect(200);
    let seen = seen.header("etag").expect("a tag").to_owned();
    let change = |name: &str| patch("/me", json!({ "first_name": name })).by(token);
    founded.ask(change("Zoë").header("if-match", &seen)).await.expect(200);
    founded.ask(change("Ada").header("if-match", &seen)).await.expect_code(412, "stale");
    founded.ask(change("Ada").header("if-match", "*")).await.expect(200);
    founded.ask(change("Eve")).await.expect(200);
}

#[tokio::test]
async fn details_that_cannot_be_taken_are_told_all_at_once() {
    let founded = Scene::founded().await;
    founded.member("max", chosen(&[])).await;
    let body = json!({
        "username": "a@b", "first_name": " ", "last_name": "see evil.com", "locale": "so-called English",
        "time_zone": "Europe/Nowhere", "email": "new@example.org", "administrator": true,
    });
    let answered = founded.ask(patch("/me", body).by(&founded.owner.token)).await;
    let expected = [
        ("#/username", "invalid_username"),
        ("#/first_name", "required"),
        ("#/last_name", "malformed"),
        ("#/locale", "malformed"),
        ("#/time_zone", "malformed"),
        ("#/administrator", "unknown_field"),
        ("#/email", "unknown_field"),
    ];
    let faults = answered.expect_code(422, "validation_failed").faults();
    assert_eq!(faults, expected.map(|(it, code)| (it.to_owned(), code.to_owned())));
    let taken = patch("/me", json!({ "username": "MAX.M" })).by(&founded.owner.token);
    let faults = founded.ask(taken).await.expect_code(422, "validation_failed").faults();
    assert_eq!(faults, [("#/username".to_owned(), "username_taken".to_owned())]);
    let reserved = patch("/me", json!({ "username": "r00t" })).by(&founded.owner.token);
    let faults = founded.ask(reserved).await.expect_code(422, "validation_failed").faults();
    assert_eq!(faults, [("#/username".to_owned(), "invalid_username".to_owned())]);
}

#[tokio::test]
async fn what_others_did_is_told_until_it_was_read() {
    let founded = Scene::founded().await;
    let max = founded.member("max", chosen(&["members.view"])).await;
    let told = notifications(&founded, &founded.owner.token).await;
    assert_eq!(told.len(), 1);
    let expected = json!({
        "id": told[0]["id"], "kind": "invitation_accepted", "at": told[0]["at"], "read_at": null,
        "organization": { "id": founded.organization, "name": "Acme" },
        "invitation_id": told[0]["invitation_id"], "by": "max Meyer", "email": "max@example.org",
        "access": chosen(&["members.view"]),
    });
    assert_eq!(told[0], expected);

    let access = founded.at(&format!("/members/{}/access", max.membership));
    let change = put(access, json!({ "kind": "all" })).header("if-match", "\"0\"");
    founded.ask(change.by(&founded.owner.token)).await.expect(200);
    let told = notifications(&founded, &max.token).await;
    assert_eq!(told[0]["kind"], "access_changed");
    assert_eq!(told[0]["access_before"], chosen(&["members.view"]));
    assert_eq!(told[0]["access"], json!({ "kind": "all" }));
    let unread = async || {
        let counted = founded.ask(get("/me/notifications/unread-count").by(&max.token)).await.expect(200);
        counted.json["number"].clone()
    };
    assert_eq!(unread().await, json!(1));
    let id = told[0]["id"].clone();
    let others = post("/me/notifications/read", json!({ "id": id })).by(&founded.owner.token);
    founded.ask(others).await.expect(204);
    assert_eq!(unread().await, json!(1), "nobody reads for another");
    let one = post("/me/notifications/read", json!({ "id": id })).by(&max.token).key("read-1");
    founded.ask(one.clone()).await.expect(204);
    let again = founded.ask(one).await.expect(204);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(unread().await, json!(0));
    assert!(notifications(&founded, &max.token).await[0]["read_at"].is_string());
    founded.ask(post_nothing("/me/notifications/read").by(&founded.owner.token)).await.expect(204);
    let told = notifications(&founded, &founded.owner.token).await;
    assert!(told.iter().all(|it| it["read_at"].is_string()));
}

#[tokio::test]
async fn what_one_was_told_is_read_part_by_part() {
    let founded = Scene::founded().await;
    for name in ["max", "nora", "otto"] {
        founded.member(name, chosen(&[])).await;
    }
    let token = &founded.owner.token;
    let first = founded.ask(get("/me/notifications?limit=2").by(token)).await.expect(200);
    assert_eq!(first.json["data"].as_array().map(Vec::len), Some(2));
    let cursor = first.text_at("/next_cursor");
    let path = format!("/me/notifications?limit=2&cursor={cursor}");
    let rest = founded.ask(get(&path).by(token)).await.expect(200);
    assert_eq!(rest.json["data"].as_array().map(Vec::len), Some(1));
    assert!(rest.json["next_cursor"].is_null());
    let other = founded.member("vera", chosen(&[])).await;
    founded.ask(get(&path).by(&other.token)).await.expect_code(422, "validation_failed");
}

#[tokio::test]
async fn all_that_is_stored_about_somebody_is_one_file() {
    let founded = Scene::founded().await;
    let max = founded.member("max", chosen(&["members.view"])).await;
    let file = founded.ask(get("/me/export").by(&max.token)).await.expect(200);
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"my-data.json\""));
    assert_eq!(file.text_at("/account/0/email"), "max@example.org");
    assert_eq!(file.text_at("/memberships/0/organization"), "Acme");
    assert_eq!(file.text_at("/invitations_received/0/invited_by"), "Olga Petrova");
    assert_eq!(file.json["invitations_sent"], json!([]));
    for foreign in ["olga@example.org", PASSWORD, "$"] {
        assert!(!file.text.contains(foreign), "{foreign} in {}", file.text);
    }
    let own = founded.ask(get("/me/export").by(&founded.owner.token)).await.expect(200);
    assert_eq!(own.text_at("/invitations_sent/0/email"), "max@example.org");
    assert_eq!(own.text_at("/own_acts/0/action"), "invitation.sent");
}
