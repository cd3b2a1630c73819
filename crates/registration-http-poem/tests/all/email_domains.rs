//! An organization proves a domain, and what its people may do then is what the organization said.
use registration_domain::time::{DAY, HOUR, MINUTE};
use registration_testkit::contract::domain_proof::Zone;
use serde_json::{Value, json};

use crate::{
    client::{delete, get, patch, post, post_nothing},
    scene::{Founded, Member, Scene},
};

fn seeing() -> Value {
    json!({ "kind": "chosen", "permissions": ["members.view"] })
}

async fn add(founded: &Founded, body: Value) -> crate::client::Answered {
    founded.ask(post(founded.at("/email-domains"), body).by(&founded.owner.token)).await
}

/// Publishes the record of a domain that was added, and has it checked.
async fn verify(founded: &Founded, added: &crate::client::Answered) -> crate::client::Answered {
    let (name, value) = (added.text_at("/record/name"), added.text_at("/record/value"));
    founded.scene.dns.publish(&name, &[&[&value]]);
    check(founded, &added.text_at("/id")).await
}
async fn check(founded: &Founded, id: &str) -> crate::client::Answered {
    let path = founded.at(&format!("/email-domains/{id}/verify"));
    founded.ask(post_nothing(path).by(&founded.owner.token)).await
}

/// Somebody with an address at example.org who belongs nowhere.
async fn outsider(founded: &Founded, name: &str) -> Member {
    let member = founded.member(name, json!({ "kind": "chosen", "permissions": [] })).await;
    let path = founded.at(&format!("/members/{}", member.membership));
    founded.ask(delete(path).by(&founded.owner.token)).await.expect(204);
    member
}
async fn join(founded: &Founded, who: &Member) -> crate::client::Answered {
    let body = json!({ "organization": founded.organization });
    founded.ask(post("/me/email-domain/join", body).by(&who.token)).await
}

#[tokio::test]
async fn a_domain_is_added_published_and_verified() {
    let founded = Scene::founded().await;
    let added =
        add(&founded, json!({ "domain": "B\u{fc}cher.example", "policy": "review" })).await.expect(201);
    assert_eq!(added.json["domain"], "xn--bcher-kva.example");
    assert_eq!((&added.json["state"], &added.json["effective_policy"]), (&json!("pending"), &Value::Null));
    assert_eq!(added.json["record"]["type"], "TXT");
    let name = added.text_at("/record/name");
    assert_eq!(name, "_registration-challenge.xn--bcher-kva.example");
    let id = added.text_at("/id");
    check(&founded, &id).await.expect_code(409, "domain_record_not_found");
    founded.scene.dns.publish(&name, &[&["something else"]]);
    let differs = check(&founded, &id).await.expect_code(409, "domain_record_differs");
    assert_eq!(differs.json["records_found"], json!(["something else"]));
    founded.scene.dns.fail(&name);
    check(&founded, &id).await.expect_code(409, "domain_no_answer");
    let verified = verify(&founded, &added).await.expect(200);
    assert_eq!(
        (&verified.json["state"], &verified.json["effective_policy"]),
        (&json!("verified"), &json!("review"))
    );
    let listed = founded.ask(get(founded.at("/email-domains")).by(&founded.owner.token)).await.expect(200);
    assert_eq!(listed.json["data"], json!([verified.json]));
    let path = founded.at(&format!("/email-domains/{id}"));
    founded.ask(delete(&path).by(&founded.owner.token)).await.expect(204);
    founded.ask(get(&path).by(&founded.owner.token)).await.expect_code(404, "not_found");
    founded.ask(delete(&path).by(&founded.owner.token)).await.expect_code(404, "not_found");
}

#[tokio::test]
async fn what_cannot_be_taken_is_told_by_field() {
    let founded = Scene::founded().await;
    for (body, pointer, code) in [
        (json!({ "policy": "review" }), "#/domain", "required"),
        (json!({ "domain": "com", "policy": "review" }), "#/domain", "invalid_domain"),
        (json!({ "domain": "192.0.2.7", "policy": "review" }), "#/domain", "invalid_domain"),
        (json!({ "domain": "a.".repeat(300), "policy": "review" }), "#/domain", "too_long"),
        (json!({ "domain": 7, "policy": "review" }), "#/domain", "wrong_type"),
        (json!({ "domain": "Gmail.com", "policy": "review" }), "#/domain", "free_mail_domain"),
        (json!({ "domain": "acme.example" }), "#/policy", "required"),
        (json!({ "domain": "acme.example", "policy": "all" }), "#/policy", "malformed"),
        (json!({ "domain": "acme.example", "policy": "admit" }), "#/access", "required"),
        (
            json!({ "domain": "acme.example", "policy": "review", "access": seeing() }),
            "#/access",
            "malformed",
        ),
        (
            json!({ "domain": "acme.example", "policy": "admit", "access": { "kind": "owner" } }),
            "#/access/kind",
            "owner_not_admitted",
        ),
        (
            json!({ "domain": "acme.example", "policy": "admit", "access": { "kind": "role", "role": "x" } }),
            "#/access/role",
            "unknown_role",
        ),
    ] {
        let faults = add(&founded, body.clone()).await.expect_code(422, "validation_failed").faults();
        assert!(faults.contains(&(pointer.into(), code.into())), "{body}: {faults:?}");
    }
}

#[tokio::test]
async fn a_domain_is_there_once_and_a_retry_answers_the_first() {
    let founded = Scene::founded().await;
    let sent = || {
        let body = json!({ "domain": "acme.example", "policy": "review" });
        post(founded.at("/email-domains"), body).by(&founded.owner.token).header("idempotency-key", "k")
    };
    let first = founded.ask(sent()).await.expect(201);
    let again = founded.ask(sent()).await.expect(201);
    assert_eq!(
        (again.json["id"].clone(), again.header("idempotency-replayed")),
        (first.json["id"].clone(), Some("true"))
    );
    let twice =
        add(&founded, json!({ "domain": "ACME.example", "policy": "admit", "access": seeing() })).await;
    let twice = twice.expect_code(409, "email_domain_exists");
    assert_eq!(twice.json["email_domain_id"], first.json["id"]);
}

#[tokio::test]
async fn a_domain_is_verified_for_one_organization() {
    let founded = Scene::founded().await;
    let third = founded.admitting_everybody().await;
    let added = add(&founded, json!({ "domain": "example.org", "policy": "review" })).await.expect(201);
    check(&founded, &added.text_at("/id")).await.expect_code(409, "domain_record_differs");
    verify(&founded, &added).await.expect_code(409, "email_domain_taken");
    let path = format!("/organizations/{third}/email-domains");
    let theirs = founded.ask(get(&path).by(&founded.owner.token)).await.expect(200).text_at("/data/0/id");
    founded.ask(delete(format!("{path}/{theirs}")).by(&founded.owner.token)).await.expect(204);
    verify(&founded, &added).await.expect(200);
}

#[tokio::test]
async fn whoever_gives_lets_in_no_further_than_they_hold() {
    let founded = Scene::founded().await;
    let chosen = |keys: &[&str]| json!({ "kind": "chosen", "permissions": keys });
    let editor = founded.member("edda", chosen(&["organization.edit"])).await;
    let inviter = founded.member("ines", chosen(&["organization.edit", "members.invite"])).await;
    let body = |access: Value| json!({ "domain": "acme.example", "policy": "admit", "access": access });
    let sent = |who: &Member, access| post(founded.at("/email-domains"), body(access)).by(&who.token);
    let lacking = founded.ask(sent(&editor, chosen(&[]))).await.expect_code(403, "permission_missing");
    assert_eq!(lacking.json["permission"], "members.invite");
    founded.ask(sent(&inviter, json!({ "kind": "all" }))).await.expect_code(403, "access_exceeds_own");
    founded.ask(sent(&inviter, seeing())).await.expect_code(403, "access_exceeds_own");
    founded.ask(sent(&inviter, chosen(&["members.invite"]))).await.expect(201);
}

#[tokio::test]
async fn an_address_at_an_admitting_domain_joins_at_once_and_shows_who_let_it_in() {
    let founded = Scene::founded().await;
    let vera = outsider(&founded, "vera").await;
    let own = || get("/me/email-domain").by(&vera.token);
    assert_eq!(founded.ask(own()).await.expect(200).json["email_domain"], Value::Null);
    join(&founded, &vera).await.expect_code(404, "not_found");
    let body = json!({ "domain": "example.org", "policy": "admit", "access": seeing() });
    let added = add(&founded, body).await.expect(201);
    join(&founded, &vera).await.expect_code(404, "not_found");
    verify(&founded, &added).await.expect(200);
    let shown = founded.ask(own()).await.expect(200);
    assert_eq!(shown.json["email_domain"]["organization"]["id"], founded.organization.as_str());
    assert_eq!(shown.json["email_domain"]["policy"], "admit");
    let joined = join(&founded, &vera).await.expect(201);
    assert_eq!(joined.json["membership"]["access"], seeing());
    join(&founded, &vera).await.expect_code(409, "already_member");
    let path = founded.at(&format!("/members/{}", joined.text_at("/membership/id")));
    let member = founded.ask(get(path).by(&founded.owner.token)).await.expect(200);
    assert_eq!(member.json["joined_by"]["id"], founded.owner.account.as_str());
    let log = founded
        .ask(get(founded.at("/audit-events?action=email_domain.joined")).by(&founded.owner.token))
        .await;
    assert_eq!(log.expect(200).json["data"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_domain_whose_maker_could_not_give_it_any_more_falls_back_to_review() {
    let founded = Scene::founded().await;
    let vera = outsider(&founded, "vera").await;
    let maker = founded.member("ines", json!({ "kind": "all" })).await;
    let body = json!({ "domain": "example.org", "policy": "admit", "access": seeing() });
    let added = founded.ask(post(founded.at("/email-domains"), body).by(&maker.token)).await.expect(201);
    verify(&founded, &added).await.expect(200);
    let path = founded.at(&format!("/members/{}", maker.membership));
    founded.ask(delete(path).by(&founded.owner.token)).await.expect(204);
    join(&founded, &vera).await.expect_code(403, "email_domain_reviewed");
    let path = founded.at(&format!("/email-domains/{}", added.text_at("/id")));
    let shown = founded.ask(get(&path).by(&founded.owner.token)).await.expect(200);
    assert_eq!((&shown.json["policy"], &shown.json["effective_policy"]), (&json!("admit"), &json!("review")));
    let again = json!({ "policy": "admit", "access": seeing() });
    let changed = founded.ask(patch(&path, again).by(&founded.owner.token)).await.expect(200);
    assert_eq!(changed.json["effective_policy"], "admit");
    join(&founded, &vera).await.expect(201);
}

#[tokio::test]
async fn a_policy_says_who_asks_and_who_is_turned_away() {
    let founded = Scene::founded().await;
    let vera = outsider(&founded, "vera").await;
    let added = add(&founded, json!({ "domain": "example.org", "policy": "review" })).await.expect(201);
    verify(&founded, &added).await.expect(200);
    join(&founded, &vera).await.expect_code(403, "email_domain_reviewed");
    let path = founded.at(&format!("/email-domains/{}", added.text_at("/id")));
    let only = json!({ "policy": "invitation_only" });
    founded.ask(patch(path, only).by(&founded.owner.token)).await.expect(200);
    join(&founded, &vera).await.expect_code(403, "email_domain_invitation_only");
}

#[tokio::test]
async fn dns_is_asked_so_often_in_an_hour() {
    let founded = Scene::founded().await;
    let added = add(&founded, json!({ "domain": "acme.example", "policy": "review" })).await.expect(201);
    let id = added.text_at("/id");
    for _ in 0..30 {
        check(&founded, &id).await.expect_code(409, "domain_record_not_found");
    }
    let limited = check(&founded, &id).await.expect_code(429, "too_many_checks");
    assert!(limited.header("retry-after").is_some());
    founded.scene.advance(HOUR);
    check(&founded, &id).await.expect_code(409, "domain_record_not_found");
}

/// After days the Owner signs in anew.
async fn shown(founded: &mut Founded, id: &str) -> Value {
    let body = json!({ "identifier": "olga", "password": crate::scene::PASSWORD });
    founded.owner.token = founded.ask(post("/sessions", body)).await.expect(201).text_at("/token");
    let path = founded.at(&format!("/email-domains/{id}"));
    founded.ask(get(path).by(&founded.owner.token)).await.expect(200).json
}

/// So much later the job takes its turn; answers how many domains it looked at.
async fn turn(founded: &Founded, later: std::time::Duration) -> usize {
    founded.scene.advance(later);
    founded.scene.platform.recheck_email_domains().await.expect("a turn")
}

#[tokio::test]
async fn a_record_that_is_gone_is_forgiven_for_a_week_and_no_longer() {
    let mut founded = Scene::founded().await;
    let added = add(&founded, json!({ "domain": "acme.example", "policy": "review" })).await.expect(201);
    verify(&founded, &added).await.expect(200);
    let (name, id) = (added.text_at("/record/name"), added.text_at("/id"));
    assert_eq!(turn(&founded, MINUTE).await, 0, "it was looked at just now");
    founded.scene.dns.fail(&name);
    for _ in 0..10 {
        assert_eq!(turn(&founded, DAY).await, 1);
    }
    let missing = shown(&mut founded, &id).await["missing_since"].clone();
    assert_eq!(missing, Value::Null, "no answer is no proof of anything");
    founded.scene.dns.withdraw(&name);
    turn(&founded, DAY).await;
    assert_ne!(shown(&mut founded, &id).await["missing_since"], Value::Null);
    turn(&founded, (7 * DAY).saturating_sub(MINUTE)).await;
    assert_eq!(shown(&mut founded, &id).await["state"], "verified");
    turn(&founded, DAY).await;
    let lapsed = shown(&mut founded, &id).await;
    assert_eq!((&lapsed["state"], &lapsed["effective_policy"]), (&json!("lapsed"), &Value::Null));
    assert_eq!(turn(&founded, DAY).await, 0, "what lapsed is left alone");
    shown(&mut founded, &id).await;
    verify(&founded, &added).await.expect(200);
}
