//! Another address over the API: one answer whoever has it, and a code that alone makes it one's own.
use registration_domain::time::{HOUR, MINUTE};
use serde_json::{Value, json};

use crate::{
    client::{Answered, get, post, post_nothing},
    scene::{Founded, PASSWORD, Scene, sign_up},
};

impl Founded {
    async fn ask_for(&self, email: &str) -> Answered {
        self.ask(post("/me/email-changes", json!({ "email": email })).by(&self.owner.token)).await
    }
    async fn give(&self, id: &str, code: &str) -> Answered {
        let path = format!("/me/email-changes/{id}/verify");
        self.ask(post(path, json!({ "code": code })).by(&self.owner.token)).await
    }
    async fn again(&self, id: &str) -> Answered {
        let path = format!("/me/email-changes/{id}/resend");
        self.ask(post_nothing(path).by(&self.owner.token)).await
    }
    async fn wrong(&self, id: &str) -> String {
        let code: u32 = self.scene.address_code(id).await.parse().expect("six digits");
        format!("{:06}", (code + 1) % 1_000_000)
    }
    async fn session(&self, identifier: &str) -> Answered {
        let body = json!({ "identifier": identifier, "password": PASSWORD });
        self.ask(post("/sessions", body)).await
    }
}

#[tokio::test]
async fn the_right_code_changes_the_address_and_ends_the_other_sessions() {
    let founded = Scene::founded().await;
    let other = founded.session("olga").await.expect(201).text_at("/token");
    founded.scene.waiting_mails().await;
    let asked = founded.ask_for("Olga@New.example").await.expect(201);
    let expected = json!({
        "id": asked.json["id"], "email": "Olga@New.example", "state": "awaiting_code",
        "expires_at": asked.json["expires_at"], "change_expires_at": asked.json["change_expires_at"],
        "resend_at": asked.json["resend_at"],
    });
    assert_eq!(asked.json, expected);
    let me = async || founded.ask(get("/me").by(&founded.owner.token)).await.expect(200).text_at("/email");
    assert_eq!(me().await, "olga@example.org", "nothing has changed yet");
    assert_eq!(founded.scene.waiting_mails().await, [("Olga@New.example".to_owned(), "address_code")]);
    let id = asked.text_at("/id");
    let code = founded.scene.address_code(&id).await;
    let verified = founded.give(&id, &format!("{} {}", &code[..3], &code[3..])).await.expect(200);
    assert_eq!(verified.json["state"], "verified");
    assert_eq!(me().await, "Olga@New.example");
    assert_eq!(founded.scene.waiting_mails().await, [("olga@example.org".to_owned(), "address_changed")]);
    founded.ask(get("/me").by(&other)).await.expect_code(401, "not_signed_in");
    founded.session("olga@example.org").await.expect_code(401, "invalid_credentials");
    founded.session("olga@new.example").await.expect(201);
    founded.give(&id, &code).await.expect_code(409, "already_verified");
    founded.again(&id).await.expect_code(409, "already_verified");
    founded.ask(post("/sign-ups", sign_up("olga@example.org", "olga.two"))).await.expect(202);
    assert_eq!(founded.scene.waiting_mails().await.last().expect("a mail").1, "sign_up_code", "it is free");
}

#[tokio::test]
async fn whoever_has_the_address_the_answers_are_the_same_to_the_byte() {
    let mut told = Vec::new();
    for email in ["MAX@example.org", "XAM@example.org"] {
        let founded = Scene::founded().await;
        founded.member("max", json!({ "kind": "chosen", "permissions": [] })).await;
        let mut answers = vec![founded.ask_for(email).await.expect(201)];
        let id = answers[0].text_at("/id");
        answers.push(founded.again(&id).await.expect_code(429, "resend_too_soon"));
        let wrong = founded.wrong(&id).await;
        for _ in 0..6 {
            answers.push(founded.give(&id, &wrong).await);
        }
        founded.scene.advance(MINUTE);
        answers.push(founded.again(&id).await.expect(200));
        told.push(answers);
    }
    let masked = |answers: &[Answered]| -> Vec<(u16, String)> {
        let mask = |it: &Answered| {
            let request = it.header("request-id").unwrap_or_default();
            let id = answers[0].text_at("/id");
            (it.status, it.text.replace(request, "REQUEST").replace(&id, "ID").replace("XAM@", "MAX@"))
        };
        answers.iter().map(mask).collect()
    };
    assert_eq!(masked(&told[0]), masked(&told[1]));
    let codes: Vec<_> = told[0].iter().map(|it| it.code().unwrap_or("-").to_owned()).collect();
    let wrong = "code_incorrect";
    let expected = ["-", "resend_too_soon", wrong, wrong, wrong, wrong, wrong, "too_many_tries", "-"];
    assert_eq!(codes, expected);
}

#[tokio::test]
async fn what_is_wrong_with_the_wish_is_told_beside_its_field() {
    let founded = Scene::founded().await;
    let check = async |body: Value, expected: &[(&str, &str)]| {
        let refused = founded.ask(post("/me/email-changes", body).by(&founded.owner.token)).await;
        let faults = refused.expect_code(422, "validation_failed").faults();
        let expected: Vec<_> =
            expected.iter().map(|(at, code)| ((*at).to_owned(), (*code).to_owned())).collect();
        assert_eq!(faults, expected);
    };
    check(json!({}), &[("#/email", "required")]).await;
    check(
        json!({ "email": "a@", "password": 7 }),
        &[("#/email", "invalid_email"), ("#/password", "wrong_type")],
    )
    .await;
    check(json!({ "email": "OLGA@example.org" }), &[("#/email", "email_unchanged")]).await;
    founded.scene.advance(HOUR);
    check(json!({ "email": "new@example.org" }), &[("#/password", "required")]).await;
    let with = |password: &str| json!({ "email": "new@example.org", "password": password });
    let asked = post("/me/email-changes", with("guess")).by(&founded.owner.token);
    let refused = founded.ask(asked).await.expect_code(422, "current_password_incorrect");
    assert_eq!(refused.json["tries_left"], 4);
    let asked = post("/me/email-changes", with(PASSWORD)).by(&founded.owner.token);
    founded.ask(asked).await.expect(201);
}

#[tokio::test]
async fn what_is_over_or_somebody_elses_is_unknown() {
    let founded = Scene::founded().await;
    let max = founded.member("max", json!({ "kind": "chosen", "permissions": [] })).await;
    let first = founded.ask_for("first@example.org").await.expect(201).text_at("/id");
    let code = founded.scene.address_code(&first).await;
    let of_max = post(format!("/me/email-changes/{first}/verify"), json!({ "code": code })).by(&max.token);
    founded.ask(of_max).await.expect_code(404, "email_change_unknown");
    let second = founded.ask_for("second@example.org").await.expect(201).text_at("/id");
    founded.give(&first, &code).await.expect_code(404, "email_change_unknown");
    let code = founded.scene.address_code(&second).await;
    founded.scene.advance(10 * MINUTE);
    founded.give(&second, &code).await.expect_code(410, "code_expired");
    founded.again(&second).await.expect(200);
    founded.give(&second, &code).await.expect_code(422, "code_incorrect");
    founded.scene.advance(50 * MINUTE);
    founded.give(&second, &code).await.expect_code(404, "email_change_unknown");
    founded.again(&second).await.expect_code(404, "email_change_unknown");
}

#[tokio::test]
async fn a_repeat_is_answered_alike() {
    let founded = Scene::founded().await;
    let by = &founded.owner.token;
    let wish = post("/me/email-changes", json!({ "email": "new@example.org" })).by(by).key("wish");
    let first = founded.ask(wish.clone()).await.expect(201);
    let again = founded.ask(wish).await.expect(201);
    assert_eq!(
        (first.json.clone(), again.header("idempotency-replayed")),
        (again.json.clone(), Some("true"))
    );
    let id = first.text_at("/id");
    let code = founded.scene.address_code(&id).await;
    let give = post(format!("/me/email-changes/{id}/verify"), json!({ "code": code })).by(by).key("give");
    let first = founded.ask(give.clone()).await.expect(200);
    let again = founded.ask(give).await.expect(200);
    assert_eq!(
        (first.json.clone(), again.header("idempotency-replayed")),
        (again.json.clone(), Some("true"))
    );
}
