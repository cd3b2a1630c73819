//! People ask to join with a note or a code, and what they are told is the same whatever ails the code.
use std::collections::BTreeSet;

use registration_domain::time::{DAY, HOUR};
use registration_testkit::contract::domain_proof::Zone as _;
use serde_json::{Value, json};

use crate::{
    client::{Answered, delete, get, patch, post, post_nothing},
    scene::{Founded, Member, PASSWORD, Scene},
};

fn seeing() -> Value {
    json!({ "kind": "chosen", "permissions": ["members.view"] })
}
/// An organization that lets itself be found.
async fn founded() -> Founded {
    let founded = Scene::founded().await;
    let found = patch(founded.at(""), json!({ "discoverable": true })).by(&founded.owner.token);
    founded.ask(found).await.expect(200);
    founded
}
async fn ask(founded: &Founded, who: &Member, body: Value) -> Answered {
    founded.ask(post(founded.at("/join-requests"), body).by(&who.token)).await
}
async fn asked(founded: &Founded, who: &Member) -> String {
    let body = json!({ "method": "approval", "note": "I begin on Monday." });
    ask(founded, who, body).await.expect(201).text_at("/join_request/id")
}
async fn decide(founded: &Founded, id: &str, how: &str, body: Value) -> Answered {
    let path = founded.at(&format!("/join-requests/{id}/{how}"));
    founded.ask(post(path, body).by(&founded.owner.token)).await
}
async fn make(founded: &Founded, body: Value) -> Answered {
    founded.ask(post(founded.at("/employee-codes"), body).by(&founded.owner.token)).await
}
fn with_code(code: &str) -> Value {
    json!({ "method": "employee_code", "code": code })
}

#[tokio::test]
async fn a_request_is_sent_shown_approved_and_told() {
    let founded = founded().await;
    let ana = founded.outsider("ana").await;
    let body = json!({ "method": "approval", "note": "I begin on Monday." });
    let sent = ask(&founded, &ana, body).await.expect(201);
    let shown = &sent.json["join_request"];
    assert_eq!((&shown["state"], &shown["method"]), (&json!("pending"), &json!("approval")));
    assert_eq!(shown["note"], "I begin on Monday.");
    assert_eq!(shown["expires_at"], "2027-02-14T08:00:00.000000Z");
    let id = sent.text_at("/join_request/id");
    let again = ask(&founded, &ana, json!({ "method": "approval" })).await;
    assert_eq!(again.expect_code(409, "already_pending").json["join_request_id"], json!(id));

    let waiting = founded.ask(get(founded.at("/join-requests?state=pending")).by(&founded.owner.token)).await;
    let waiting = waiting.expect(200);
    assert_eq!(waiting.json["data"][0]["id"], json!(id));
    assert_eq!(waiting.json["data"][0]["account"]["email"], "ana@example.org");
    assert_eq!(waiting.json["data"][0]["earlier_requests"], json!([]));
    let badge = founded.ask(get(founded.at("/join-requests/waiting-count")).by(&founded.owner.token)).await;
    assert_eq!(badge.expect(200).json["number"], 1);

    let approved = decide(&founded, &id, "approve", json!({ "access": seeing() })).await.expect(200);
    assert_eq!((&approved.json["state"], &approved.json["access"]), (&json!("approved"), &seeing()));
    assert_eq!(approved.json["decided_by"]["username"], "olga");
    let members = founded.ask(get(founded.at("/members")).by(&ana.token)).await.expect(200);
    assert!(members.text.contains("ana@example.org"));
    let own = founded.ask(get("/me/join-requests").by(&ana.token)).await.expect(200);
    assert_eq!(own.json["data"][0]["state"], "approved");
    assert_eq!(own.json["data"][0]["decided_by"], Value::Null, "who decided is for reviewers");
}

#[tokio::test]
async fn who_comes_too_late_is_told_who_was_faster() {
    let founded = founded().await;
    let ana = founded.outsider("ana").await;
    let id = asked(&founded, &ana).await;
    let rejected = decide(&founded, &id, "reject", json!({ "reason": "Ask the warehouse." })).await;
    assert_eq!(rejected.expect(200).json["reason"], "Ask the warehouse.");
    let late = decide(&founded, &id, "approve", json!({ "access": seeing() })).await;
    let late = late.expect_code(409, "already_decided");
    assert_eq!(late.json["decision"]["state"], "rejected");
    assert_eq!(late.json["decision"]["decided_at"], "2027-01-15T08:00:00.000000Z");
    assert_eq!(late.json["decision"]["decided_by"]["id"], json!(founded.owner.account));

    let own = founded.ask(get(format!("/me/join-requests/{id}")).by(&ana.token)).await.expect(200);
    assert_eq!(own.json["reason"], "Ask the warehouse.");
    assert_eq!(own.json["ask_again_at"], "2027-01-16T08:00:00.000000Z");
    let soon = ask(&founded, &ana, json!({ "method": "approval" })).await.expect_code(429, "asked_too_soon");
    assert_eq!(soon.json["retry_at"], "2027-01-16T08:00:00.000000Z");
    assert!(soon.header("retry-after").is_some());
    founded.scene.advance(DAY);
    let sign_in = json!({ "identifier": "ana@example.org", "password": PASSWORD });
    let token = founded.ask(post("/sessions", sign_in)).await.expect(201).text_at("/token");
    asked(&founded, &Member { token, ..ana }).await;
}

#[tokio::test]
async fn a_request_is_withdrawn_and_its_reviewers_reminded_once_a_day() {
    let founded = founded().await;
    let ana = founded.outsider("ana").await;
    let id = asked(&founded, &ana).await;
    let own = |act: &str| post_nothing(format!("/me/join-requests/{id}/{act}")).by(&ana.token);
    let reminded = founded.ask(own("remind")).await.expect(200);
    assert_eq!(reminded.json["remind_at"], "2027-01-16T08:00:00.000000Z");
    founded.ask(own("remind")).await.expect_code(429, "asked_too_soon");
    founded.ask(own("withdraw").key("once")).await.expect(200);
    let repeated = founded.ask(own("withdraw").key("once")).await.expect(200);
    assert_eq!(repeated.header("idempotency-replayed"), Some("true"));
    let refused = founded.ask(own("withdraw")).await.expect_code(409, "already_decided");
    assert_eq!(refused.json["decision"]["state"], "withdrawn");
}

#[tokio::test]
async fn a_code_is_shown_once_and_lets_in_at_once() {
    let founded = Scene::founded().await;
    let made = make(&founded, json!({ "label": "May", "uses": 1, "admits": true, "access": seeing() })).await;
    let made = made.expect(201);
    let (id, code) = (made.text_at("/id"), made.text_at("/code"));
    assert_eq!(code.len(), 14);
    let listed = founded.ask(get(founded.at("/employee-codes")).by(&founded.owner.token)).await.expect(200);
    assert!(!listed.text.contains(&code), "{}", listed.text);
    assert_eq!(listed.json["data"][0]["state"], "active");
    let [ana, ben] = [founded.outsider("ana").await, founded.outsider("ben").await];
    let joined = ask(&founded, &ana, with_code(&code.to_lowercase())).await.expect(201);
    assert_eq!(joined.json["membership"]["access"], seeing());
    assert_eq!(joined.json.get("join_request"), None);
    ask(&founded, &ana, with_code(&code)).await.expect_code(409, "already_member");
    ask(&founded, &ben, with_code(&code)).await.expect_code(422, "employee_code_refused");
    let path = founded.at(&format!("/employee-codes/{id}"));
    let read = founded.ask(get(&path).by(&founded.owner.token)).await.expect(200);
    assert_eq!((&read.json["state"], &read.json["used"]), (&json!("used_up"), &json!(1)));
    assert_eq!(read.json["refused"]["used_up"], 1);
    founded.ask(delete(&path).by(&founded.owner.token)).await.expect(204);
    founded.ask(delete(&path).by(&founded.owner.token)).await.expect_code(404, "not_found");
}

#[tokio::test]
async fn an_address_at_a_verified_domain_speaks_for_a_request() {
    let founded = Scene::founded().await;
    let (by, path) = (&founded.owner.token, founded.at("/email-domains"));
    let body = json!({ "method": "email_domain", "note": "I begin on Monday." });
    let ana = founded.outsider("ana").await;
    ask(&founded, &ana, body.clone()).await.expect_code(404, "not_found");
    let added = json!({ "domain": "example.org", "policy": "review" });
    let added = founded.ask(post(path.clone(), added).by(by)).await.expect(201);
    let (name, value) = (added.text_at("/record/name"), added.text_at("/record/value"));
    founded.scene.dns.publish(&name, &[&[&value]]);
    let domain = format!("{path}/{}", added.text_at("/id"));
    founded.ask(post_nothing(format!("{domain}/verify")).by(by)).await.expect(200);
    let join = post("/me/email-domain/join", json!({ "organization": founded.organization })).by(&ana.token);
    founded.ask(join).await.expect_code(403, "email_domain_reviewed");

    let sent = ask(&founded, &ana, body).await.expect(201);
    let own = &sent.json["join_request"];
    assert_eq!((&own["method"], &own["email_domain"]), (&json!("email_domain"), &json!("example.org")));
    assert_eq!(own["note"], "I begin on Monday.");
    let seen = founded.ask(get(founded.at("/join-requests")).by(by)).await.expect(200);
    assert_eq!(seen.json["data"][0]["email_domain"], "example.org");

    let change = patch(domain, json!({ "policy": "invitation_only" })).by(by);
    founded.ask(change).await.expect(200);
    let ben = founded.outsider("ben").await;
    let refused = ask(&founded, &ben, json!({ "method": "email_domain" })).await;
    refused.expect_code(403, "email_domain_invitation_only");
}

#[tokio::test]
async fn what_became_of_a_request_is_told_among_ones_notifications() {
    let founded = founded().await;
    let ana = founded.outsider("ana").await;
    let id = asked(&founded, &ana).await;
    decide(&founded, &id, "reject", json!({ "reason": "Not now." })).await.expect(200);
    let told = founded.ask(get("/me/notifications").by(&ana.token)).await.expect(200);
    let newest = &told.json["data"][0];
    assert_eq!((&newest["kind"], &newest["reason"]), (&json!("join_request_rejected"), &json!("Not now.")));
    assert_eq!((&newest["join_request_id"], &newest["organization"]["name"]), (&json!(id), &json!("Acme")));
}

#[tokio::test]
async fn whatever_ails_a_code_is_told_in_the_same_bytes() {
    let founded = Scene::founded().await;
    let made = make(&founded, json!({ "expires_at": "2027-01-15T09:00:00Z" })).await.expect(201);
    let revoked = make(&founded, json!({})).await.expect(201);
    let path = founded.at(&format!("/employee-codes/{}", revoked.text_at("/id")));
    founded.ask(delete(path).by(&founded.owner.token)).await.expect(204);
    founded.scene.advance(HOUR);
    let ana = founded.outsider("ana").await;
    let nowhere = "01a3185c-5000-7000-8000-00000000ffff";
    let mut told = BTreeSet::new();
    for (path, code) in [
        (founded.at("/join-requests"), made.text_at("/code")),
        (founded.at("/join-requests"), revoked.text_at("/code")),
        (founded.at("/join-requests"), "7Q4K-M2XP-9DTA".to_owned()),
        (founded.at("/join-requests"), "no code".to_owned()),
        (format!("/organizations/{nowhere}/join-requests"), "7Q4K-M2XP-9DTA".to_owned()),
    ] {
        let refused = founded.ask(post(path, with_code(&code)).by(&ana.token)).await;
        let mut refused = refused.expect_code(422, "employee_code_refused").json;
        refused["request_id"] = Value::Null;
        told.insert(refused.to_string());
    }
    assert_eq!(told.len(), 1, "{told:?}");
    let spent = ask(&founded, &ana, with_code("7Q4K-M2XP-9DTA")).await.expect_code(429, "too_many_tries");
    assert!(spent.header("retry-after").is_some());
    let path = founded.at("/employee-codes/wrong-count");
    let wrong = founded.ask(get(path).by(&founded.owner.token)).await.expect(200);
    assert_eq!(wrong.json["number"], 2);
}

#[tokio::test]
async fn many_codes_are_made_at_once_as_a_list_or_a_file() {
    let founded = Scene::founded().await;
    let body = json!({ "label": "=May, \"first\"", "uses": 1, "count": 3 });
    let list = make(&founded, body.clone()).await.expect(201);
    assert_eq!(list.json["data"].as_array().map(Vec::len), Some(3));
    let file = post(founded.at("/employee-codes.csv"), body).by(&founded.owner.token).key("print");
    let first = founded.ask(file.clone()).await.expect(200);
    assert_eq!(first.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines = first.text.lines().collect::<Vec<_>>();
    assert_eq!((lines.len(), lines[0]), (4, "code,label,uses,expires_at,admits,access,id"));
    assert!(lines[1].contains("\"'=May, \"\"first\"\"\",1,,false,,"), "{}", lines[1]);
    let second = founded.ask(file).await.expect(200);
    assert_eq!(first.text, second.text, "a repeat prints the same ones");
    let listed = founded.ask(get(founded.at("/employee-codes?limit=100")).by(&founded.owner.token)).await;
    assert_eq!(listed.expect(200).json["data"].as_array().map(Vec::len), Some(6));
}

#[tokio::test]
async fn several_are_decided_with_one_result_each() {
    let founded = founded().await;
    let mut ids = Vec::new();
    for name in ["ana", "ben"] {
        let who = founded.outsider(name).await;
        ids.push(asked(&founded, &who).await);
    }
    let nobody = "01a3185c-5000-7000-8000-00000000ffff";
    let items = json!([
        { "id": ids[1], "decision": "approve", "access": seeing() },
        { "id": nobody, "decision": "reject" },
        { "id": ids[0], "decision": "reject", "reason": "Not now." },
        { "id": ids[1], "decision": "reject" },
    ]);
    let sent = post(founded.at("/join-requests/decide"), json!({ "items": items }));
    let decided = founded.ask(sent.by(&founded.owner.token)).await.expect(200);
    let data = &decided.json["data"];
    assert_eq!(data[0]["join_request"]["state"], "approved");
    assert_eq!(data[1]["problem"]["code"], "not_found");
    assert_eq!(data[2]["join_request"]["reason"], "Not now.");
    assert_eq!((&data[3]["id"], &data[3]["problem"]["code"]), (&json!(ids[1]), &json!("already_decided")));
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let founded = founded().await;
    let ana = founded.outsider("ana").await;
    let faults = |it: Answered| it.expect_code(422, "validation_failed").faults();
    let fault = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    for (body, expected) in [
        (json!({}), fault("#/method", "required")),
        (json!({ "method": "charm" }), fault("#/method", "malformed")),
        (json!({ "method": "employee_code" }), fault("#/code", "required")),
        (json!({ "method": "employee_code", "code": "" }), fault("#/code", "required")),
        (json!({ "method": "approval", "code": "x" }), fault("#/code", "malformed")),
        (json!({ "method": "email_domain", "code": "x" }), fault("#/code", "malformed")),
        (json!({ "method": "approval", "note": "see evil.com" }), fault("#/note", "malformed")),
        (json!({ "method": "approval", "organization": 1 }), fault("#/organization", "unknown_field")),
    ] {
        assert_eq!(faults(ask(&founded, &ana, body.clone()).await), [expected], "{body}");
    }
    let body = json!({
        "label": "x".repeat(101), "uses": 0, "expires_at": "tomorrow", "admits": "yes", "count": 501,
        "access": { "kind": "role", "role": "none" },
    });
    let found = faults(make(&founded, body).await).into_iter().collect::<BTreeSet<_>>();
    let expected = [
        fault("#/label", "too_long"),
        fault("#/uses", "malformed"),
        fault("#/expires_at", "malformed"),
        fault("#/admits", "wrong_type"),
        fault("#/count", "malformed"),
        fault("#/access/role", "unknown_role"),
    ];
    assert_eq!(found, BTreeSet::from(expected));
    let needs = faults(make(&founded, json!({ "admits": true, "expires_at": "2020-01-01T00:00:00Z" })).await);
    assert_eq!(needs, [fault("#/access", "required"), fault("#/expires_at", "malformed")]);
    let items = json!({ "items": [{ "id": founded.organization, "decision": "approve" }] });
    let sent = post(founded.at("/join-requests/decide"), items).by(&founded.owner.token);
    assert_eq!(faults(founded.ask(sent).await), [fault("#/items/0/access", "required")]);
    let none = post(founded.at("/join-requests/decide"), json!({ "items": [] })).by(&founded.owner.token);
    assert_eq!(faults(founded.ask(none).await), [fault("#/items", "malformed")]);
}
