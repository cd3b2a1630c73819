//! The tabs of an organization's people: what is counted is what is listed, and whom to ask for more.
use registration_domain::time::DAY;
use serde_json::{Value, json};

use crate::{
    client::{delete, get, post},
    scene::{Founded, PASSWORD, Scene},
};

fn chosen(permissions: &[&str]) -> Value {
    json!({ "kind": "chosen", "permissions": permissions })
}

fn exactly(number: u64) -> Value {
    json!({ "number": number, "exact": true })
}

async fn addresses(founded: &Founded, query: &str) -> Vec<String> {
    let path = founded.at(&format!("/invitations?{query}"));
    let page = founded.ask(get(path).by(&founded.owner.token)).await.expect(200);
    let rows = page.json["data"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|it| it["email"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn signed_in(founded: &Founded, username: &str) -> String {
    let body = json!({ "identifier": username, "password": PASSWORD });
    founded.ask(post("/sessions", body)).await.expect(201).text_at("/token")
}

#[tokio::test]
async fn what_is_counted_is_what_is_listed() {
    let mut founded = Scene::founded().await;
    let gone = founded.member("gerd", chosen(&[])).await;
    founded.member("vera", chosen(&["members.view"])).await;
    founded
        .ask(delete(founded.at(&format!("/members/{}", gone.membership))).by(&founded.owner.token))
        .await
        .expect(204);
    founded.invite("old@example.org", chosen(&[])).await;
    founded.scene.advance(7 * DAY);
    founded.owner.token = signed_in(&founded, "olga").await;
    let viewer = signed_in(&founded, "vera.m").await;
    founded.invite("bounced@example.org", chosen(&[])).await;
    founded.scene.fail_mails().await;
    founded.invite("fine@example.org", chosen(&[])).await;

    let path = founded.at("/people-counts");
    let members = json!({ "active": exactly(2), "removed": exactly(1) });
    let invitations = json!({ "pending": exactly(1), "failed": exactly(1), "expired": exactly(1) });
    let counts = founded.ask(get(&path).by(&founded.owner.token)).await.expect(200);
    assert_eq!(counts.json, json!({ "members": members, "invitations": invitations, "owners": 1 }));
    let counts = founded.ask(get(&path).by(&viewer)).await.expect(200);
    assert_eq!(
        counts.json,
        json!({ "members": members, "owners": 1 }),
        "who may not invite sees no invitations"
    );

    assert_eq!(addresses(&founded, "state=pending&delivery=failed").await, ["bounced@example.org"]);
    assert_eq!(addresses(&founded, "state=pending&delivery=not_failed").await, ["fine@example.org"]);
    assert_eq!(addresses(&founded, "state=expired").await, ["old@example.org"]);
    let unknown = founded.at("/invitations?delivery=lost");
    let faults = founded.ask(get(unknown).by(&founded.owner.token)).await.expect(422).faults();
    assert_eq!(faults, [("#/delivery".to_owned(), "malformed".to_owned())]);
}

#[tokio::test]
async fn a_member_is_told_whom_to_ask_and_never_themselves() {
    let founded = Scene::founded().await;
    let manager = founded.member("mara", chosen(&["members.manage_access"])).await;
    founded.member("nora", chosen(&["members.invite"])).await;
    let asked = async |token: &str| {
        let found = founded.ask(get(founded.at("/access-givers")).by(token)).await.expect(200);
        let people = found.json["data"].as_array().cloned().unwrap_or_default();
        people.iter().map(|it| it["username"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(asked(&manager.token).await, ["olga"]);
    assert_eq!(asked(&founded.owner.token).await, ["mara.m"]);
    let member = founded.member("otto", chosen(&[])).await;
    assert_eq!(asked(&member.token).await, ["olga", "mara.m"]);
}
