//! Lists are read part by part, by whoever asked for them and nobody else.
use serde_json::{Value, json};

use crate::{
    client::get,
    scene::{Founded, Scene},
};

async fn crowded() -> Founded {
    let founded = Scene::founded().await;
    for name in ["anna", "berta", "carla", "dora"] {
        founded
            .member(name, json!({ "kind": "chosen", "permissions": ["members.view", "members.invite"] }))
            .await;
    }
    founded
}

fn names(page: &Value) -> Vec<String> {
    let rows = page["data"].as_array().cloned().unwrap_or_default();
    rows.iter().map(|it| it["account"]["first_name"].as_str().unwrap_or_default().to_owned()).collect()
}

#[tokio::test]
async fn every_member_is_on_one_page() {
    let founded = crowded().await;
    let owner = &founded.owner.token;
    let (mut path, mut seen) = (founded.at("/members?limit=2&sort=-name"), Vec::new());
    loop {
        let page = founded.ask(get(&path).by(owner)).await.expect(200);
        seen.extend(names(&page.json));
        let Some(next) = page.header("link") else {
            assert!(page.json["next_cursor"].is_null());
            break;
        };
        let url = next.strip_prefix('<').and_then(|it| it.strip_suffix(">; rel=\"next\"")).expect("a link");
        path = url.strip_prefix("http://127.0.0.1:8080").expect("the public address").to_owned();
        assert!(path.contains(page.json["next_cursor"].as_str().expect("a cursor")), "{path}");
    }
    assert_eq!(seen, ["Olga", "dora", "carla", "berta", "anna"]);
}

#[tokio::test]
async fn a_cursor_opens_for_its_own_list_only() {
    let founded = crowded().await;
    let owner = &founded.owner.token;
    let other = founded.member("emma", json!({ "kind": "all" })).await;
    let page = founded.ask(get(founded.at("/members?limit=2")).by(owner)).await.expect(200);
    let cursor = page.text_at("/next_cursor");
    let refused = [("#/cursor".to_owned(), "malformed".to_owned())];
    for query in [
        format!("/members?limit=2&sort=joined_at&cursor={cursor}"),
        format!("/members?limit=2&query=a&cursor={cursor}"),
        format!("/invitations?limit=2&cursor={cursor}"),
        format!("/audit-events?limit=2&cursor={cursor}"),
        format!("/members?cursor={cursor}x"),
        "/members?cursor=forged".to_owned(),
        "/members?cursor=".to_owned(),
        "/members?cursor=%00%ff".to_owned(),
    ] {
        let answered = founded.ask(get(founded.at(&query)).by(owner)).await.expect(422);
        assert_eq!(answered.faults(), refused, "{query}");
    }
    let same = founded.at(&format!("/members?limit=2&cursor={cursor}"));
    assert_eq!(founded.ask(get(&same).by(&other.token)).await.expect(422).faults(), refused);
    founded.ask(get(&same).by(owner)).await.expect(200);
    let longer = founded.at(&format!("/members?cursor={cursor}&limit=50"));
    assert_eq!(names(&founded.ask(get(longer).by(owner)).await.expect(200).json).len(), 4);
}

#[tokio::test]
async fn what_may_stand_in_a_query_is_known() {
    let founded = crowded().await;
    let owner = &founded.owner.token;
    for (query, pointer, code) in [
        ("limit=0", "#/limit", "malformed"),
        ("limit=101", "#/limit", "malformed"),
        ("limit=%2B5", "#/limit", "malformed"),
        ("limit=99999999999999999999", "#/limit", "malformed"),
        ("limit=", "#/limit", "malformed"),
        ("limit=1&limit=2", "#/limit", "malformed"),
        ("query=a%00b", "#/query", "malformed"),
        ("query=a%FFb", "#/query", "malformed"),
        (&format!("query={}", "a".repeat(201)), "#/query", "too_long"),
        ("sort=age", "#/sort", "malformed"),
        ("state=dead", "#/state", "malformed"),
        ("page=2", "#/page", "unknown_field"),
    ] {
        let faults =
            founded.ask(get(founded.at(&format!("/members?{query}"))).by(owner)).await.expect(422).faults();
        assert_eq!(faults, [(pointer.to_owned(), code.to_owned())], "{query}");
    }
    let faults = founded.ask(get(founded.at("/audit-events?since=yesterday&actor=me")).by(owner)).await;
    assert_eq!(faults.expect(422).faults().len(), 2);
}

#[tokio::test]
async fn lists_are_filtered() {
    let founded = crowded().await;
    let owner = &founded.owner.token;
    let page = founded.ask(get(founded.at("/members?query=BER")).by(owner)).await.expect(200);
    assert_eq!(names(&page.json), ["berta"]);
    founded.invite("vera@example.org", json!({ "kind": "all" })).await;
    for (query, rows) in
        [("state=pending", 1), ("state=accepted", 4), ("email=vera", 1), ("purpose=member", 5)]
    {
        let page = founded.ask(get(founded.at(&format!("/invitations?{query}"))).by(owner)).await.expect(200);
        assert_eq!(page.json["data"].as_array().map(Vec::len), Some(rows), "{query}");
    }
    let about = founded.ask(get(founded.at("/audit-events?about=nobody%40example.org")).by(owner)).await;
    assert_eq!(about.expect(200).json["data"], json!([]), "one history, and nobody else's");
    let page = founded.ask(get(founded.at("/audit-events?action=invitation.accepted")).by(owner)).await;
    assert_eq!(page.expect(200).json["data"].as_array().map(Vec::len), Some(4));
}
