//! Files for spreadsheets: whole, and without formulas.
use serde_json::json;

use crate::{
    client::{get, post},
    scene::{PASSWORD, Scene},
};

#[tokio::test]
async fn every_member_is_in_the_file() {
    let founded = Scene::founded().await;
    for count in 0..120 {
        founded.member(&format!("m{count:03}"), json!({ "kind": "role", "role": "buyer" })).await;
    }
    let file = founded.ask(get(founded.at("/members.csv")).by(&founded.owner.token)).await.expect(200);
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"members.csv\""));
    let lines: Vec<_> = file.text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 122);
    assert!(lines[0].starts_with("email,username,first_name,last_name,access,"));
    assert!(lines.iter().any(|it| it.starts_with("m007@example.org,m007.m,m007,Meyer,role:buyer,")));
    let events = founded.ask(get(founded.at("/audit-events.csv")).by(&founded.owner.token)).await.expect(200);
    assert!(events.text.split_terminator("\r\n").count() > 240);
}

#[tokio::test]
async fn no_cell_is_a_formula() {
    let founded = Scene::founded().await;
    let id = founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    let body = json!({
        "token": founded.scene.invitation_token(&id, 0), "username": "vera", "password": PASSWORD,
        "first_name": "=HYPERLINK(\"x\")", "last_name": "@SUM(1+1), Meyer",
    });
    founded.ask(post("/invitations/accept", body)).await.expect(201);
    let file =
        founded.ask(get(founded.at("/members.csv?query=vera")).by(&founded.owner.token)).await.expect(200);
    let row = file.text.lines().nth(1).expect("a row");
    assert!(row.contains("\"'=HYPERLINK(\"\"x\"\")\",\"'@SUM(1+1), Meyer\""), "{row}");
}
