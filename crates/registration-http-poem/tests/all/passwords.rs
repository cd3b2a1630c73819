//! Passwords, sessions and the sign-in log over the API.
use registration_domain::time::HOUR;
use serde_json::{Value, json};

use crate::{
    client::{Answered, delete, get, post, post_nothing, put},
    scene::{Founded, PASSWORD, Scene},
};

const NEW: &str = "Rainy-harbour-7";

fn read(answered: &Answered) -> Value {
    serde_json::from_str(&answered.text).unwrap()
}

async fn sign_in(founded: &Founded, password: &str) -> String {
    let body = json!({ "identifier": "olga", "password": password });
    founded.ask(post("/sessions", body)).await.expect(201).text_at("/token")
}

#[tokio::test]
async fn a_changed_password_ends_the_other_sessions_and_keeps_this_one() {
    let founded = Scene::founded().await;
    let (own, other) = (founded.owner.token.clone(), sign_in(&founded, PASSWORD).await);
    let change = |current: &str, new: &str| {
        put("/me/password", json!({ "current_password": current, "password": new })).by(&own)
    };
    let refused = founded.ask(change("guess", NEW)).await.expect_code(422, "current_password_incorrect");
    assert_eq!(refused.faults(), [("#/current_password".into(), "current_password_incorrect".into())]);
    assert!(refused.text.contains("\"tries_left\":4"), "{}", refused.text);
    let same = founded.ask(change(PASSWORD, PASSWORD)).await.expect_code(422, "validation_failed");
    assert_eq!(same.faults(), [("#/password".into(), "password_unchanged".into())]);
    let changed = founded.ask(change(PASSWORD, NEW)).await.expect(200);
    assert_eq!(changed.text_at("/token"), own);
    founded.ask(get("/me").by(&own)).await.expect(200);
    founded.ask(get("/me").by(&other)).await.expect_code(401, "not_signed_in");
    sign_in(&founded, NEW).await;
}

#[tokio::test]
async fn asking_for_a_link_is_answered_alike_to_the_last_byte() {
    let founded = Scene::founded().await;
    let mut answers = Vec::new();
    for address in ["olga@example.org", "nobody@example.org"] {
        for _ in 0..7 {
            let answered =
                founded.ask(post("/password-resets", json!({ "email": address }))).await.expect(202);
            answers.push(answered.text.clone());
        }
    }
    assert!(answers.iter().all(String::is_empty), "{answers:?}");
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_signs_nobody_in() {
    let founded = Scene::founded().await;
    founded.ask(post("/password-resets", json!({ "email": "OLGA@example.org" }))).await.expect(202);
    founded.scene.platform.answer_reset_requests().await.unwrap();
    let token = founded.scene.reset_token(&founded.owner.account);
    let complete =
        |password: &str| post("/password-resets/complete", json!({ "token": token, "password": password }));
    founded.ask(complete("short")).await.expect_code(422, "validation_failed");
    founded.ask(complete(NEW)).await.expect(204);
    founded.ask(complete(NEW)).await.expect_code(409, "reset_link_used");
    founded.ask(get("/me").by(&founded.owner.token)).await.expect_code(401, "not_signed_in");
    sign_in(&founded, NEW).await;
    let unknown = post("/password-resets/complete", json!({ "token": "x", "password": NEW }));
    founded.ask(unknown).await.expect_code(404, "reset_link_unknown");
    founded.ask(post("/password-resets", json!({ "email": "olga@example.org" }))).await.expect(202);
    founded.scene.platform.answer_reset_requests().await.unwrap();
    founded.ask(complete(NEW)).await.expect_code(410, "reset_link_superseded");
    founded.scene.advance(HOUR);
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let founded = Scene::founded().await;
    let (own, other) = (founded.owner.token.clone(), sign_in(&founded, PASSWORD).await);
    let listed = founded.ask(get("/me/sessions").by(&own)).await.expect(200);
    let listed_now = read(&listed);
    let current = listed_now["data"].as_array().unwrap().iter().map(|it| it["current"] == json!(true));
    assert_eq!(current.filter(|it| *it).count(), 1, "{}", listed.text);
    let ended = listed_now["data"].as_array().unwrap().iter().find(|it| it["current"] == json!(false));
    let path = format!("/me/sessions/{}", ended.unwrap()["id"].as_str().unwrap());
    founded.ask(delete(&path).by(&own)).await.expect(204);
    founded.ask(delete(&path).by(&own)).await.expect_code(404, "not_found");
    founded.ask(get("/me").by(&other)).await.expect_code(401, "not_signed_in");
    let third = sign_in(&founded, PASSWORD).await;
    founded.ask(post_nothing("/me/sessions/end-others").by(&own)).await.expect(200);
    founded.ask(get("/me").by(&third)).await.expect_code(401, "not_signed_in");
    founded.ask(get("/me").by(&own)).await.expect(200);
}

#[tokio::test]
async fn the_sign_in_log_tells_what_came_of_each_attempt() {
    let founded = Scene::founded().await;
    for _ in 0..6 {
        founded.ask(post("/sessions", json!({ "identifier": "olga", "password": "guess" }))).await;
    }
    let by = |path: &str| get(path).by(&founded.owner.token);
    let count = async |outcome: &str| {
        let listed = founded.ask(by(&format!("/me/sign-ins?outcome={outcome}"))).await.expect(200);
        read(&listed)["data"].as_array().unwrap().len()
    };
    let counts = [count("wrong_password").await, count("locked").await, count("success").await];
    assert_eq!(counts, [5, 1, 1]);
    founded.ask(by("/me/sign-ins?outcome=perhaps")).await.expect_code(422, "validation_failed");
    let file = founded.ask(by("/me/sign-ins.csv")).await.expect(200);
    assert!(file.text.starts_with("at,outcome,method,address,device\r\n"), "{}", file.text);
    assert_eq!(file.text.lines().count(), 8);
}

#[tokio::test]
async fn the_sixth_wrong_one_in_a_row_waits_and_a_known_device_does_not_pay_for_it() {
    let founded = Scene::founded().await;
    let body = json!({ "identifier": "olga", "password": PASSWORD });
    let device = founded.ask(post("/sessions", body.clone())).await.expect(201).text_at("/device_token");
    let wrong = json!({ "identifier": "olga", "password": "guess" });
    for _ in 0..5 {
        founded.ask(post("/sessions", wrong.clone())).await.expect_code(401, "invalid_credentials");
    }
    let refused = founded.ask(post("/sessions", body.clone())).await.expect_code(429, "too_many_tries");
    assert!(refused.header("retry-after").is_some());
    let mut known = body;
    known["device_token"] = json!(device);
    founded.ask(post("/sessions", known)).await.expect(201);
}
