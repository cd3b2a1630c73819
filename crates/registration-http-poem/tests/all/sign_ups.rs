//! Signing up over the API: one answer for everybody, and an account for whoever reads the mail.
use registration_domain::time::{DAY, MINUTE};
use serde_json::{Value, json};

use crate::{
    client::{Answered, get, post, post_nothing},
    scene::{Founded, PASSWORD, Scene, sign_up},
};

impl Scene {
    async fn start(&self, email: &str, username: &str) -> Answered {
        self.ask(post("/sign-ups", sign_up(email, username))).await
    }
    async fn started(&self, email: &str, username: &str) -> String {
        self.start(email, username).await.expect(202).text_at("/id")
    }
    async fn verify(&self, id: &str, code: &str) -> Answered {
        self.ask(post(format!("/sign-ups/{id}/verify"), json!({ "code": code }))).await
    }
    async fn resend(&self, id: &str) -> Answered {
        self.ask(post_nothing(format!("/sign-ups/{id}/resend"))).await
    }
    async fn wrong(&self, id: &str) -> String {
        let code: u32 = self.code(id).await.parse().expect("six digits");
        format!("{:06}", (code + 1) % 1_000_000)
    }
    async fn sign_in(&self, identifier: &str) -> Answered {
        self.ask(post("/sessions", json!({ "identifier": identifier, "password": PASSWORD }))).await
    }
}

#[tokio::test]
async fn the_right_code_makes_the_account_and_no_session() {
    let scene = Scene::new();
    let started = scene.start("Ana@Example.org", "ana.ruiz").await.expect(202);
    assert_eq!(started.json["state"], "awaiting_code");
    for instant in ["expires_at", "sign_up_expires_at", "resend_at"] {
        assert!(started.json[instant].is_string(), "{}", started.text);
    }
    let id = started.text_at("/id");
    scene.sign_in("ana.ruiz").await.expect_code(401, "invalid_credentials");
    let code = scene.code(&id).await;
    let dashed = format!("{}-{}", &code[..3], &code[3..]);
    let verified = scene.verify(&id, &dashed).await.expect(201);
    assert_eq!(verified.text_at("/account/email"), "Ana@Example.org");
    assert_eq!(verified.text_at("/account/username"), "ana.ruiz");
    assert!(verified.json.get("token").is_none() && verified.header("set-cookie").is_none());
    scene.verify(&id, &code).await.expect_code(409, "already_verified");
    scene.resend(&id).await.expect_code(409, "already_verified");
    let session = scene.sign_in("ana@example.org").await.expect(201);
    assert_eq!(session.json["tasks"], json!(["join_organization"]));
}

#[tokio::test]
async fn whoever_has_the_address_the_answers_are_the_same_to_the_byte() {
    let founded = Scene::founded().await;
    let scene = &founded.scene;
    scene.waiting_mails().await;
    let [known, unknown] = [("OLGA@example.org", "olga.two"), ("nils@example.org", "nils.two")];
    let mut told = Vec::new();
    for (email, username) in [known, unknown] {
        let mut answers = vec![scene.start(email, username).await.expect(202)];
        let id = answers[0].text_at("/id");
        answers.push(scene.resend(&id).await.expect_code(429, "resend_too_soon"));
        for _ in 0..6 {
            answers.push(scene.verify(&id, &scene.wrong(&id).await).await);
        }
        told.push((id, answers));
    }
    let masked = |(id, answers): &(String, Vec<Answered>)| -> Vec<(u16, String)> {
        let mask = |it: &Answered| {
            let request = it.header("request-id").unwrap_or_default().to_owned();
            (it.status, it.text.replace(id, "ID").replace(&request, "REQUEST"))
        };
        answers.iter().map(mask).collect()
    };
    assert_eq!(masked(&told[0]), masked(&told[1]));
    let codes: Vec<_> = told[0].1.iter().map(|it| it.code().unwrap_or("-").to_owned()).collect();
    let wrong = "code_incorrect";
    assert_eq!(codes, ["-", "resend_too_soon", wrong, wrong, wrong, wrong, wrong, "too_many_tries"]);
    let left: Vec<_> = told[0].1[2..7].iter().map(|it| it.json["tries_left"].clone()).collect();
    assert_eq!(left, [4, 3, 2, 1, 0].map(Value::from));
    let mut mails = scene.waiting_mails().await;
    mails.sort();
    assert_eq!(
        mails,
        [
            ("nils@example.org".to_owned(), "sign_up_code"),
            ("olga@example.org".to_owned(), "already_registered"),
        ],
        "mail goes to the stored address, however it was typed"
    );
}

#[tokio::test]
async fn no_code_is_ever_right_for_an_address_that_has_an_account() {
    let founded = Scene::founded().await;
    let scene = &founded.scene;
    let before = scene.started("max@example.org", "max.early").await;
    founded.member("max", json!({ "kind": "all" })).await;
    for id in [before, scene.started("max@example.org", "max.late").await] {
        let code = scene.code(&id).await;
        scene.verify(&id, &code).await.expect_code(422, "code_incorrect");
    }
}

#[tokio::test]
async fn both_are_held_back_alike_when_an_address_was_mailed_too_often() {
    let founded = Scene::founded().await;
    let mut told = Vec::new();
    for (email, username) in [("olga@example.org", "olga.two"), ("nils@example.org", "nils.two")] {
        for _ in 0..5 {
            founded.scene.start(email, username).await.expect(202);
        }
        let refused = founded.scene.start(email, username).await.expect_code(429, "too_many_mails");
        let request = refused.header("request-id").unwrap_or_default().to_owned();
        told.push((
            refused.text.replace(&request, "REQUEST"),
            refused.header("retry-after").map(str::to_owned),
        ));
    }
    assert_eq!(told[0], told[1]);
}

#[tokio::test]
async fn a_new_code_voids_the_older_one() {
    let scene = Scene::new();
    let id = scene.started("ana@example.org", "ana.ruiz").await;
    let older = scene.code(&id).await;
    let soon = scene.resend(&id).await.expect_code(429, "resend_too_soon");
    assert!(soon.header("retry-after").is_some() && soon.json["retry_at"].is_string(), "{}", soon.text);
    scene.advance(MINUTE);
    scene.resend(&id).await.expect(202);
    scene.verify(&id, &older).await.expect_code(422, "code_incorrect");
    let newer = scene.code(&id).await;
    scene.verify(&id, &newer).await.expect(201);
}

#[tokio::test]
async fn a_code_and_a_sign_up_end() {
    let scene = Scene::new();
    let id = scene.started("ana@example.org", "ana.ruiz").await;
    let code = scene.code(&id).await;
    scene.advance(10 * MINUTE);
    scene.verify(&id, &code).await.expect_code(410, "code_expired");
    scene.resend(&id).await.expect(202);
    scene.advance(50 * MINUTE);
    let late = scene.code(&id).await;
    scene.verify(&id, &late).await.expect_code(404, "sign_up_unknown");
    scene.resend(&id).await.expect_code(404, "sign_up_unknown");
    let nobody = "01a3185c-5000-7000-8000-00000000ffff";
    scene.verify(nobody, "482913").await.expect_code(404, "sign_up_unknown");
    scene.resend(nobody).await.expect_code(404, "sign_up_unknown");
}

#[tokio::test]
async fn a_username_that_was_taken_meanwhile_costs_no_code() {
    let founded = Scene::founded().await;
    let scene = &founded.scene;
    let id = scene.started("ana@example.org", "max.m").await;
    founded.member("max", json!({ "kind": "all" })).await;
    let code = scene.code(&id).await;
    for _ in 0..6 {
        scene.verify(&id, &code).await.expect_code(409, "username_taken");
    }
    let again = json!({ "code": code, "username": "ana.ruiz" });
    let verified = scene.ask(post(format!("/sign-ups/{id}/verify"), again)).await.expect(201);
    assert_eq!(verified.text_at("/account/username"), "ana.ruiz");
}

#[tokio::test]
async fn a_taken_username_is_told_at_once() {
    let founded = Scene::founded().await;
    let refused = founded.scene.start("nils@example.org", "olga").await.expect_code(422, "validation_failed");
    assert!(refused.faults().iter().any(|(pointer, _)| pointer == "#/username"), "{}", refused.text);
    let founded = Scene::founded().await;
    founded.member("max", json!({ "kind": "all" })).await;
    let refused =
        founded.scene.start("nils@example.org", "max.m").await.expect_code(422, "validation_failed");
    assert_eq!(refused.faults(), [("#/username".to_owned(), "username_taken".to_owned())]);
}

#[tokio::test]
async fn each_way_to_mistype_a_code_is_told_apart_and_costs_no_try() {
    let scene = Scene::new();
    let id = scene.started("ana@example.org", "ana.ruiz").await;
    for (code, fault) in
        [("", "required"), ("12345", "malformed"), ("1234567", "too_long"), ("48291O", "malformed")]
    {
        for _ in 0..6 {
            let refused = scene.verify(&id, code).await.expect_code(422, "validation_failed");
            assert_eq!(refused.faults(), [("#/code".to_owned(), fault.to_owned())], "{code:?}");
        }
    }
    let right = scene.code(&id).await;
    scene.verify(&id, &right).await.expect(201);
}

#[tokio::test]
async fn a_repeat_is_told_the_first_outcome_and_spends_nothing() {
    let scene = Scene::new();
    let asked = || post("/sign-ups", sign_up("ana@example.org", "ana.ruiz")).key("one");
    let first = scene.ask(asked()).await.expect(202);
    for _ in 0..7 {
        let again = scene.ask(asked()).await.expect(202);
        assert_eq!((again.header("idempotency-replayed"), &again.text), (Some("true"), &first.text));
    }
    assert_eq!(scene.waiting_mails().await.len(), 1);
    let id = first.text_at("/id");
    let body = json!({ "code": scene.code(&id).await });
    let verify = || post(format!("/sign-ups/{id}/verify"), body.clone()).key("two");
    let first = scene.ask(verify()).await.expect(201);
    for _ in 0..7 {
        let again = scene.ask(verify()).await.expect(201);
        assert_eq!((again.header("idempotency-replayed"), &again.text), (Some("true"), &first.text));
    }
}

#[tokio::test]
async fn where_sign_up_is_closed_nobody_comes_by_themselves() {
    let scene = Scene::with(|it| it.sign_up_is_open = false);
    scene.start("ana@example.org", "ana.ruiz").await.expect_code(403, "sign_up_closed");
    let id = "01a3185c-5000-7000-8000-00000000ffff";
    scene.verify(id, "482913").await.expect_code(403, "sign_up_closed");
    scene.resend(id).await.expect_code(403, "sign_up_closed");
}

#[tokio::test]
async fn another_sign_up_of_the_address_ends_unseen() {
    let scene = Scene::new();
    let theirs = scene.started("ana@example.org", "not.ana").await;
    let hers = scene.started("ana@example.org", "ana.ruiz").await;
    let before = scene.verify(&theirs, &scene.wrong(&theirs).await).await;
    let code = scene.code(&hers).await;
    assert_eq!(scene.verify(&hers, &code).await.expect(201).text_at("/account/username"), "ana.ruiz");
    let after = scene.verify(&theirs, &scene.code(&theirs).await).await;
    assert_eq!((before.status, before.code()), (after.status, after.code()));
    assert_eq!(after.code(), Some("code_incorrect"));
}

async fn signed_up(founded: &Founded, email: &str, username: &str) -> String {
    let scene = &founded.scene;
    let id = scene.started(email, username).await;
    let code = scene.code(&id).await;
    scene.verify(&id, &code).await.expect(201);
    scene.sign_in(username).await.expect(201).text_at("/token")
}

#[tokio::test]
async fn whoever_has_the_invited_address_accepts_without_the_mail() {
    let founded = Scene::founded().await;
    let invitation = founded.invite("Ana@example.org", json!({ "kind": "all" })).await;
    let ana = signed_up(&founded, "ana@example.org", "ana.ruiz").await;
    let ben = signed_up(&founded, "ben@example.org", "ben.okri").await;
    let mine = founded.ask(get("/me/invitations").by(&ana)).await.expect(200);
    assert_eq!(mine.text_at("/data/0/id"), invitation);
    assert_eq!(mine.text_at("/data/0/organization/name"), "Acme");
    assert!(founded.ask(get("/me/memberships").by(&ana)).await.json["data"].as_array().unwrap().is_empty());
    assert!(founded.ask(get("/me/invitations").by(&ben)).await.json["data"].as_array().unwrap().is_empty());
    let accept = |token: &str| post_nothing(format!("/me/invitations/{invitation}/accept")).by(token);
    founded.ask(accept(&ben)).await.expect_code(404, "not_found");
    let accepted = founded.ask(accept(&ana).key("one")).await.expect(201);
    assert_eq!(accepted.json["membership"]["access"], json!({ "kind": "all" }));
    assert_eq!(founded.ask(accept(&ana).key("one")).await.expect(201).text, accepted.text);
    founded.ask(accept(&ana)).await.expect_code(409, "invitation_already_accepted");
}

#[tokio::test]
async fn whoever_has_the_invited_address_declines_without_the_mail() {
    let founded = Scene::founded().await;
    let invitation = founded.invite("ana@example.org", json!({ "kind": "all" })).await;
    let ana = signed_up(&founded, "ana@example.org", "ana.ruiz").await;
    let decline =
        post(format!("/me/invitations/{invitation}/decline"), json!({ "reason": "no time" })).by(&ana);
    founded.ask(decline.clone()).await.expect(204);
    founded.ask(decline).await.expect_code(409, "invitation_declined");
    let mine = founded.ask(get("/me/invitations").by(&ana)).await.expect(200);
    assert!(mine.json["data"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn an_invitation_that_ended_waits_for_nobody() {
    let founded = Scene::founded().await;
    founded.invite("ana@example.org", json!({ "kind": "all" })).await;
    founded.scene.advance(7 * DAY);
    let ana = signed_up(&founded, "ana@example.org", "ana.ruiz").await;
    let mine = founded.ask(get("/me/invitations").by(&ana)).await.expect(200);
    assert!(mine.json["data"].as_array().unwrap().is_empty());
}
