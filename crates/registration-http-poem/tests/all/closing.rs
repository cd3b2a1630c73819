//! Closing one's account over the API: all that ends with it, and what keeps it open.
use serde_json::json;

use crate::{
    client::{Answered, get, post},
    scene::{Founded, Member, PASSWORD, Scene, sign_up},
};

impl Founded {
    async fn close(&self, who: &Member, password: &str) -> Answered {
        self.ask(post("/me/close", json!({ "password": password })).by(&who.token)).await
    }
}

#[tokio::test]
async fn a_closed_account_is_gone_and_its_address_and_username_are_free() {
    let founded = Scene::founded().await;
    let max = founded.member("max", json!({ "kind": "chosen", "permissions": [] })).await;
    founded.scene.waiting_mails().await;
    founded.close(&max, PASSWORD).await.expect(204);
    assert_eq!(founded.scene.waiting_mails().await, [("max@example.org".to_owned(), "account_closed")]);
    founded.ask(get("/me").by(&max.token)).await.expect_code(401, "not_signed_in");
    founded.close(&max, PASSWORD).await.expect_code(401, "not_signed_in");
    let sign_in = json!({ "identifier": "max.m", "password": PASSWORD });
    founded.ask(post("/sessions", sign_in.clone())).await.expect_code(401, "invalid_credentials");
    let members = founded.ask(get(founded.at("/members")).by(&founded.owner.token)).await.expect(200);
    assert_eq!(members.json["data"].as_array().map(Vec::len), Some(1));
    let started = founded.ask(post("/sign-ups", sign_up("max@example.org", "max.m"))).await.expect(202);
    let id = started.text_at("/id");
    let body = json!({ "code": founded.scene.code(&id).await });
    founded.ask(post(format!("/sign-ups/{id}/verify"), body)).await.expect(201);
    let session = founded.ask(post("/sessions", sign_in)).await.expect(201);
    let mine = get("/me/memberships").by(&session.text_at("/token"));
    assert_eq!(founded.ask(mine).await.expect(200).json["data"], json!([]));
}

#[tokio::test]
async fn the_last_owner_and_the_last_administrator_are_told_what_keeps_them() {
    let founded = Scene::founded().await;
    let refused = founded.close(&founded.owner, PASSWORD).await.expect_code(409, "last_owner");
    assert_eq!(refused.json["organizations"], json!([founded.organization]));
    founded.member("otto", json!({ "kind": "owner" })).await;
    founded.close(&founded.owner, PASSWORD).await.expect_code(409, "last_administrator");
    founded.ask(get("/me").by(&founded.owner.token)).await.expect(200);
}

#[tokio::test]
async fn a_wrong_password_closes_nothing_and_is_counted() {
    let founded = Scene::founded().await;
    let max = founded.member("max", json!({ "kind": "chosen", "permissions": [] })).await;
    for left in [4, 3, 2, 1, 0] {
        let refused = founded.close(&max, "guess").await.expect_code(422, "current_password_incorrect");
        assert_eq!(refused.json["tries_left"], left);
        assert_eq!(refused.faults(), [("#/password".to_owned(), "current_password_incorrect".to_owned())]);
    }
    let refused = founded.close(&max, PASSWORD).await.expect_code(429, "too_many_tries");
    assert!(refused.header("retry-after").is_some());
    founded.ask(get("/me").by(&max.token)).await.expect(200);
}
