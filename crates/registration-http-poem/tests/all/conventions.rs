//! What holds for every operation: retried POSTs, entity tags, and the framework's own refusals.
use poem::http::Method;
use registration_domain::time::DAY;
use serde_json::json;

use crate::{
    client::{Asked, delete, get, patch, post, post_nothing, put},
    scene::{PASSWORD, Scene, registration, setup},
};

#[tokio::test]
async fn a_request_that_is_sent_twice_is_done_once() {
    let founded = Scene::founded().await;
    let body = json!({ "email": "vera@example.org", "purpose": "member", "access": { "kind": "all" } });
    let sent = post(founded.at("/invitations"), body).by(&founded.owner.token).key("k-1");
    let first = founded.ask(sent.clone()).await.expect(201);
    let second = founded.ask(sent).await.expect(201);
    assert_eq!(first.text, second.text);
    assert_eq!(
        (first.header("idempotency-replayed"), second.header("idempotency-replayed")),
        (None, Some("true"))
    );
    let other = json!({ "email": "max@example.org", "purpose": "member", "access": { "kind": "all" } });
    let other = post(founded.at("/invitations"), other).by(&founded.owner.token).key("k-1");
    founded.ask(other).await.expect_code(422, "idempotency_key_reused");
    let listed = founded.ask(get(founded.at("/invitations")).by(&founded.owner.token)).await.expect(200);
    assert_eq!(listed.json["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_key_is_of_one_caller_and_one_route() {
    let founded = Scene::founded().await;
    let member = founded.member("max", json!({ "kind": "all" })).await;
    let body = json!({ "name": "New" });
    for token in [&founded.owner.token, &member.token] {
        let answered = founded.ask(post("/organizations", body.clone()).by(token).key("k")).await.expect(201);
        assert_eq!(answered.header("idempotency-replayed"), None);
    }
    let invited = json!({ "email": "vera@example.org", "purpose": "member", "access": { "kind": "all" } });
    founded
        .ask(post(founded.at("/invitations"), invited).by(&founded.owner.token).key("k"))
        .await
        .expect(201);
}

#[tokio::test]
async fn a_key_does_not_reach_from_one_resource_to_another() {
    let founded = Scene::founded().await;
    let one = founded.invite("one@example.org", json!({ "kind": "all" })).await;
    let other = founded.invite("other@example.org", json!({ "kind": "all" })).await;
    let resend =
        |id: &str| post_nothing(founded.at(&format!("/invitations/{id}/resend"))).by(&founded.owner.token);
    founded.ask(resend(&one).key("k")).await.expect(200);
    founded.ask(resend(&other).key("k")).await.expect_code(422, "idempotency_key_reused");
}

#[tokio::test]
async fn a_refusal_leaves_no_key_behind() {
    let founded = Scene::founded().await;
    let sent = |name: &str| post("/organizations", json!({ "name": name })).by(&founded.owner.token).key("k");
    founded.ask(sent(" ")).await.expect_code(422, "validation_failed");
    founded.ask(sent("New")).await.expect(201);
}

#[tokio::test]
async fn a_repeat_of_a_stranger_is_known_by_what_they_sent() {
    let founded = Scene::founded().await;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let body = registration(&founded.scene.invitation_token(&id, 0), "vera");
    let first = founded.ask(post("/invitations/accept", body.clone()).key("k")).await.expect(201);
    let second = founded.ask(post("/invitations/accept", body).key("k")).await.expect(201);
    assert_eq!((first.text, second.header("idempotency-replayed")), (second.text.clone(), Some("true")));
    let sign_in = json!({ "identifier": "olga", "password": PASSWORD });
    let again = founded.ask(post("/sessions", sign_in).key("k")).await.expect(201);
    assert_eq!(again.header("idempotency-replayed"), None);
}

#[tokio::test]
async fn a_setup_that_is_sent_twice_is_told_its_outcome() {
    let scene = Scene::new();
    let body = setup(&scene.setup_token().await);
    let first = scene.ask(post("/setup", body.clone()).key("k")).await.expect(201);
    let second = scene.ask(post("/setup", body.clone()).key("k")).await.expect(201);
    assert_eq!(first.text, second.text);
    scene.ask(post("/setup", body)).await.expect_code(404, "not_found");
}

#[tokio::test]
async fn a_key_is_visible_ascii_and_not_too_long() {
    let founded = Scene::founded().await;
    let sent = || post("/organizations", json!({ "name": "New" })).by(&founded.owner.token);
    for key in ["", "a b", "\u{e9}", &"k".repeat(256)] {
        founded.ask(sent().key(key)).await.expect_code(400, "idempotency_key_malformed");
    }
    founded.ask(sent().key("a").key("b")).await.expect_code(400, "idempotency_key_malformed");
    founded.ask(sent().key(&"~".repeat(255))).await.expect(201);
}

#[tokio::test]
async fn a_change_of_access_rests_on_what_was_read() {
    let founded = Scene::founded().await;
    let member = founded.member("max", json!({ "kind": "chosen", "permissions": [] })).await;
    let path = founded.at(&format!("/members/{}/access", member.membership));
    let owner = &founded.owner.token;
    let change = || put(&path, json!({ "kind": "all" })).by(owner);
    founded.ask(change()).await.expect_code(428, "if_match_required");
    founded.ask(change().header("if-match", "*")).await.expect_code(428, "if_match_required");
    for tag in ["\"7\"", "W/\"0\"", "nonsense", "\"0\", \"1\""] {
        founded.ask(change().header("if-match", tag)).await.expect_code(412, "stale");
    }
    let read = founded.ask(get(&path).by(owner)).await.expect(200);
    assert_eq!(read.json, json!({ "kind": "chosen", "permissions": [] }));
    let tag = read.header("etag").expect("a tag").to_owned();
    let changed = founded.ask(change().header("if-match", tag.as_str())).await.expect(200);
    assert_eq!(changed.json, json!({ "kind": "all" }));
    assert_ne!(changed.header("etag"), Some(tag.as_str()));
    founded.ask(change().header("if-match", tag)).await.expect_code(412, "stale");
    let whole = founded.ask(get(founded.at(&format!("/members/{}", member.membership))).by(owner)).await;
    let tag = whole.header("etag").expect("a tag").to_owned();
    founded.ask(put(&path, json!({ "kind": "all" })).by(owner).header("if-match", tag)).await.expect(200);
}

#[tokio::test]
async fn a_client_that_knows_a_resource_is_not_told_again() {
    let founded = Scene::founded().await;
    let owner = &founded.owner.token;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let invitation = founded.at(&format!("/invitations/{id}"));
    for path in ["/me".to_owned(), founded.at(""), invitation.clone()] {
        let first = founded.ask(get(&path).by(owner)).await.expect(200);
        let tag = first.header("etag").expect("a tag").to_owned();
        let again = founded.ask(get(&path).by(owner).header("if-none-match", tag.as_str())).await.expect(304);
        assert_eq!((again.text.as_str(), again.header("etag")), ("", Some(tag.as_str())));
        founded.ask(get(&path).by(owner).header("if-none-match", "\"other\"")).await.expect(200);
    }
    let tag = founded.ask(get(&invitation).by(owner)).await.header("etag").expect("a tag").to_owned();
    founded.scene.advance(8 * DAY);
    let token = json!({ "identifier": "olga", "password": PASSWORD });
    let token = founded.ask(post("/sessions", token)).await.expect(201).text_at("/token");
    let later = founded.ask(get(&invitation).by(&token).header("if-none-match", tag)).await.expect(200);
    assert_eq!(later.json["state"], "expired", "time changes what is shown, and so the tag");
}

#[tokio::test]
async fn the_framework_refuses_in_the_same_shape() {
    let founded = Scene::founded().await;
    founded.ask(get("/nowhere")).await.expect_code(404, "not_found");
    founded.ask(get("/api/v1/nowhere")).await.expect_code(404, "not_found");
    let answered = founded.ask(delete("/authorizations")).await.expect_code(405, "method_not_allowed");
    assert_eq!(answered.header("allow"), Some("POST"));
    let path = founded.at("");
    let answered = founded.ask(Asked::new(Method::PUT, path)).await.expect_code(405, "method_not_allowed");
    assert_eq!(answered.header("allow"), Some("GET, HEAD, PATCH"));
    let answered = founded.ask(Asked::new(Method::PUT, "/docs")).await.expect_code(405, "method_not_allowed");
    assert_eq!(answered.header("allow"), Some("GET, HEAD"));
}

#[tokio::test]
async fn what_is_limited_says_until_when() {
    let founded = Scene::founded().await;
    let wrong = || post("/sessions", json!({ "identifier": "olga", "password": "wrong" }));
    for _ in 0..5 {
        founded.ask(wrong()).await.expect_code(401, "invalid_credentials");
    }
    let answered = founded.ask(wrong()).await.expect_code(429, "too_many_tries");
    let seconds: u64 = answered.header("retry-after").and_then(|it| it.parse().ok()).expect("seconds");
    assert!((1..=24 * 3600).contains(&seconds), "{seconds}");
    assert!(answered.text_at("/retry_at").ends_with('Z'));
}

#[tokio::test]
async fn a_founder_renames_their_organization() {
    let founded = Scene::founded().await;
    let sent = patch(founded.at(""), json!({ "name": "Acme & Sons", "discoverable": true }));
    let changed = founded.ask(sent.by(&founded.owner.token)).await.expect(200);
    assert_eq!((&changed.json["name"], &changed.json["discoverable"]), (&json!("Acme & Sons"), &json!(true)));
}

#[tokio::test]
async fn equal_keys_at_once_have_one_effect() {
    let founded = Scene::founded().await;
    let sent = post("/organizations", json!({ "name": "New" })).by(&founded.owner.token).key("k");
    let racing = (0..20).map(|_| founded.ask(sent.clone()));
    let answers = futures_util::future::join_all(racing).await;
    let first = answers.iter().filter(|it| it.header("idempotency-replayed").is_none()).count();
    assert_eq!(first, 1);
    assert!(answers.iter().all(|it| it.status == 201 && it.text == answers[0].text));
    let mine = founded.ask(get("/me/memberships").by(&founded.owner.token)).await.expect(200);
    assert_eq!(mine.json["data"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_sign_in_does_not_tell_who_has_an_account() {
    let founded = Scene::founded().await;
    let refused = |identifier: &str| {
        post("/sessions", json!({ "identifier": identifier, "password": "Wrong-1-password" }))
    };
    let mut told = Vec::new();
    for identifier in ["olga", "olga@example.org", "nobody", "nobody@example.org", "@", " ", "\u{0}", "a b c"]
    {
        let answered = founded.ask(refused(identifier)).await.expect_code(401, "invalid_credentials");
        let id = answered.header("request-id").expect("an id").to_owned();
        told.push(answered.text.replace(&id, "ID"));
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}
