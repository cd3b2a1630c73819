//! Whatever comes in, what goes out is a problem that names what is wrong.
use serde_json::{Value, json};

use crate::{
    client::{Asked, get, patch, post, put},
    scene::{Founded, Scene, sign_up},
};

const JSON: &str = "application/json";

/// A few operations that take a body, each with one that it takes.
async fn operations(founded: &Founded) -> Vec<(Asked, Value)> {
    let member = founded.member("max", json!({ "kind": "chosen", "permissions": [] })).await;
    let owner = founded.owner.token.clone();
    let at = |path: &str| founded.at(path);
    let access = at(&format!("/members/{}/access", member.membership));
    vec![
        (post("/sessions", json!({})), json!({ "identifier": "olga", "password": "x" })),
        (
            post(at("/invitations"), json!({})).by(&owner),
            json!({ "email": "a@b.org", "purpose": "member", "access": { "kind": "all" } }),
        ),
        (post("/organizations", json!({})).by(&owner), json!({ "name": "New" })),
        (post(at("/employee-codes"), json!({})).by(&owner), json!({ "label": "May", "uses": 3 })),
        (post(at("/employee-codes.csv"), json!({})).by(&owner), json!({ "label": "June", "count": 2 })),
        (patch("/me", json!({})).by(&owner), json!({ "locale": "de", "time_zone": "Europe/Madrid" })),
        (put(access, json!({})).by(&owner).header("if-match", "\"0\""), json!({ "kind": "all" })),
        (post("/invitations/lookup", json!({})), json!({ "token": "x" })),
        (post("/me/email-changes", json!({})).by(&owner), json!({ "email": "new@example.org" })),
        (
            post("/me/email-changes/01a3185c-5000-7000-8000-00000000ffff/verify", json!({})).by(&owner),
            json!({ "code": "482913" }),
        ),
        (post("/me/close", json!({})).by(&owner), json!({ "password": "guess" })),
        (post("/sign-ups", json!({})), sign_up("ana@example.org", "ana.ruiz")),
        (
            post("/sign-ups/01a3185c-5000-7000-8000-00000000ffff/verify", json!({})),
            json!({ "code": "482913" }),
        ),
    ]
}

#[tokio::test]
async fn broken_bodies_are_malformed() {
    let founded = Scene::founded().await;
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(40), "]".repeat(40));
    let texts: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"{".to_vec(),
        b"{\"email\":".to_vec(),
        b"{\"email\":\"a@b.org\"".to_vec(),
        b"{} {}".to_vec(),
        b"{}x".to_vec(),
        b"{\"a\":\"\xFF\xFE\"}".to_vec(),
        b"{\"a\":\"\\ud83d\"}".to_vec(),
        b"{\"email\":\"a@b.org\",\"email\":\"c@d.org\"}".to_vec(),
        b"{\"a\":1e999}".to_vec(),
        deep.into_bytes(),
        "[".repeat(50_000).into_bytes(),
        b"\0".to_vec(),
        b"<xml/>".to_vec(),
    ];
    for (asked, _) in operations(&founded).await {
        for text in &texts {
            founded.ask(asked.clone().replaced(JSON, text.clone())).await.expect_code(400, "malformed_json");
        }
    }
}

#[tokio::test]
async fn bodies_of_another_media_type_are_not_read() {
    let founded = Scene::founded().await;
    for (asked, body) in operations(&founded).await {
        for media_type in
            ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1"]
        {
            let sent = asked.clone().replaced(media_type, body.to_string());
            founded.ask(sent).await.expect_code(415, "unsupported_media_type");
        }
        let sent = founded.ask(asked.replaced("application/json; charset=UTF-8", body.to_string())).await;
        assert!(![400, 415].contains(&sent.status), "{}", sent.text);
    }
}

#[tokio::test]
async fn bodies_that_are_too_large_are_not_read_whole() {
    let founded = Scene::founded().await;
    for (asked, _) in operations(&founded).await {
        let body = json!({ "email": "a".repeat(70_000) }).to_string();
        founded.ask(asked.replaced(JSON, body)).await.expect_code(413, "body_too_large");
    }
}

#[tokio::test]
async fn anything_but_an_object_is_of_the_wrong_type() {
    let founded = Scene::founded().await;
    for (asked, _) in operations(&founded).await {
        for body in ["null", "1", "[]", "\"text\"", "true"] {
            let answered = founded.ask(asked.clone().replaced(JSON, body)).await;
            let answered = answered.expect_code(422, "validation_failed");
            assert_eq!(answered.faults(), [("#".to_owned(), "wrong_type".to_owned())], "{body}");
        }
    }
}

#[tokio::test]
async fn unknown_fields_are_named() {
    let founded = Scene::founded().await;
    for (asked, body) in operations(&founded).await {
        let mut body = body.clone();
        body["emial"] = json!(1);
        body["a/b~c d"] = json!(null);
        let answered = founded.ask(asked.replaced(JSON, body.to_string())).await;
        let faults = answered.expect_code(422, "validation_failed").faults();
        for pointer in ["#/a~1b~0c%20d", "#/emial"] {
            assert!(faults.contains(&(pointer.into(), "unknown_field".into())), "{faults:?}");
        }
    }
}

#[tokio::test]
async fn every_field_at_fault_is_told_at_once() {
    let founded = Scene::founded().await;
    let body = json!({
        "email": "a@", "purpose": "emperor", "expires_in_days": 31, "locale": "so-called English",
        "message": "see evil.com",
        "access": { "kind": "chosen", "permissions": ["members.view", "members.fly", 7, "products.manage"] },
        "sender": "me",
    });
    let sent = post(founded.at("/invitations"), body).by(&founded.owner.token);
    let answered = founded.ask(sent).await.expect_code(422, "validation_failed");
    let expected = [
        ("#/email", "invalid_email"),
        ("#/purpose", "malformed"),
        ("#/access/permissions/1", "unknown_permission"),
        ("#/access/permissions/2", "wrong_type"),
        ("#/expires_in_days", "malformed"),
        ("#/message", "malformed"),
        ("#/locale", "malformed"),
        ("#/sender", "unknown_field"),
    ];
    assert_eq!(answered.faults(), expected.map(|(it, code)| (it.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn each_kind_of_fault_has_its_code() {
    let founded = Scene::founded().await;
    let long = "a".repeat(300);
    let cases = [
        (json!({ "email": "a@b.org" }), "#/access", "required"),
        (json!({ "email": null }), "#/email", "required"),
        (json!({ "email": 7 }), "#/email", "wrong_type"),
        (json!({ "email": ["a@b.org"] }), "#/email", "wrong_type"),
        (json!({ "email": "a\u{0}@b.org" }), "#/email", "invalid_email"),
        (json!({ "email": format!("{long}@b.org") }), "#/email", "too_long"),
        (json!({ "expires_in_days": "7" }), "#/expires_in_days", "wrong_type"),
        (json!({ "expires_in_days": 0 }), "#/expires_in_days", "malformed"),
        (json!({ "expires_in_days": 2.5 }), "#/expires_in_days", "malformed"),
        (json!({ "expires_in_days": u64::MAX }), "#/expires_in_days", "malformed"),
        (json!({ "expires_in_days": -1 }), "#/expires_in_days", "malformed"),
        (json!({ "message": "a\u{0}b" }), "#/message", "malformed"),
        (json!({ "message": "a".repeat(501) }), "#/message", "too_long"),
        (json!({ "access": "all" }), "#/access", "wrong_type"),
        (json!({ "access": {} }), "#/access/kind", "required"),
        (json!({ "access": { "kind": "god" } }), "#/access/kind", "malformed"),
        (json!({ "access": { "kind": "role" } }), "#/access/role", "required"),
        (json!({ "access": { "kind": "role", "role": "emperor" } }), "#/access/role", "unknown_role"),
        (json!({ "access": { "kind": "role", "role": "\u{0}" } }), "#/access/role", "unknown_role"),
        (json!({ "access": { "kind": "chosen" } }), "#/access/permissions", "required"),
        (json!({ "access": { "kind": "chosen", "permissions": {} } }), "#/access/permissions", "wrong_type"),
        (json!({ "access": { "kind": "all", "permissions": [] } }), "#/access/permissions", "unknown_field"),
    ];
    for (body, pointer, code) in cases {
        let sent = post(founded.at("/invitations"), body.clone()).by(&founded.owner.token);
        let faults = founded.ask(sent).await.expect_code(422, "validation_failed").faults();
        assert!(faults.contains(&(pointer.into(), code.into())), "{body} {faults:?}");
    }
}

#[tokio::test]
async fn a_bad_password_is_told_beside_other_faults() {
    let scene = Scene::new();
    let body = json!({
        "token": scene.setup_token().await, "organization_name": "Acme", "email": "olga@example.org",
        "username": "a@b", "first_name": " ", "last_name": "Petrova", "password": "short",
    });
    let faults = scene.ask(post("/setup", body)).await.expect_code(422, "validation_failed").faults();
    for expected in [
        ("#/username", "invalid_username"),
        ("#/first_name", "required"),
        ("#/password", "password_too_short"),
        ("#/password", "password_needs_upper"),
        ("#/password", "password_needs_digit_or_symbol"),
    ] {
        assert!(faults.contains(&(expected.0.into(), expected.1.into())), "{expected:?} in {faults:?}");
    }
}

#[tokio::test]
async fn a_path_without_an_id_leads_nowhere() {
    let founded = Scene::founded().await;
    let token = &founded.owner.token;
    for id in ["1", "x", "%00", "00000000-0000-0000-0000-00000000000", "{00000000000000000000000000000000}"] {
        founded.ask(get(format!("/organizations/{id}")).by(token)).await.expect_code(404, "not_found");
        founded.ask(get(founded.at(&format!("/members/{id}"))).by(token)).await.expect_code(404, "not_found");
    }
    let no_text = get("/organizations/%ff").by(token);
    founded.ask(no_text).await.expect_code(400, "malformed_request");
    let compact = founded.organization.replace('-', "");
    founded.ask(get(format!("/organizations/{compact}")).by(token)).await.expect_code(404, "not_found");
}

#[tokio::test]
async fn forged_tokens_are_nobodys() {
    let founded = Scene::founded().await;
    let invitation = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let link = founded.scene.invitation_token(&invitation, 0);
    for token in ["", "x", "a b", &"x".repeat(3000), &link] {
        let answered = founded.ask(get("/me").by(token)).await.expect_code(401, "not_signed_in");
        assert_eq!(answered.header("www-authenticate"), Some("Bearer"));
    }
    founded.ask(get("/me").header("authorization", "Basic eDp5")).await.expect_code(401, "not_signed_in");
    let twice = get("/me").by(&founded.owner.token).by(&founded.owner.token);
    founded.ask(twice).await.expect_code(401, "not_signed_in");
    for token in ["x", &founded.owner.token, &format!("{link} "), &"x".repeat(4096)] {
        let sent = post("/invitations/lookup", json!({ "token": token }));
        founded.ask(sent).await.expect_code(404, "invitation_unknown");
    }
    let sent = post("/invitations/lookup", json!({ "token": "x".repeat(4097) }));
    assert_eq!(founded.ask(sent).await.expect(422).faults(), [("#/token".into(), "too_long".into())]);
}

#[tokio::test]
async fn no_mutilated_body_is_our_fault() {
    let founded = Scene::founded().await;
    for (asked, body) in operations(&founded).await {
        let text = body.to_string().into_bytes();
        for at in 0..text.len() {
            // The client that sends it takes no 5xx for an answer.
            founded.ask(asked.clone().replaced(JSON, &text[..at])).await;
            for byte in [0, b'"', b'{', b']', b'\\', b'9', 0x7F, 0xFF] {
                let mut text = text.clone();
                text[at] = byte;
                founded.ask(asked.clone().replaced(JSON, text)).await;
            }
        }
    }
}

#[tokio::test]
async fn no_value_of_another_kind_is_our_fault() {
    let founded = Scene::founded().await;
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e308),
        json!(u64::MAX),
        json!(""),
        json!("\u{0}"),
        json!("\u{202E}\u{FFFF}\u{10FFFF}"),
        json!("é".repeat(20_000)),
        json!([]),
        json!([[], {}, null, ""]),
        json!({}),
        json!({ "kind": "chosen", "permissions": ["members.view"], "kind ": 1 }),
    ];
    for (asked, body) in operations(&founded).await {
        for name in body.as_object().into_iter().flat_map(|it| it.keys()) {
            for value in &values {
                let mut body = body.clone();
                body[name] = value.clone();
                founded.ask(asked.clone().replaced(JSON, body.to_string())).await;
            }
        }
    }
}
